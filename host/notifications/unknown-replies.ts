import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { AppError } from "#contract/problem.ts";
import { JsonFile } from "../files/json-file.ts";
import { openText, sealText } from "../lock/key-guard.ts";
import type { NoticeKey } from "./notice-key.ts";

const keptSchema = z.array(z.object({ id: z.uuid(), sealed: z.string() }));

export interface UnknownReply {
  id: string;
  text: string;
}

/** Answers typed into notices of which nothing is known any more: kept until the person has seen them. */
export class UnknownReplies {
  readonly #key: NoticeKey;
  readonly #file: JsonFile<z.infer<typeof keptSchema>>;
  /** Where the secret store is locked. */
  readonly #held = new Map<string, string>();

  constructor(dataDir: string, key: NoticeKey, onDamaged: (message: string) => void) {
    this.#key = key;
    this.#file = new JsonFile({
      path: join(dataDir, "unknown-replies.json"),
      schema: keptSchema,
      empty: () => [],
      onDamaged,
    });
  }

  async keep(text: string): Promise<UnknownReply> {
    const id = randomUUID();
    try {
      const { key } = await this.#key.open();
      await this.#file.update((kept) => [...kept, { id, sealed: sealText(text, key) }]);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#held.set(id, text);
    }
    return { id, text };
  }

  /** Those that nobody has said to have seen. */
  async list(): Promise<UnknownReply[]> {
    const held = [...this.#held].map(([id, text]) => ({ id, text }));
    const kept = await this.#file.read();
    if (kept.length === 0) return held;
    const { key } = await this.#key.open();
    return [...kept.map(({ id, sealed }) => ({ id, text: openText(sealed, key) })), ...held];
  }

  async drop(id: string): Promise<void> {
    this.#held.delete(id);
    await this.#file.update((kept) => kept.filter((one) => one.id !== id));
  }
}
