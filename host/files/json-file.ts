import { rename } from "node:fs/promises";
import { dirname } from "node:path";
import type { z } from "zod";
import { errorCode, writeFileAtomic } from "./atomic-file.ts";
import { readSmallFile } from "./read-small.ts";

export interface JsonFileOptions<T> {
  path: string;
  schema: z.ZodType<T>;
  /** The value while there is no file. */
  empty: () => T;
  /** What can be kept of a document that does not fit as a whole; undefined: nothing. */
  salvage?: (value: unknown) => T | undefined;
  /** Told, in words for a person, that a file could not be read and where it was put aside. */
  onDamaged: (message: string) => void;
}

/** One small document on disk: parsed when read, replaced atomically, one write at a time. */
export class JsonFile<T> {
  readonly #options: JsonFileOptions<T>;
  #value: T | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(options: JsonFileOptions<T>) {
    this.#options = options;
  }

  /** The value as last read or written. */
  async read(): Promise<T> {
    this.#value ??= await this.#load();
    return this.#value;
  }

  /** Applies one change to the newest value; resolves once it is on disk. */
  async update(change: (value: T) => T): Promise<T> {
    const turn = this.#writing.then(async () => {
      const next = change(await this.read());
      await this.#write(next);
      this.#value = next;
      return next;
    });
    // The next writer waits for this one whatever became of it; its own caller gets the failure.
    this.#writing = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  }

  /** Where nothing may be written, it is kept until the end of this run: said once for each folder. */
  async #write(value: T): Promise<void> {
    const { path, onDamaged } = this.#options;
    try {
      await writeFileAtomic(path, `${JSON.stringify(value, null, 2)}\n`);
    } catch (error) {
      if (!isReadOnly(error)) throw error;
      const folder = dirname(path);
      if (saidReadOnly.has(folder)) return;
      saidReadOnly.add(folder);
      onDamaged(
        `${folder} cannot be written to (${errorCode(error)}): what changes is kept until Parvis closes, and then forgotten.`,
      );
    }
  }

  async #load(): Promise<T> {
    const { path, schema, empty, salvage } = this.#options;
    const file = await readSmallFile(path);
    if (file.kind === "none") return empty();
    if (file.kind === "odd") return this.#putAside(file.reason, empty());
    const content = parseJson(file.text);
    const parsed = schema.safeParse(content);
    if (parsed.success) return parsed.data;
    const reason = parsed.error.issues[0]?.message ?? "it does not fit";
    const kept = salvage?.(content);
    if (kept === undefined) return this.#putAside(reason, empty());
    await this.#putAside(reason, kept);
    await this.#write(kept);
    return kept;
  }

  /** What is gone on with instead. */
  async #putAside(reason: string, instead: T): Promise<T> {
    const { path, onDamaged } = this.#options;
    const aside = `${path}.damaged-${Date.now()}`;
    try {
      await rename(path, aside);
    } catch (error) {
      if (!isReadOnly(error)) throw error;
      onDamaged(`${path} could not be read (${reason}) and is left out: it cannot be put aside here.`);
      return instead;
    }
    onDamaged(`${path} could not be read (${reason}). It was kept as ${aside} and a new one was begun.`);
    return instead;
  }
}

const saidReadOnly = new Set<string>();
/** `ENOTDIR`, `ENOENT`: the folder itself could not be made. */
const READ_ONLY = new Set(["EROFS", "EACCES", "EPERM", "ENOTDIR", "ENOENT"]);

export function isReadOnly(error: unknown): boolean {
  return READ_ONLY.has(errorCode(error));
}

/** `undefined`, which no schema here accepts, when it is not JSON. */
function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
