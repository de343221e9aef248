import type { Codec } from "./codec.ts";
import type { MetaRecord } from "./database.ts";

/** What says something of the workplace: its name stands in its capabilities. Positions and versions are in clear. */
const SEALED: ReadonlySet<string> = new Set(["capabilities"]);

export async function sealMeta(codec: Codec, record: MetaRecord): Promise<MetaRecord> {
  const { key, value } = record;
  if (!SEALED.has(key) || value === undefined) return record;
  return { key, value: await codec.seal(JSON.stringify(value), metaPlace(key)) };
}

/** Undefined when it cannot be read: the next connection brings it again. */
export async function openMeta(codec: Codec, { key, value }: MetaRecord): Promise<unknown> {
  // Written before it was sealed, it is sealed with the next capabilities.
  if (!SEALED.has(key) || !(value instanceof ArrayBuffer)) return value;
  try {
    return JSON.parse(await codec.open(value, metaPlace(key)));
  } catch {
    return undefined;
  }
}

/** Names of what is to be written anew under a new key. */
export function sealedMeta(): Iterable<string> {
  return SEALED;
}

export function metaPlace(key: string): string {
  return `meta/${key}`;
}
