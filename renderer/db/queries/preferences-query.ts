import { personScope } from "#contract/scope.ts";
import type { Row } from "#contract/collections.ts";
import { conversationIdSchema, spaceIdSchema, type PersonId } from "#contract/ids.ts";
import { hoursOf, quietReason } from "#contract/quiet.ts";
import { DIRECTORY } from "#contract/scope.ts";
import { mutations } from "#contract/mutations.ts";
import { Briefs } from "../briefs.ts";
import { fold } from "../fold.ts";
import type { LiveQuery } from "../live-queries.ts";
import { isFailed } from "../message-overlay.ts";
import type { OutboxEntry } from "../outbox.ts";
import { nameOfScope, nameOfSpace } from "../place-names.ts";
import { MINUTE_STREAM, type QueryContext } from "../query-context.ts";
import { SESSION_STREAM, type Reader } from "../reader.ts";

/** The reader's preferences with their waiting changes, and whether it is quiet now. */
export function createPreferencesQuery(context: QueryContext): LiveQuery {
  return {
    isPatient: true,
    async compute(reader) {
      const me = context.me();
      reader.watch(MINUTE_STREAM);
      if (me === null) {
        reader.watch(SESSION_STREAM);
        return { items: [], info: { preferences: null, quiet: null, hours: null, isQuietImposed: false } };
      }
      const preferences = await preferencesOf(reader, me);
      const person = await reader.row(DIRECTORY, "person", me);
      const organisation =
        person?.organisationId === undefined
          ? undefined
          : await reader.row(DIRECTORY, "organisation", person.organisationId);
      return {
        items: [],
        info: {
          preferences,
          quiet: quietReason({ preferences, person, organisation }, Date.parse(context.now())),
          hours: hoursOf({ person, organisation }) ?? null,
          isQuietImposed: organisation?.isQuietImposed === true && organisation.workingHours !== undefined,
        },
      };
    },
  };
}

async function preferencesOf(reader: Reader, me: PersonId): Promise<Row<"preferences">> {
  let preferences = (await reader.row(personScope(me), "preferences", me)) ?? { id: me };
  for (const entry of reader.allPending()) {
    if (entry.mutation.name !== "preferences.set" || isFailed(entry)) continue;
    const parsed = mutations["preferences.set"].safeParse(entry.mutation.args);
    if (parsed.success) preferences = withoutNulls(preferences, parsed.data);
  }
  return preferences;
}

/** Null takes a choice back. */
function withoutNulls<T extends object>(before: T, changes: object): T {
  const merged = Object.entries({ ...before, ...changes }).filter(
    ([, value]) => value !== null && value !== undefined,
  );
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- fields of the same names and types, some gone
  return Object.fromEntries(merged) as T;
}

/** Conversations and spaces that the reader set apart from the usual. */
export function createPlaceSettingsQuery(context: QueryContext): LiveQuery {
  return {
    isPatient: true,
    async compute(reader) {
      const me = context.me();
      if (me === null) {
        reader.watch(SESSION_STREAM);
        return { items: [], info: {} };
      }
      const settings = await placeSettings(reader, me);
      const items = [];
      for (const setting of settings.values()) {
        if (!isApart(setting)) continue;
        const { name, isSpace } = await nameOf(context, reader, setting.id);
        if (name === "") continue;
        items.push({ key: setting.id, sort: `${fold(name)}~${setting.id}`, setting, name, isSpace });
      }
      items.sort((a, b) => (a.sort < b.sort ? -1 : 1));
      return { items, info: {} };
    },
  };
}

/** By conversation or space, waiting changes included. */
export async function placeSettings(
  reader: Reader,
  me: PersonId,
): Promise<ReadonlyMap<string, Row<"placeSetting">>> {
  const settings = new Map<string, Row<"placeSetting">>();
  for (const row of await reader.rows(personScope(me), "placeSetting")) settings.set(row.id, row);
  for (const entry of reader.allPending()) lay(settings, entry);
  return settings;
}

function lay(settings: Map<string, Row<"placeSetting">>, entry: OutboxEntry): void {
  if (entry.mutation.name !== "placeSetting.set" || isFailed(entry)) return;
  const parsed = mutations["placeSetting.set"].safeParse(entry.mutation.args);
  if (!parsed.success) return;
  const { id } = parsed.data;
  settings.set(id, withoutNulls(settings.get(id) ?? { id }, parsed.data));
}

/** Being a favourite or in a section is seen in the list; this is about what is announced. */
function isApart({ isMuted, notify }: Row<"placeSetting">): boolean {
  return isMuted === true || notify !== undefined;
}

async function nameOf(
  context: QueryContext,
  reader: Reader,
  id: string,
): Promise<{ name: string; isSpace: boolean }> {
  const space = spaceIdSchema.safeParse(id);
  const spaceName = space.success ? await nameOfSpace(reader, space.data) : "";
  if (spaceName !== "") return { name: spaceName, isSpace: true };
  const conversationId = conversationIdSchema.safeParse(id);
  if (!conversationId.success) return { name: "", isSpace: false };
  const place = await context.places.find(reader, conversationId.data);
  if (place?.kind === "direct") {
    const others = await new Briefs(reader).all(place.memberIds.filter((each) => each !== context.me()));
    return { name: others.map((person) => person.displayName).join(", "), isSpace: false };
  }
  const scope = context.places.scope(conversationId.data);
  const name = await nameOfScope(context, reader, { scope, conversationId: conversationId.data });
  return { name, isSpace: false };
}
