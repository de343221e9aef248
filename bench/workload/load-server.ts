import { isCollectionName } from "#contract/collections.ts";
import type { Envelope } from "#contract/envelope.ts";
import type { PersonId } from "#contract/ids.ts";
import { personIdSchema } from "#contract/ids.ts";
import { parseScope } from "#contract/scope.ts";
import { addReaders, createAccounts, loadRows } from "#server/seed/load-rows.ts";
import { createTokenIssuer } from "#server/sign-in/tokens.ts";
import type { RowWrite, Store } from "#server/store/store.ts";
import type { Workload } from "./workload.ts";

function rowWrite({ scope, collection, id, op, data }: Envelope): RowWrite {
  if (!isCollectionName(collection)) throw new TypeError(`the contract has no ${collection}`);
  return { scope, collection, id, op, data };
}

/** A message before the reactions on it. */
function* rowsOf(workload: Workload): Generator<RowWrite> {
  for (const { small, timeline } of workload.scopes) {
    for (const row of small) yield rowWrite(row);
    for (const row of timeline.toReversed()) yield rowWrite(row);
  }
}

/** Puts the workload into a real store, with its readers and an account for each of `people`. */
export async function loadIntoStore(
  store: Store,
  workload: Workload,
  people: readonly PersonId[],
): Promise<void> {
  await loadRows(store, rowsOf(workload));
  for (const { scope, small } of workload.scopes) {
    if (parseScope(scope).kind !== "space") continue;
    const members = small.filter(({ collection }) => collection === "membership");
    await addReaders(
      store,
      scope,
      members.map(({ data }) => personIdSchema.parse(data["personId"])),
    );
  }
  await createAccounts(
    store,
    people.map((personId, index) => ({ personId, username: `bench${String(index)}` })),
  );
}

/** Access tokens as a sign-in would have given them. */
export async function makeTokens(store: Store, people: readonly PersonId[]): Promise<string[]> {
  const issuer = createTokenIssuer({
    store,
    clock: Date.now,
  });
  const tokens: string[] = [];
  for (const personId of people) tokens.push((await issuer.begin(personId, undefined)).access_token);
  return tokens;
}
