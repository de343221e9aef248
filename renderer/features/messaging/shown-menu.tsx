import { Archive, FolderPlus, ListFilter, MailOpen, MessagesSquare } from "lucide-react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { IconButton } from "#renderer/ui/button.tsx";
import { CommandMenu, LazyMenuButton } from "#renderer/ui/menu.tsx";
import type { Shown } from "./conversation-words.ts";
import { useSections } from "./use-sections.ts";

interface ShownMenuProps {
  shown: Shown;
  onChange: (shown: Shown) => void;
}

const ICONS = { all: MessagesSquare, unread: MailOpen, archived: Archive };
const CHOICES: readonly Shown[] = ["all", "unread", "archived"];

/** Everything, what is unread, or what is archived; and a new section. */
export function ShownMenu({ shown, onChange }: ShownMenuProps) {
  const { t } = useTranslation();
  return (
    <LazyMenuButton
      button={<IconButton icon={ListFilter} label={t("listTools.filter")} isPressed={shown !== "all"} />}
    >
      <Choices shown={shown} onChange={onChange} />
    </LazyMenuButton>
  );
}

function Choices({ shown, onChange }: ShownMenuProps) {
  const { t } = useTranslation();
  const { create } = useSections();
  const commands = CHOICES.map((each) => ({
    id: each,
    label: t(`listTools.${each}`),
    icon: ICONS[each],
    isOn: each === shown,
    run: () => onChange(each),
  }));
  const section = {
    id: "section",
    label: t("sections.create"),
    icon: FolderPlus,
    isApart: true,
    isOn: false,
    run: () => create(),
  };
  return <CommandMenu commands={[...commands, section]} label={t("listTools.filter")} />;
}
