import { join } from "node:path";
import { z } from "zod";
import { JsonFile } from "../files/json-file.ts";

/** Beyond this many the oldest are forgotten: by then the events that could bring them again are gone, too. */
const KEPT = 200;

const shownSchema = z.object({ version: z.literal(1), keys: z.array(z.string()) });

/** What was shown already, over starts and crashes: a small ring of keys for each profile. */
export class ShownNotices {
  readonly #file: JsonFile<z.infer<typeof shownSchema>>;

  constructor(dataDir: string, onDamaged: (message: string) => void) {
    this.#file = new JsonFile({
      path: join(dataDir, "notified.json"),
      schema: shownSchema,
      empty: () => ({ version: 1, keys: [] }),
      onDamaged,
    });
  }

  /** Keeps these keys, on disk before anything is shown; returns those that were not there. */
  async claim(keys: readonly string[]): Promise<Set<string>> {
    const known = new Set((await this.#file.read()).keys);
    const fresh = new Set(keys.filter((key) => !known.has(key)));
    if (fresh.size > 0) {
      await this.#file.update((content) => ({
        ...content,
        keys: [...content.keys, ...fresh].slice(-KEPT),
      }));
    }
    return fresh;
  }
}
