import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { errorCode } from "./atomic-file.ts";

/** What stands at a path: a text, something that is none, or nothing. */
export type SmallFile =
  | { kind: "text"; text: string; uid: number; mode: number }
  /** In words for a person: a folder, a pipe, far too large. */
  | { kind: "odd"; reason: string }
  | { kind: "none" };

const MEGABYTE = 1_048_576;

/**
 * Reads a file that is small by its nature, whatever lies in its place: neither a pipe that nobody writes to nor gigabytes
 * keep Parvis from starting. What was looked at is what is read: the same handle, not the same name twice.
 */
export async function readSmallFile(path: string, maxBytes = 16 * MEGABYTE): Promise<SmallFile> {
  let file;
  try {
    // Windows has no such flag: its pipes do not lie in folders.
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return { kind: "none" };
    if (code === "EISDIR") return { kind: "odd", reason: "it is a folder" };
    // A socket, or links that lead in a circle.
    if (code === "ENXIO" || code === "ELOOP") return { kind: "odd", reason: "it is not a file" };
    throw error;
  }
  try {
    const facts = await file.stat();
    if (facts.isDirectory()) return { kind: "odd", reason: "it is a folder" };
    if (!facts.isFile()) return { kind: "odd", reason: "it is not a file" };
    if (facts.size > maxBytes)
      return { kind: "odd", reason: `it is larger than ${Math.round(maxBytes / MEGABYTE)} MB` };
    return { kind: "text", text: await file.readFile("utf8"), uid: facts.uid, mode: facts.mode };
  } finally {
    await file.close();
  }
}
