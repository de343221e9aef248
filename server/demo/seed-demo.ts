import { DIRECTORY, type Scope } from "#contract/scope.ts";
import { addReaders, createAccounts, loadRows, type NewAccount } from "#server/seed/load-rows.ts";
import { createPasswordHash } from "#server/sign-in/passwords.ts";
import type { RowWrite, Store } from "#server/store/store.ts";
import { createBoards } from "./boards.ts";
import { createEvents } from "./events.ts";
import { createCommunityRows, postNotifications } from "./communities.ts";
import { demoAccounts, type DemoAccount } from "./demo-accounts.ts";
import { createLibraries, storeFiles } from "./library.ts";
import { createPeople, demoOrganisationId, demoPersonId, type DemoPerson } from "./people.ts";
import { createPersonalRows, createPrivateConversations } from "./personal.ts";
import { storeCovers } from "./covers.ts";
import { demoPhotoId, storePhotos } from "./photos.ts";
import { createPosts } from "./posts.ts";
import { createSpaces, type DemoPart, type DemoSetting } from "./workplace.ts";

export interface SeedDemoOptions {
  /** Milliseconds: the last messages are some minutes older. */
  now: number;
  /** The same seed and `now` give the same organisation. */
  seed?: string;
}

/**
 * Fills a store with an invented département: people, spaces, seven months of talk. Accounts come last and say that it
 * is whole: with them there, nothing is done; without, a run that was cut off is begun again.
 */
export async function seedDemo(store: Store, { now, seed = "vaurelle" }: SeedDemoOptions): Promise<void> {
  const [first] = demoAccounts;
  if (first !== undefined && (await store.accounts.byUsername(first.username)) !== undefined) return;
  const people = createPeople();
  const { rows, readers } = createDemo({ people, nowMs: now, seed });
  await storePhotos(store, people.values());
  await storeCovers(store);
  const libraries = createLibraries(now);
  await storeFiles(store, libraries.files);
  await loadRows(store, [...rows, ...libraries.rows, ...createBoards(now), ...createEvents(now)], {
    batch: 8000,
  });
  for (const { scope, personIds } of readers) await addReaders(store, scope, personIds);
  await createAccounts(store, await accountsOf(people));
}

/** Everything but pictures and accounts, as rows. */
export function createDemo(setting: DemoSetting): Pick<DemoPart, "rows" | "readers"> {
  const spaces = createSpaces(setting);
  const talks = createPrivateConversations(setting);
  const conversations = [...spaces.conversations, ...talks.conversations];
  const walls = createPosts(setting);
  const readers = [...spaces.readers, ...talks.readers];
  const personal = demoAccounts.flatMap(({ handle }) => [
    ...createPersonalRows(handle, conversations, setting),
    ...postNotifications(handle, walls.posts, (scope) => isReader(readers, scope, handle)),
  ]);
  const people = [...setting.people.values()].map(personRow);
  const communities = createCommunityRows(setting);
  return {
    rows: [...people, ...communities, ...spaces.rows, ...talks.rows, ...walls.rows, ...personal],
    readers,
  };
}

function isReader(readers: DemoPart["readers"], scope: Scope, handle: string): boolean {
  return readers.some((each) => each.scope === scope && each.personIds.includes(demoPersonId(handle)));
}

function personRow({ handle, row }: DemoPerson): RowWrite {
  const organisationId = demoOrganisationId(row.organisation ?? "");
  const data = { ...row, organisationId, photo: demoPhotoId(handle) };
  return { scope: DIRECTORY, collection: "person", id: row.id, op: "put", data };
}

async function accountsOf(people: ReadonlyMap<string, DemoPerson>): Promise<NewAccount[]> {
  // one hash for all: the password is public anyway, and hashing is slow on purpose
  const hashes = new Map<string, string>();
  for (const { password } of demoAccounts) {
    if (!hashes.has(password)) hashes.set(password, await createPasswordHash(password));
  }
  return demoAccounts.map((account) => newAccount(account, people, hashes));
}

function newAccount(
  { username, password, handle }: DemoAccount,
  people: ReadonlyMap<string, DemoPerson>,
  hashes: ReadonlyMap<string, string>,
): NewAccount {
  const account: NewAccount = { personId: demoPersonId(handle), username };
  const email = people.get(handle)?.row.email;
  const passwordHash = hashes.get(password);
  if (email !== undefined) account.email = email;
  if (passwordHash !== undefined) account.passwordHash = passwordHash;
  return account;
}
