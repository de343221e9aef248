import type { DocumentView } from "#contract/views/documents.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useProblemWords } from "#renderer/kit/problem-words.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useWorker } from "#renderer/kit/worker-context.tsx";
import { useBlobUrl } from "#renderer/ui/avatar.tsx";
import { AppError } from "#contract/problem.ts";
import { zipFiles, type FileToZip } from "./zip-files.ts";

/** One file as it is; several, or folders, as one archive. */
export function useDownload(): (documents: readonly DocumentView[]) => Promise<void> {
  const { t } = useTranslation();
  const client = useWorker();
  const blobUrl = useBlobUrl();
  const words = useProblemWords();
  const show = useToasts((state) => state.show);
  const gather = async (documents: readonly DocumentView[], within: string, into: FileToZip[]) => {
    for (const { scope, item, bytes } of documents) {
      const path = `${within}${item.name}`;
      if (bytes !== null) into.push({ path, url: blobUrl(bytes.blobId), modifiedAt: item.modifiedAt });
      if (item.kind !== "folder") continue;
      into.push({ path: `${path}/`, url: null, modifiedAt: item.modifiedAt });
      const sort = { by: "name", isDescending: false } as const;
      const inside = await client.once("folder", { scope, folderId: item.id, sort });
      await gather(inside.items, `${path}/`, into);
    }
  };
  return async (documents) => {
    const [first] = documents;
    if (first === undefined) return;
    if (documents.length === 1 && first.bytes !== null) {
      save(blobUrl(first.bytes.blobId), first.item.name);
      return;
    }
    const files: FileToZip[] = [];
    await gather(documents, "", files);
    const dismiss = show({ text: t("documents.zipping", { count: files.length }), tone: "plain" }, 600_000);
    try {
      const archive = await zipFiles(files);
      const url = URL.createObjectURL(archive);
      save(url, `${documents.length === 1 ? first.item.name : t("documents.title")}.zip`);
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    } catch (error) {
      const problem =
        error instanceof AppError
          ? error.problem
          : new AppError("offline", { title: "A file could not be read", cause: error }).problem;
      const { title, advice } = words(problem);
      show({ tone: "danger", text: t("toast.problem", { title, advice }), detail: String(error) });
    } finally {
      dismiss();
    }
  };
}

function save(url: string, name: string): void {
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
}
