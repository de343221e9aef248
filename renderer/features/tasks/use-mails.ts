import type { Scope } from "#contract/scope.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useWorker } from "#renderer/kit/worker-context.tsx";
import { linkToShare } from "#renderer/kit/workplace-address.ts";
import { askWorker } from "#renderer/parts/preview/ask-worker.ts";
import type { Slot } from "#renderer/parts/task-commands.ts";
import { useDocumentCommands } from "#renderer/parts/use-document-commands.ts";
import { mailTask, type ReadMail } from "./import/mail-task.ts";
import { useTaskDeeds } from "./use-task-deeds.ts";

/** Larger ones are not brought into memory. */
const MOST_BYTES = 48_000_000;

/**
 * Tasks out of e-mails in files (`.eml`), one behind another in a column. The file goes into the library of the place
 * and hangs on the task; where there is none to write to, that is said.
 */
export function useMails(scope: Scope): (files: readonly File[], slotAfter: () => Slot) => Promise<void> {
  const { t, i18n } = useTranslation();
  const client = useWorker();
  const deeds = useTaskDeeds();
  const documents = useDocumentCommands();
  const show = useToasts((state) => state.show);
  const words = {
    from: t("tasks.mail.from"),
    date: t("tasks.mail.date"),
    untitled: t("tasks.import.untitled"),
    language: i18n.language,
  };
  const keep = async (file: File) => {
    const { items } = await client.once("libraries", {});
    if (!items.some((library) => library.scope === scope && library.canWrite)) return null;
    const added = await documents.addFiles({ scope, folderId: null }, [{ file }]);
    const [itemId] = added.items;
    return itemId === undefined ? null : linkToShare({ kind: "document", scope, itemId });
  };
  return async (files, slotAfter) => {
    let made = 0;
    let kept = 0;
    for (const file of files) {
      const mail = await readMailFile(file);
      if (mail === null) {
        show({ tone: "danger", text: t("tasks.mail.unreadable", { name: file.name }) });
        continue;
      }
      const link = await keep(file);
      const attachments = link === null ? {} : { attachments: [{ link, name: file.name.slice(0, 500) }] };
      const task = { ...mailTask(mail, words), ...attachments };
      if (!(await deeds.run(deeds.commands.create(scope, slotAfter(), task)))) return;
      made += 1;
      if (link !== null) kept += 1;
    }
    if (made === 0) return;
    const text = [
      t("tasks.mail.made", { count: made }),
      kept < made ? t("tasks.mail.notKept", { count: made - kept }) : "",
    ];
    show({ tone: "plain", text: text.filter((each) => each !== "").join(" ") });
  };
}

/** Null for what is no e-mail. */
async function readMailFile(file: File): Promise<ReadMail | null> {
  if (file.size > MOST_BYTES) return null;
  const bytes = new Uint8Array(await file.arrayBuffer());
  const answer = await askWorker({ kind: "read", bytes, format: "eml" }, new AbortController().signal);
  return answer.kind === "read" && answer.answer.kind === "mail" ? answer.answer : null;
}
