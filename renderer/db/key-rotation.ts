import type { Codec, KeyRing } from "./codec.ts";
import type { CacheDatabase } from "./database.ts";
import { leafName } from "./leaf-cache.ts";
import { LOG_PLACE } from "./log.ts";
import { OUTBOX_PLACE } from "./outbox.ts";
import { slicePlace, uploadPlace } from "./upload-store.ts";

export interface RotationControl {
  /** Between two small steps: what a person does goes first. */
  pause: () => Promise<void>;
  isStopped: () => boolean;
}

/**
 * Writes everything that is still under the previous key under the current one; true once nothing is left. Begun again after
 * any interruption, it goes on with what is left: which key a record is under is seen by opening it. What is written
 * meanwhile is under the current key already. What neither key opens stays as it is.
 */
export async function rewriteUnderCurrentKey(
  database: CacheDatabase,
  ring: KeyRing,
  control: RotationControl,
): Promise<boolean> {
  const reseal = async (data: ArrayBuffer, place: string): Promise<ArrayBuffer | undefined> => {
    const { current, previous } = ring;
    if (previous === undefined || (await openOrNothing(current, data, place)) !== undefined) return undefined;
    const clear = await openOrNothing(previous, data, place);
    return clear === undefined ? undefined : await current.sealBytes(clear, place);
  };
  const { blocks, log, outbox, uploads, uploadSlices } = database;
  // First of all what exists nowhere else.
  return (
    (await database.rewrite(outbox, () => OUTBOX_PLACE, reseal, control)) &&
    (await database.rewrite(uploads, ({ blobId }) => uploadPlace(blobId), reseal, control)) &&
    (await database.rewrite(
      uploadSlices,
      ({ blobId, index }) => slicePlace(blobId, index),
      reseal,
      control,
    )) &&
    (await database.rewrite(log, () => LOG_PLACE, reseal, control)) &&
    (await database.rewrite(blocks, ({ stream, from }) => leafName(stream, from), reseal, control))
  );
}

async function openOrNothing(
  codec: Codec,
  data: ArrayBuffer,
  place: string,
): Promise<ArrayBuffer | undefined> {
  try {
    return await codec.openBytes(data, place);
  } catch (error) {
    if (error instanceof DOMException && error.name === "OperationError") return undefined;
    throw error;
  }
}
