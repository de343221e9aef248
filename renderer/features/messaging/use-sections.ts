import type { Section } from "#contract/entities/preferences.ts";
import type { SectionId } from "#contract/ids.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { useCommands, useReportProblem } from "#renderer/parts/use-commands.ts";
import { useAsk } from "./ask-store.ts";

const NAME_LENGTH = 60;

export interface Sections {
  /** In the order of the list. */
  sections: readonly Section[];
  /** Asks for a name and makes a section at the end. */
  create: (onDone?: (id: SectionId) => void) => void;
}

/** The person's own headings in the list of conversations. */
export function useSections(): Sections {
  const { t } = useTranslation();
  const commands = useCommands();
  const report = useReportProblem();
  const { items } = useLiveQuery("sections", {});
  const sections = items.map(({ section }) => section);
  const position = Math.max(0, ...sections.map((section) => section.position)) + 1;
  const save = async (name: string, onDone?: (id: SectionId) => void) => {
    const { id, result } = await commands.addSection(name, position);
    if (result.ok) onDone?.(id);
    else report(result.error);
  };
  return {
    sections,
    create: (onDone) =>
      useAsk.getState().open({
        kind: "text",
        title: t("sections.create"),
        label: t("sections.name"),
        value: "",
        maxLength: NAME_LENGTH,
        onSave: (name) => void save(name, onDone),
      }),
  };
}
