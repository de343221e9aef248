import {
  BadgeAlert,
  CloudUpload,
  LockKeyhole,
  PencilLine,
  ShieldCheck,
  Star,
  TriangleAlert,
} from "lucide-react";
import type { TFunction } from "i18next";
import type { DocumentPeople, DocumentView, PlacedDocument } from "#contract/views/documents.ts";
import type { FileEntry, FileMark } from "#renderer/parts/file-browser/file-entry.ts";

export interface EntryWords {
  t: TFunction;
  people: DocumentPeople;
  blobUrl: (blobId: string) => string;
}

/** Larger pictures are not fetched for a tile. */
const MOST_TILE_BYTES = 4_000_000;
const DRAWN = /^image\/(?:png|jpeg|gif|webp|avif|bmp)\b/;

export function toEntry(view: DocumentView, { t, people, blobUrl }: EntryWords): FileEntry {
  const { item, bytes, upload } = view;
  const modifiedBy = people[item.modifiedBy]?.displayName;
  const isPicture =
    bytes !== null && DRAWN.test(bytes.mediaType) && bytes.isSent && (bytes.sizeBytes ?? 0) < MOST_TILE_BYTES;
  const isSending = upload !== null && upload.state !== "done" && upload.state !== "failed";
  return {
    id: item.id,
    name: item.name,
    isFolder: item.kind === "folder",
    kind: view.kind,
    sizeBytes: bytes?.sizeBytes ?? null,
    modifiedAt: item.modifiedAt,
    marks: marksOf(view, t, people),
    ...(view.childCount === null ? {} : { sizeWords: insideWords(view.childCount, t) }),
    ...(modifiedBy === undefined ? {} : { modifiedBy }),
    ...(isPicture ? { thumbnail: blobUrl(bytes.blobId) } : {}),
    ...(isSending ? { progress: upload.sizeBytes === 0 ? 0 : upload.sentBytes / upload.sizeBytes } : {}),
  };
}

function insideWords(count: number, t: TFunction): string {
  return count === 0 ? t("documents.nothingInside") : t("documents.elements", { count });
}

/** In lists over several folders. */
export function toPlacedEntry(view: PlacedDocument, words: EntryWords): FileEntry {
  return { ...toEntry(view, words), place: placeWords(view, words) };
}

/** « Réseau eau › Marchés › 2026 » */
export function placeWords({ place }: PlacedDocument, { t, people }: Omit<EntryWords, "blobUrl">): string {
  const { sharedBy } = place;
  const own =
    sharedBy === null
      ? t("documents.mine")
      : t("documents.share.by", { name: people[sharedBy]?.displayName ?? "" });
  const name = place.name === "" ? own : place.name;
  return [name, ...place.path.map((step) => step.name)].join(" › ");
}

function marksOf(view: DocumentView, t: TFunction, people: DocumentPeople): FileMark[] {
  const { item, pending, refused, upload } = view;
  const marks: FileMark[] = [];
  if (refused.length > 0) {
    marks.push({ id: "refused", icon: TriangleAlert, label: t("documents.mark.refused"), tone: "loss" });
  } else if (upload?.state === "failed") {
    marks.push({ id: "failed", icon: BadgeAlert, label: t("documents.mark.failed"), tone: "loss" });
  } else if (pending !== null) {
    marks.push({ id: "pending", icon: CloudUpload, label: t("documents.mark.pending"), tone: "wait" });
  }
  if (item.lock !== undefined) {
    const name = people[item.lock.personId]?.displayName ?? "";
    marks.push({ id: "lock", icon: PencilLine, label: t("documents.mark.lockedBy", { name }), tone: "wait" });
  }
  if (view.isPreserved) marks.push({ id: "kept", icon: ShieldCheck, label: t("documents.mark.preserved") });
  if (view.classification === "restricted" || view.classification === "confidential") {
    marks.push({
      id: "level",
      icon: LockKeyhole,
      label: t(`classification.level.${view.classification}`),
      tone: "wait",
    });
  }
  if (view.isFavourite) {
    marks.push({ id: "favourite", icon: Star, label: t("documents.mark.favourite"), tone: "action" });
  }
  return marks;
}
