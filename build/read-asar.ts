import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";

interface Node {
  files?: Record<string, Node> | undefined;
  size?: number | undefined;
  offset?: string | undefined;
}

const nodeSchema: z.ZodType<Node> = z.object({
  get files() {
    return z.record(z.string(), nodeSchema).optional();
  },
  size: z.number().optional(),
  offset: z.string().optional(),
});

export interface Asar {
  paths: string[];
  /** SHA-256 of its directory, which Electron compares with the one that the program carries. */
  headerHash: string;
  read(path: string): string;
}

/** Reads Electron's archive: two sizes of four bytes each way, a JSON directory, then the files one after the other. */
export function readAsar(file: string): Asar {
  const bytes = readFileSync(file);
  const header = bytes.subarray(16, 16 + bytes.readUInt32LE(12));
  const root = nodeSchema.parse(JSON.parse(header.toString("utf8")));
  const start = 8 + bytes.readUInt32LE(4);
  const found = new Map<string, Node>();
  collect(root, "", found);
  return {
    paths: [...found.keys()].sort(),
    headerHash: createHash("sha256").update(header).digest("hex"),
    read(path) {
      const node = found.get(path);
      const from = start + Number(node?.offset ?? Number.NaN);
      return bytes.toString("utf8", from, from + (node?.size ?? 0));
    },
  };
}

function collect(node: Node, path: string, found: Map<string, Node>): void {
  if (node.files === undefined) found.set(path, node);
  for (const [name, child] of Object.entries(node.files ?? {})) {
    collect(child, path === "" ? name : `${path}/${name}`, found);
  }
}
