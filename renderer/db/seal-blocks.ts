import type { Codec } from "./codec.ts";
import type { BlockRecord } from "./database.ts";
import { leafName } from "./leaf-cache.ts";
import type { Leaf } from "./leaf.ts";
import { isResident } from "./streams.ts";

/** Blocks as disk takes them, each with its text. */
export async function sealBlocks(
  codec: Codec,
  leaves: readonly Leaf[],
  texts: readonly string[],
): Promise<BlockRecord[]> {
  return await Promise.all(
    leaves.map(async ({ stream, from }, index) => ({
      stream,
      from,
      data: await codec.seal(texts[index] ?? "[]", leafName(stream, from)),
      ...(isResident(stream) ? { resident: 1 as const } : {}),
    })),
  );
}
