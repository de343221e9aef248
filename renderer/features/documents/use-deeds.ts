import { useTranslation } from "#renderer/kit/i18n.ts";
import type { LibraryItemId } from "#contract/ids.ts";
import type { Result } from "#contract/result.ts";
import type { DocumentView } from "#contract/views/documents.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useWorker } from "#renderer/kit/worker-context.tsx";
import { takenNames } from "#renderer/parts/document-names.ts";
import { useReportProblem } from "#renderer/parts/use-commands.ts";
import { useDocumentCommands } from "#renderer/parts/use-document-commands.ts";
import { useDocumentsStore, type FolderPlace, type Undo } from "./documents-store.ts";
import { askTaken, type TakenChoices } from "./taken-names.ts";

type Documents = readonly DocumentView[];

export interface Deeds {
  /** Whether all of it was kept; what was not has been said. */
  each: (
    documents: Documents,
    deed: (document: DocumentView) => Promise<Result<unknown>>,
  ) => Promise<boolean>;
  trash: (documents: Documents) => Promise<void>;
  restore: (documents: Documents) => Promise<void>;
  rename: (document: DocumentView, name: string) => Promise<void>;
  move: (documents: Documents, to: FolderPlace) => Promise<void>;
  copy: (documents: Documents, to: FolderPlace) => Promise<void>;
  createFolder: (place: FolderPlace, name: string) => Promise<LibraryItemId | null>;
  undo: () => Promise<void>;
}

/** What a person does with files, each with its way back where there is one. */
export function useDeeds(): Deeds {
  const { t } = useTranslation();
  const client = useWorker();
  const commands = useDocumentCommands();
  const report = useReportProblem();
  const show = useToasts((state) => state.show);

  const each: Deeds["each"] = async (documents, deed) => {
    let isWhole = true;
    for (const document of documents) {
      const result = await deed(document);
      if (result.ok) continue;
      isWhole = false;
      report(result.error);
      // What stands in the way of one often stands in the way of all: it is said once.
      break;
    }
    return isWhole;
  };
  const say = (text: string, run: () => Promise<void>) => {
    const act = () => {
      useDocumentsStore.setState(({ undos }) => ({ undos: undos.filter((other) => other !== undo) }));
      void run();
    };
    const dismiss = show({ text, tone: "plain", action: { label: t("action.undo"), run: act } });
    const undo: Undo = {
      label: text,
      run: () => {
        dismiss();
        return run();
      },
    };
    useDocumentsStore.getState().pushUndo(undo);
  };
  const presentIn = async (place: FolderPlace): Promise<readonly DocumentView[]> => {
    const sort = { by: "name", isDescending: false } as const;
    return (await client.once("folder", { ...place, sort })).items;
  };
  const movable = async (documents: Documents, to: FolderPlace) => {
    const coming = documents.filter(({ scope, item }) => scope !== to.scope || !isIn(item, to));
    const names = coming.map(({ item }) => item.name);
    const taken = takenNames(
      names,
      (await presentIn(to)).map((view) => ({ name: view.item.name, view })),
    );
    const choices = await askTaken([...taken.keys()], "move");
    return choices === null
      ? null
      : { coming: coming.filter(({ item }) => choices.get(item.name) !== "skip"), taken, choices };
  };
  const makeRoom = async (plan: NonNullable<Awaited<ReturnType<typeof movable>>>) => {
    for (const [name, { view }] of plan.taken)
      if (plan.choices.get(name) === "replace") await commands.trash(view);
  };

  return {
    each,
    async trash(documents) {
      if (!(await each(documents, commands.trash))) return;
      const [first] = documents;
      say(t("documents.trashed", { count: documents.length, name: first?.item.name }), async () => {
        await each(documents, commands.restore);
      });
    },
    async restore(documents) {
      if (!(await each(documents, commands.restore))) return;
      const [first] = documents;
      say(t("documents.restored", { count: documents.length, name: first?.item.name }), async () => {
        await each(documents, commands.trash);
      });
    },
    async rename(document, name) {
      const before = document.item.name;
      if (!(await each([document], () => commands.rename(document, name)))) return;
      const renamed = { ...document, item: { ...document.item, name } };
      say(t("documents.renamed", { name }), async () => {
        await each([renamed], () => commands.rename(renamed, before));
      });
    },
    async move(documents, to) {
      const plan = await movable(documents, to);
      if (plan === null || plan.coming.length === 0) return;
      await makeRoom(plan);
      const { coming, choices } = plan;
      const isNumbered = ({ item }: DocumentView) => isBoth(choices, item.name);
      if (!(await each(coming, (one) => commands.move(one, to, { isNumbered: isNumbered(one) })))) return;
      const text = t("documents.moved", { count: coming.length, name: coming[0]?.item.name });
      if (coming.some(({ scope }) => scope !== to.scope)) {
        show({ text, tone: "plain" });
        return;
      }
      say(text, async () => {
        await each(coming, (one) => {
          const { folderId: _from, ...item } = one.item;
          const there = { ...one, item: to.folderId === null ? item : { ...item, folderId: to.folderId } };
          return commands.move(there, { scope: one.scope, folderId: one.item.folderId ?? null });
        });
      });
    },
    async copy(documents, to) {
      const [first] = documents;
      if (!(await each(documents, (one) => commands.copy(one, to)))) return;
      show({
        text: t("documents.copied", { count: documents.length, name: first?.item.name }),
        tone: "plain",
      });
    },
    async createFolder(place, name) {
      const made = await commands.createFolder(place, name);
      if (made.ok) return made.value;
      report(made.error);
      return null;
    },
    async undo() {
      const undo = useDocumentsStore.getState().popUndo();
      if (undo === undefined) return;
      await undo.run();
      show({ text: t("documents.undone", { what: undo.label }), tone: "plain" });
    },
  };
}

function isIn(item: DocumentView["item"], { folderId }: FolderPlace): boolean {
  return (item.folderId ?? null) === folderId;
}

function isBoth(choices: TakenChoices, name: string): boolean {
  return choices.get(name) === "both";
}
