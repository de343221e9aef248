import type { TFunction } from "i18next";
import { useMemo } from "react";
import { CloudCheck, CloudOff, CloudUpload, Lock, LockKeyhole, TriangleAlert } from "lucide-react";
import type { DriveEntry } from "#contract/drives.ts";
import type { OfflineMark } from "#contract/drive-offline.ts";
import { documentKind } from "#renderer/db/document-kinds.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { FileEntry, FileMark, FileSort } from "#renderer/parts/file-browser/file-entry.ts";
import type { FolderMarks } from "./offline-store.ts";

const OFFLINE_MARKS: Record<OfflineMark["mark"], Pick<FileMark, "icon" | "tone">> = {
  here: { icon: CloudCheck },
  part: { icon: CloudCheck },
  waiting: { icon: CloudUpload, tone: "wait" },
  syncing: { icon: CloudUpload },
  conflict: { icon: TriangleAlert, tone: "wait" },
  failed: { icon: CloudOff, tone: "loss" },
  leftOut: { icon: CloudOff, tone: "wait" },
};

/** Entries of a drive as the browser of files shows them, with what is known of them on this machine. */
export function useFileEntries(entries: readonly DriveEntry[], marks: FolderMarks): readonly FileEntry[] {
  const { t } = useTranslation();
  return useMemo(() => entries.map((entry) => fileEntry(entry, marks, t)), [entries, marks, t]);
}

function fileEntry(entry: DriveEntry, { byPath }: FolderMarks, t: TFunction): FileEntry {
  return {
    id: entry.path,
    name: entry.name,
    isFolder: entry.kind === "folder",
    kind: entry.kind === "folder" ? "folder" : documentKind(entry.name, entry.mediaType ?? ""),
    sizeBytes: entry.sizeBytes,
    modifiedAt: entry.modifiedAt,
    marks: [...lockMarks(entry, t), ...offlineMarks(byPath.get(entry.path), t)],
  };
}

function lockMarks({ lock }: DriveEntry, t: TFunction): FileMark[] {
  if (lock === null) return [];
  if (lock.isMine) return [{ id: "lock", icon: LockKeyhole, label: t("drives.lockedByMe"), tone: "action" }];
  const { owner } = lock;
  const label = owner === null ? t("drives.lockedBySomebody") : t("drives.lockedBy", { owner });
  return [{ id: "lock", icon: Lock, label, tone: "wait" }];
}

function offlineMarks(found: OfflineMark | undefined, t: TFunction): FileMark[] {
  if (found === undefined) return [];
  const { mark } = found;
  return [{ id: "offline", label: t(`drives.offline.mark.${mark}`), ...OFFLINE_MARKS[mark] }];
}

/** Folders first, then as wanted; names decide between what is equal. */
export function sortEntries(
  entries: readonly DriveEntry[],
  sort: FileSort,
  language: string,
): readonly DriveEntry[] {
  const collator = new Intl.Collator(language, { numeric: true, sensitivity: "base" });
  const turn = sort.isDescending ? -1 : 1;
  const byName = (a: DriveEntry, b: DriveEntry) => collator.compare(a.name, b.name);
  const by = {
    name: byName,
    modified: (a: DriveEntry, b: DriveEntry) => compareText(a.modifiedAt ?? "", b.modifiedAt ?? ""),
    size: (a: DriveEntry, b: DriveEntry) => (a.sizeBytes ?? -1) - (b.sizeBytes ?? -1),
    kind: (a: DriveEntry, b: DriveEntry) => compareText(endingOf(a.name), endingOf(b.name)),
  }[sort.by];
  return entries.toSorted((a, b) => {
    if (a.kind !== b.kind) return a.kind === "folder" ? -1 : 1;
    return turn * by(a, b) || byName(a, b);
  });
}

function endingOf(name: string): string {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : "";
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
