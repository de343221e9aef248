import { useDocumentsStore, type TakenChoice } from "./documents-store.ts";

export type TakenChoices = ReadonlyMap<string, TakenChoice>;

/** What to do with names that are taken: one question for all of them. Null: given up altogether. */
export function askTaken(names: readonly string[], deed: "upload" | "move"): Promise<TakenChoices | null> {
  if (names.length === 0) return Promise.resolve(new Map());
  return new Promise((resolve) => {
    const answer = (choices: TakenChoices | null) => {
      useDocumentsStore.setState({ taken: null });
      resolve(choices);
    };
    useDocumentsStore.setState({ taken: { names, deed, answer } });
  });
}
