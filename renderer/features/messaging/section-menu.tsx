import { ArrowDown, ArrowUp, Pencil, Trash2 } from "lucide-react";
import type { Section } from "#contract/entities/preferences.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useCommands } from "#renderer/parts/use-commands.ts";
import { CommandMenu, type Command } from "#renderer/ui/menu.tsx";
import { useAsk } from "./ask-store.ts";
import { useSections } from "./use-sections.ts";
import { useSettle } from "#renderer/parts/use-settle.ts";

/** Name, place and end of one of one's own sections. Its conversations stay when it goes. */
export function SectionMenu({ section }: { section: Section }) {
  const { t } = useTranslation();
  const commands = useCommands();
  const settle = useSettle();
  const { sections } = useSections();
  const index = sections.findIndex(({ id }) => id === section.id);
  const save = (changes: Partial<Section>) => void settle(commands.saveSection({ ...section, ...changes }));
  const rename = () =>
    useAsk.getState().open({
      kind: "text",
      title: t("sections.rename"),
      label: t("sections.name"),
      value: section.name,
      maxLength: 60,
      onSave: (name) => save({ name }),
    });
  const remove = async () => {
    if (!(await settle(commands.removeSection(section.id)))) return;
    useToasts.getState().show({
      tone: "plain",
      text: t("sections.removed"),
      action: { label: t("action.undo"), run: () => save({}) },
    });
  };
  const before = sections[index - 1];
  const after = sections[index + 1];
  const list: (Command | false)[] = [
    { id: "rename", label: t("sections.rename"), icon: Pencil, run: rename },
    before !== undefined && {
      id: "up",
      label: t("sections.up"),
      icon: ArrowUp,
      run: () =>
        save({ position: between(sections[index - 2]?.position ?? before.position - 2, before.position) }),
    },
    after !== undefined && {
      id: "down",
      label: t("sections.down"),
      icon: ArrowDown,
      run: () =>
        save({ position: between(after.position, sections[index + 2]?.position ?? after.position + 2) }),
    },
    {
      id: "remove",
      label: t("sections.remove"),
      icon: Trash2,
      run: () => void remove(),
      isDanger: true,
      isApart: true,
    },
  ];
  return (
    <CommandMenu
      commands={list.filter((command) => command !== false)}
      label={t("sections.actions", { name: section.name })}
    />
  );
}

function between(a: number, b: number): number {
  return (a + b) / 2;
}
