import { blobIdSchema, naturalId, type BlobId } from "#contract/ids.ts";

/** Drawn pictures of the demonstration. */
export type DemoCover = "accueil" | "it" | "magazine" | "parking" | "pont" | "registre";

export function demoCoverId(cover: DemoCover): BlobId {
  return blobIdSchema.parse(naturalId("demo", "cover", cover));
}
