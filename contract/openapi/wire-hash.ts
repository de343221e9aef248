import { createHash } from "node:crypto";
import { z } from "zod";
import { CONTRACT_VERSION } from "../version.ts";
import { wireSchemas } from "./wire.ts";

/** The committed `contract/wire-hash.json`. */
export const wireHashSchema = z.object({
  version: z.int().positive(),
  hash: z.string(),
  /** A short hash for each schema, so that a failure can say which one changed. */
  schemas: z.record(z.string(), z.string()),
});
export type WireHash = z.infer<typeof wireHashSchema>;

export function computeWireHash(schemas: ReadonlyMap<string, z.ZodType> = wireSchemas()): WireHash {
  const hashes = [...schemas]
    .map(([name, schema]): [string, string] => [name, sha256(canonicalJson(describe(schema))).slice(0, 16)])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    version: CONTRACT_VERSION,
    hash: sha256(JSON.stringify(hashes)),
    schemas: Object.fromEntries(hashes),
  };
}

/** Names of the schemas that were added, removed or changed. */
function changedSchemas(before: WireHash, after: WireHash): string[] {
  const names = new Set([...Object.keys(before.schemas), ...Object.keys(after.schemas)]);
  return [...names].filter((name) => before.schemas[name] !== after.schemas[name]).sort();
}

export type WireVerdict = { kind: "same" } | { kind: "bumped" } | { kind: "forgotten"; message: string };

/** Whether the wire may look as it does now under the version that the contract states. */
export function judgeWire(committed: WireHash, current: WireHash): WireVerdict {
  if (committed.hash === current.hash && committed.version === current.version) return { kind: "same" };
  if (current.version > committed.version) return { kind: "bumped" };
  const changed = changedSchemas(committed, current).join(", ");
  const message = [
    `The wire changed (${changed || "only the version"}), but CONTRACT_VERSION is still ${current.version}.`,
    "If a released client or server speaks this version: raise CONTRACT_VERSION in contract/version.ts, then run `npm run openapi`.",
    "If this version was never released: run `npm run openapi -- --unreleased`. Otherwise undo the change.",
  ].join("\n");
  return { kind: "forgotten", message };
}

function describe(schema: z.ZodType): unknown {
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
}

/** Object keys sorted, so that only what is said counts and not the order of writing it. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
