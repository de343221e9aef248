import { useTranslation } from "#renderer/kit/i18n.ts";
import { useProblemWords } from "#renderer/kit/problem-words.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useWorker } from "#renderer/kit/worker-context.tsx";
import type { Added, FileToAdd } from "#renderer/parts/document-adding.ts";
import { libraryName, takenNames } from "#renderer/parts/document-names.ts";
import type { FileTree } from "#renderer/parts/dropped-files.ts";
import { useDocumentCommands } from "#renderer/parts/use-document-commands.ts";
import type { FolderPlace } from "./documents-store.ts";
import { askTaken } from "./taken-names.ts";

/** Brings files and folders into a library: asks about names that are taken, then everything goes by itself. */
export function useUploads(): (place: FolderPlace, tree: FileTree) => Promise<void> {
  const { t } = useTranslation();
  const client = useWorker();
  const commands = useDocumentCommands();
  const words = useProblemWords();
  const show = useToasts((state) => state.show);
  const announce = useToasts((state) => state.announce);
  return async (place, tree) => {
    if (tree.files.length === 0 && tree.folders.length === 0) return;
    const { items } = await client.once("folder", { ...place, sort: { by: "name", isDescending: false } });
    const present = items.map((view) => ({ name: view.item.name, view }));
    const loose = tree.files.filter(({ path }) => path.length === 0).map(({ file }) => file);
    const tops = [...new Set(tree.folders.flatMap((path) => path.slice(0, 1)))];
    const names = [
      ...loose.map(({ name }) => libraryName(name, "document")),
      ...tops.map((name) => libraryName(name, "folder")),
    ];
    const taken = takenNames(names, present);
    const choices = await askTaken([...taken.keys()], "upload");
    if (choices === null) return;
    announce(t("documents.adding", { count: tree.files.length }));
    const files = loose.flatMap((file): FileToAdd[] => {
      const name = libraryName(file.name, "document");
      const other = taken.get(name)?.view;
      const choice = choices.get(name);
      if (choice === "skip") return [];
      const isReplacing = choice === "replace" && other?.item.kind === "file";
      return [isReplacing ? { file, name, choice: { replace: other } } : { file, name }];
    });
    const into = (isMerged: boolean): FileTree => {
      const isWanted = ([top = ""]: readonly string[]) => {
        const choice = choices.get(libraryName(top, "folder"));
        return choice !== "skip" && (choice === "replace") === isMerged;
      };
      return {
        folders: tree.folders.filter(isWanted),
        files: tree.files.filter(({ path }) => path.length > 0 && isWanted(path)),
      };
    };
    const added: Added[] = [];
    if (files.length > 0) added.push(await commands.addFiles(place, files));
    for (const isMerged of [true, false]) {
      const part = into(isMerged);
      if (part.folders.length > 0)
        added.push(await commands.addTree(place, part, isMerged ? "merge" : "number"));
    }
    const problems = added.flatMap((each) => each.problems);
    const [first] = problems;
    if (first === undefined) return;
    show({
      tone: "danger",
      text: t("documents.notAdded", {
        count: problems.length,
        name: first.name,
        why: words(first.problem).title,
      }),
      detail: JSON.stringify(problems, null, 1),
    });
  };
}
