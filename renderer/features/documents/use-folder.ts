import { useDeferredValue, useMemo } from "react";
import type { DocumentView } from "#contract/views/documents.ts";
import type { QueryArgs, QueryInfo } from "#contract/worker.ts";
import { matchesWords } from "#renderer/kit/text-words.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import type { FileSort } from "#renderer/parts/file-browser/file-entry.ts";
import type { FolderPlace } from "./documents-store.ts";

/** Seen at once, while the rest of a large folder is still on its way. */
const FIRST_COUNT = 200;

export interface FolderState {
  documents: readonly DocumentView[];
  info: QueryInfo<"folder"> | null;
  isReady: boolean;
  problem: ReturnType<typeof useLiveQuery<"folder">>["problem"];
}

/** A folder, its beginning first, filtered by what is typed. */
export function useFolder({ scope, folderId }: FolderPlace, sort: FileSort, typed: string): FolderState {
  const args: QueryArgs<"folder"> = { scope, folderId, sort };
  const first = useLiveQuery("folder", { ...args, limit: FIRST_COUNT });
  const isLarge = (first.info?.count ?? 0) > FIRST_COUNT;
  const whole = useLiveQuery("folder", isLarge ? args : { ...args, limit: FIRST_COUNT });
  const { items, info, status, problem } = isLarge && whole.status === "ready" ? whole : first;
  const wanted = useDeferredValue(typed.trim());
  const documents = useMemo(
    () => (wanted === "" ? items : items.filter(({ item }) => matchesWords(item.name, wanted))),
    [items, wanted],
  );
  return { documents, info, isReady: status === "ready", problem };
}
