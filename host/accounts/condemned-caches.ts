import { join } from "node:path";
import { z } from "zod";
import { accountIdSchema, type AccountId } from "#contract/bridge.ts";
import { JsonFile } from "../files/json-file.ts";

const fileSchema = z.object({ version: z.literal(1), accountIds: z.array(accountIdSchema) });

/**
 * Accounts whose caches are to be deleted. Their keys are gone already, so that nothing can be read; the databases belong to
 * the pages, and the next page that opens deletes them.
 */
export class CondemnedCaches {
  readonly #file: JsonFile<z.infer<typeof fileSchema>>;

  constructor(dataDir: string, onDamaged: (message: string) => void) {
    this.#file = new JsonFile({
      path: join(dataDir, "condemned-caches.json"),
      schema: fileSchema,
      empty: () => ({ version: 1, accountIds: [] }),
      onDamaged,
    });
  }

  async list(): Promise<AccountId[]> {
    return (await this.#file.read()).accountIds;
  }

  async add(accountId: AccountId): Promise<void> {
    await this.#file.update((file) => ({
      ...file,
      accountIds: [...file.accountIds.filter((id) => id !== accountId), accountId],
    }));
  }

  async remove(accountId: AccountId): Promise<void> {
    if (!(await this.list()).includes(accountId)) return;
    await this.#file.update((file) => ({
      ...file,
      accountIds: file.accountIds.filter((id) => id !== accountId),
    }));
  }
}
