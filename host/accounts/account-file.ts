import { join } from "node:path";
import { z } from "zod";
import { accountSchema } from "#contract/bridge.ts";
import { JsonFile } from "../files/json-file.ts";

/** An account as it is kept: a sign-in under way is not remembered. */
const storedAccountSchema = accountSchema.extend({
  state: z.enum(["signedIn", "signedOut", "expired"]),
});
export type StoredAccount = z.infer<typeof storedAccountSchema>;

const fileSchema = z.object({ version: z.literal(1), accounts: z.array(storedAccountSchema) });
export type AccountFile = JsonFile<z.infer<typeof fileSchema>>;

export function createAccountFile(dataDir: string, onDamaged: (message: string) => void): AccountFile {
  return new JsonFile({
    path: join(dataDir, "accounts.json"),
    schema: fileSchema,
    empty: () => ({ version: 1, accounts: [] }),
    salvage: keepWhatFits,
    onDamaged,
  });
}

const listSchema = z.object({ version: z.literal(1), accounts: z.array(z.unknown()) });

/** One account that cannot be read does not sign the person out of the others. */
function keepWhatFits(value: unknown): z.infer<typeof fileSchema> | undefined {
  const list = listSchema.safeParse(value);
  if (!list.success) return undefined;
  const accounts = list.data.accounts.flatMap((one) => storedAccountSchema.safeParse(one).data ?? []);
  return { version: 1, accounts };
}
