import { readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";
import type { z } from "zod";
import { errorCode, writeFileAtomic } from "./atomic-file.ts";

export interface JsonFileOptions<T> {
  path: string;
  schema: z.ZodType<T>;
  /** The value while there is no file. */
  empty: () => T;
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
    const text = await readText(this.#options.path);
    if (text === undefined) return this.#options.empty();
    const parsed = this.#options.schema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    return this.#putAside(parsed.error.issues[0]?.message ?? "it does not fit");
  }

  async #putAside(reason: string): Promise<T> {
    const aside = `${this.#options.path}.damaged-${Date.now()}`;
    try {
      await rename(this.#options.path, aside);
    } catch (error) {
      if (!isReadOnly(error)) throw error;
      this.#options.onDamaged(
        `${this.#options.path} could not be read (${reason}) and is left out: it cannot be put aside here.`,
      );
      return this.#options.empty();
    }
    this.#options.onDamaged(
      `${this.#options.path} could not be read (${reason}). It was kept as ${aside} and a new one was begun.`,
    );
    return this.#options.empty();
  }
}

const saidReadOnly = new Set<string>();
/** `ENOTDIR`, `ENOENT`: the folder itself could not be made. */
const READ_ONLY = new Set(["EROFS", "EACCES", "EPERM", "ENOTDIR", "ENOENT"]);

export function isReadOnly(error: unknown): boolean {
  return READ_ONLY.has(errorCode(error));
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(errorCode(error))) return undefined;
    throw error;
  }
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
