import type { Envelope } from "#contract/envelope.ts";
import { isWaiting } from "#contract/inbox.ts";
import { notificationSchema, type Notification } from "#contract/entities/notification.ts";
import {
  conversationIdSchema,
  createId,
  directConversationId,
  spaceIdSchema,
  wallId,
  type ConversationId,
} from "#contract/ids.ts";
import type { MutationResult } from "#contract/mutations.ts";
import { conversationScope, personScope, spaceScope, type Scope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import { newSpace } from "./events.suite.ts";
import type { TestPerson } from "./workplace.ts";

/** A conversation and where it is. */
export interface TestPlace {
  scope: Scope;
  id: ConversationId;
}

export async function direct(
  a: TestPerson,
  b: TestPerson,
): Promise<TestPlace & { row: Envelope | undefined }> {
  const id = directConversationId(a.id, b.id);
  const scope = conversationScope(id);
  const [row] = await a.does("conversation.open", scope, { id, kind: "direct", memberIds: [a.id, b.id] });
  return { id, scope, row };
}

export async function group(
  by: TestPerson,
  others: readonly TestPerson[],
  name?: string,
): Promise<TestPlace> {
  const id = conversationIdSchema.parse(createId());
  const scope = conversationScope(id);
  const memberIds = [by, ...others].map((person) => person.id);
  await by.does("conversation.open", scope, { id, kind: "group", memberIds, name });
  return { id, scope };
}

/** A space of its own with these people; the first one runs it. */
export async function spaceOf(by: TestPerson, members: readonly TestPerson[]) {
  const { spaceId: text, scope: _scope, channelId } = await newSpace(by, "open");
  const spaceId = spaceIdSchema.parse(text);
  const scope = spaceScope(spaceId);
  for (const member of members) await member.does("space.join", scope, { spaceId });
  const channel: TestPlace = { scope, id: conversationIdSchema.parse(channelId) };
  const wall: TestPlace = { scope, id: wallId(spaceId) };
  return { spaceId, scope, channel, wall };
}

export function rejected(result: MutationResult): string {
  if (result.status !== "rejected") throw new Error(`not rejected: ${JSON.stringify(result)}`);
  return result.error.kind;
}

export function says(
  person: TestPerson,
  place: TestPlace,
  body: string,
  more: object = {},
): Promise<Envelope> {
  return person.sends(place.scope, place.id, body, more);
}

/** The same, to look at what becomes of it. */
export function sendsTo(person: TestPerson, place: TestPlace, more: object): Promise<MutationResult> {
  const args = { id: createId(), conversationId: place.id, body: "b", ...more };
  return person.mutate("message.send", place.scope, args);
}

export async function reads(person: TestPerson, place: TestPlace, upTo: Envelope): Promise<void> {
  const args = { conversationId: place.id, readAt: upTo.data["sentAt"] };
  await person.does("readMarker.set", personScope(person.id), args);
}

/** What stands in a person's inbox now, oldest change first. */
export async function inbox(person: TestPerson): Promise<Notification[]> {
  const rows = await person.rows(personScope(person.id), "notification");
  const now = toIsoTime(person.workplace.nowMs);
  return rows.map((row) => notificationSchema.parse(row.data)).filter((item) => isWaiting(item, now));
}

/** The same in short: kind and what it asks. */
export async function asked(person: TestPerson): Promise<string[]> {
  return (await inbox(person)).map((item) => `${item.kind}/${item.ask}`);
}

/** The row as it stands in a scope, as this person sees it. */
export async function rowOf(
  person: TestPerson,
  scope: Scope,
  collection: string,
  id: string,
): Promise<Envelope | undefined> {
  return (await person.rows(scope, collection)).find((row) => row.id === id);
}
