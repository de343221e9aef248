import type { Person } from "#contract/entities/person.ts";
import { personSchema } from "#contract/entities/person.ts";
import { personIdSchema } from "#contract/ids.ts";
import { DIRECTORY } from "#contract/scope.ts";
import { z } from "zod";
import { defaultConfig } from "../config.ts";
import type { Store } from "../store/store.ts";
import { applyImport, type ImportAnswer, type ImportLine } from "./import-lines.ts";

export const accountBriefSchema = z.object({
  personId: personIdSchema,
  username: z.string(),
  email: z.string().optional(),
});
export type AccountBrief = z.infer<typeof accountBriefSchema>;

/** Where an import goes: a data folder or database opened here, or a running server. */
export interface ImportTarget {
  readonly messageBytes: number;
  people(): Promise<Person[]>;
  accounts(): Promise<AccountBrief[]>;
  /** One batch, all or nothing. */
  apply(lines: readonly ImportLine[]): Promise<ImportAnswer>;
  close(): Promise<void>;
}

export function storeTarget(store: Store): ImportTarget {
  return {
    messageBytes: defaultConfig.limits.messageBytes,
    people: async () => (await store.list(DIRECTORY, "person")).map((row) => personSchema.parse(row.data)),
    accounts: async () => (await store.accounts.list()).map(briefOf),
    apply: (lines) => applyImport(store, lines),
    close: () => store.close(),
  };
}

export function briefOf(
  account: AccountBrief | { personId: AccountBrief["personId"]; username: string; email: string | undefined },
): AccountBrief {
  const { personId, username, email } = account;
  return { personId, username, ...(email === undefined ? {} : { email }) };
}
