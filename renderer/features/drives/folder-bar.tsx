import { Ellipsis, LayoutGrid, List, Rows3 } from "lucide-react";
import type { DriveEntry, DriveInfo, DrivePath } from "#contract/drives.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { Breadcrumbs } from "#renderer/parts/file-browser/breadcrumbs.tsx";
import { fileViews, type FileView } from "#renderer/parts/file-browser/file-entry.ts";
import { IconButton } from "#renderer/ui/button.tsx";
import { MenuButton, type Command } from "#renderer/ui/menu.tsx";
import { SearchBox } from "#renderer/ui/search-box.tsx";
import "./folder-bar.css";

interface FolderBarProps {
  drive: DriveInfo;
  path: DrivePath;
  typed: string;
  setTyped: (typed: string) => void;
  view: FileView;
  setView: (view: FileView) => void;
  commands: Command[];
  selected: readonly DriveEntry[];
  commandsOf: (entries: readonly DriveEntry[]) => Command[];
  isLoading: boolean;
}

const VIEW_ICONS = { details: Rows3, list: List, grid: LayoutGrid } as const;
/** Beside them stands the menu with all of them. */
const SHOWN_COMMANDS = 4;

/** Where one is in a drive, and what can be done here or with what is selected. */
export function FolderBar(props: FolderBarProps) {
  const { drive, path, typed, setTyped, view, setView, commands, selected, commandsOf, isLoading } = props;
  const { t } = useTranslation();
  const go = useView((state) => state.go);
  const names = path === "" ? [] : path.split("/");
  const crumbs = [
    { id: "", name: drive.name, onOpen: () => go("drives", drive.id) },
    ...names.map((name, index) => ({
      id: names.slice(0, index + 1).join("/"),
      name,
      onOpen: () => go("drives", drive.id, ...names.slice(0, index + 1)),
    })),
  ];
  const shown = selected.length === 0 ? commands : commandsOf(selected);
  return (
    <div className="folder-bar" aria-busy={isLoading}>
      {path === "" ? <span className="folder-bar__top" /> : <Breadcrumbs crumbs={crumbs} />}
      <div className="folder-bar__tools" role="toolbar" aria-label={t("drives.tools")}>
        {selected.length === 0 ? null : (
          <span className="folder-bar__count" role="status">
            {t("drives.selected", { count: selected.length })}
          </span>
        )}
        {shown.slice(0, SHOWN_COMMANDS).map((command) => (
          <IconButton
            key={command.id}
            icon={command.icon}
            label={command.label}
            onPress={command.run}
            {...(command.isDanger === true ? { tone: "danger" as const } : {})}
            {...(command.shortcut === undefined ? {} : { shortcut: command.shortcut })}
          />
        ))}
        {shown.length > SHOWN_COMMANDS ? (
          <MenuButton
            label={t("drives.more")}
            commands={shown}
            button={<IconButton icon={Ellipsis} label={t("drives.more")} />}
          />
        ) : null}
        <MenuButton
          label={t("drives.view.title")}
          button={<IconButton icon={VIEW_ICONS[view]} label={t("drives.view.title")} />}
          commands={fileViews.map((each) => ({
            id: each,
            label: t(`drives.view.${each}`),
            icon: VIEW_ICONS[each],
            isOn: each === view,
            run: () => setView(each),
          }))}
        />
        <span className="folder-bar__filter">
          <SearchBox label={t("drives.filter")} value={typed} onChange={setTyped} />
        </span>
      </div>
    </div>
  );
}
