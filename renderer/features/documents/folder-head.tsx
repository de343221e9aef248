import {
  ArrowDownNarrowWide,
  ArrowDownUp,
  ArrowDownWideNarrow,
  ArrowLeft,
  Columns3,
  Ellipsis,
  LayoutGrid,
  List,
  PanelRight,
  Plus,
  Trash2,
  Upload,
  X,
  type LucideIcon,
} from "lucide-react";
import { useRef } from "react";
import { parseScope } from "#contract/scope.ts";
import type { DocumentView } from "#contract/views/documents.ts";
import type { QueryInfo } from "#contract/worker.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { ClassificationTag } from "#renderer/parts/classification-tag.tsx";
import { Breadcrumbs, type Crumb } from "#renderer/parts/file-browser/breadcrumbs.tsx";
import { fileSortKeys, fileViews, type FileView } from "#renderer/parts/file-browser/file-entry.ts";
import { Button, IconButton, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { MenuButton } from "#renderer/ui/menu.tsx";
import { SearchBox } from "#renderer/ui/search-box.tsx";
import { useDocumentsStore, type FolderPlace } from "./documents-store.ts";
import { folderPath, trashPath } from "./documents-route.ts";
import type { BrowserDeeds } from "./use-browser-deeds.ts";
import { SharedByWords } from "./shares-section.tsx";
import { useDrops } from "./use-drops.ts";

interface FolderHeadProps {
  place: FolderPlace;
  info: QueryInfo<"folder"> | null;
  selected: readonly DocumentView[];
  typed: string;
  onType: (typed: string) => void;
  deeds: BrowserDeeds;
  isEmbedded: boolean;
  onClearSelection: () => void;
}

/** Where one is, what can be done here, and how it is shown. */
export function FolderHead(props: FolderHeadProps) {
  const { place, info, selected, typed, onType, deeds, isEmbedded } = props;
  const { t } = useTranslation();
  return (
    <header className="documents-head">
      <div className="documents-head__row">
        {isEmbedded ? null : <BackToList />}
        <PathView place={place} info={info} />
        <ClassificationTag level={info?.classification} />
        {place.folderId === null && parseScope(place.scope).kind !== "share" ? (
          <TrashButton scope={place.scope} />
        ) : null}
        <ViewTools />
      </div>
      {info?.share == null ? null : (
        <p className="shared-line">
          <SharedByWords given={info.share} />
        </p>
      )}
      <div className="documents-head__row" role="toolbar" aria-label={t("documents.tools")}>
        <PlaceTools info={info} deeds={deeds} isSmall={selected.length > 0} />
        {selected.length === 0 ? null : (
          <SelectionTools selected={selected} deeds={deeds} onClear={props.onClearSelection} />
        )}
        <FilterBox typed={typed} onType={onType} />
      </div>
    </header>
  );
}

export function BackToList() {
  const { t } = useTranslation();
  const showPane = useView((state) => state.showPane);
  return (
    <span className="only-narrow">
      <IconButton icon={ArrowLeft} label={t("documents.backToList")} onPress={() => showPane("list")} />
    </span>
  );
}

function PathView({ place, info }: Pick<FolderHeadProps, "place" | "info">) {
  const { t } = useTranslation();
  const drops = useDrops();
  const go = useView((state) => state.go);
  const { scope } = place;
  const isShare = parseScope(place.scope).kind === "share";
  const own = t(isShare ? "documents.share.withMe" : "documents.mine");
  const top = info === null || info.placeName === "" ? own : info.placeName;
  const open = (folderId: string | null) => () => go("documents", ...folderPath(scope, folderId));
  const crumbs: Crumb[] = [
    { id: "", name: top, onOpen: isShare ? () => go("documents", "shared") : open(null) },
    ...(info?.path ?? []).map(({ id, name }) => ({ id: id as string, name, onOpen: open(id) })),
  ];
  const folderOf = ({ id }: Crumb): FolderPlace => ({
    scope,
    folderId: info?.path.find((step) => step.id === id)?.id ?? null,
  });
  return (
    <Breadcrumbs
      crumbs={crumbs}
      drop={{
        effectOf: (crumb, event) => (info?.canWrite === true ? drops.effectOf(folderOf(crumb), event) : null),
        onDrop: (crumb, event) => drops.onDrop(folderOf(crumb), event),
      }}
    />
  );
}

function TrashButton({ scope }: { scope: FolderPlace["scope"] }) {
  const { t } = useTranslation();
  const go = useView((state) => state.go);
  return (
    <IconButton
      icon={Trash2}
      label={t("documents.trashTitle")}
      onPress={() => go("documents", ...trashPath(scope))}
    />
  );
}

interface PlaceToolsProps extends Pick<FolderHeadProps, "info" | "deeds"> {
  /** Commands for what is selected stand beside them. */
  isSmall: boolean;
}

function PlaceTools({ info, deeds, isSmall }: PlaceToolsProps) {
  const { t } = useTranslation();
  if (info?.canWrite !== true) return null;
  const add = t("documents.new");
  const upload = t("documents.upload");
  return (
    <>
      <MenuButton
        label={add}
        commands={deeds.newCommands}
        button={
          isSmall ? (
            <IconButton icon={Plus} label={add} tone="primary" />
          ) : (
            <Button tone="primary">
              <Plus size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
              {add}
            </Button>
          )
        }
      />
      <MenuButton
        label={upload}
        commands={deeds.uploadCommands}
        button={
          isSmall ? (
            <IconButton icon={Upload} label={upload} />
          ) : (
            <Button>
              <Upload size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
              {upload}
            </Button>
          )
        }
      />
    </>
  );
}

/** Beyond these, commands stand in the menu. */
const SHOWN_COMMANDS = 4;

interface SelectionToolsProps {
  selected: readonly DocumentView[];
  deeds: Pick<BrowserDeeds, "commandsFor">;
  onClear: () => void;
}

/** The same commands as in the context menu. */
export function SelectionTools({ selected, deeds, onClear }: SelectionToolsProps) {
  const { t } = useTranslation();
  const commands = deeds.commandsFor(selected);
  const direct = commands.filter(({ items }) => items === undefined).slice(0, SHOWN_COMMANDS);
  return (
    <div className="documents-head__selection">
      <IconButton
        icon={X}
        label={t("files.clearSelection")}
        shortcut={t("documents.key.escape")}
        onPress={onClear}
      />
      <span className="documents-head__count" role="status">
        {t("files.selected", { count: selected.length })}
      </span>
      {direct.map(({ id, icon, label, run, shortcut, isDanger }) => (
        <IconButton
          key={id}
          icon={icon}
          label={label}
          onPress={run}
          {...(shortcut === undefined ? {} : { shortcut })}
          {...(isDanger === true ? { tone: "danger" as const } : {})}
        />
      ))}
      <MenuButton
        label={t("documents.more")}
        commands={commands}
        button={<IconButton icon={Ellipsis} label={t("documents.more")} />}
      />
    </div>
  );
}

function FilterBox({ typed, onType }: { typed: string; onType: (typed: string) => void }) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  return (
    <div className="documents-head__filter" ref={box}>
      <SearchBox
        label={t("documents.filter")}
        value={typed}
        onChange={onType}
        onKeyDown={(event) => {
          if (event.key === "Escape" && typed !== "") {
            event.preventDefault();
            onType("");
          }
          if (event.key !== "ArrowDown" && event.key !== "Enter") return;
          event.preventDefault();
          box.current?.closest(".documents")?.querySelector<HTMLElement>("[data-files]")?.focus();
        }}
      />
    </div>
  );
}

