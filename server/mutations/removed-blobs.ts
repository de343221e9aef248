import type { Store } from "../store/store.ts";
import type { MutationContext } from "./context.ts";

/** Files go once the change that let go of them is committed, if they are still the same person's. */
export async function removeBlobs(store: Store, blobs: MutationContext["removedBlobs"]): Promise<void> {
  for (const { id, ownerId } of blobs) {
    if ((await store.blobs.ownerOf(id)) === ownerId) await store.blobs.remove(id);
  }
}