const VIEW_ICONS: Record<FileView, LucideIcon> = { details: Columns3, list: List, grid: LayoutGrid };

/** How files are shown, in which order, and whether what is known of them stands beside. */
export function ViewTools({ hasSort = true }: { hasSort?: boolean }) {
  const { t } = useTranslation();
  const { view, setView, sort, setSort, hasDetails, showDetails } = useDocumentsStore();
  return (
    <div className="documents-head__views">
      {hasSort ? (
        <MenuButton
          label={t("files.sortBy")}
          button={<IconButton icon={ArrowDownUp} label={t("files.sortBy")} />}
          commands={fileSortKeys.flatMap((by) =>
            [false, true].map((isDescending) => ({
              id: `${by}-${isDescending ? "down" : "up"}`,
              label: t(`documents.order.${by}.${isDescending ? "down" : "up"}`),
              icon: isDescending ? ArrowDownWideNarrow : ArrowDownNarrowWide,
              isOn: sort.by === by && sort.isDescending === isDescending,
              isApart: by !== "name" && !isDescending,
              run: () => setSort({ by, isDescending }),
            })),
          )}
        />
      ) : null}
      <MenuButton
        label={t("files.view.label")}
        button={<IconButton icon={VIEW_ICONS[view]} label={t("files.view.label")} />}
        commands={fileViews.map((each) => ({
          id: each,
          label: t(`files.view.${each}`),
          icon: VIEW_ICONS[each],
          isOn: each === view,
          run: () => setView(each),
        }))}
      />
      <IconButton
        icon={PanelRight}
        label={t("documents.details")}
        shortcut={t("documents.key.details")}
        isPressed={hasDetails}
        onPress={() => showDetails(!hasDetails)}
      />
    </div>
  );
}
