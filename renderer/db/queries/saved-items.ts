import type { Row } from "#contract/collections.ts";
import { objectIdOf, type ObjectRef } from "#contract/entities/object-ref.ts";
import { savedItemId, type PersonId } from "#contract/ids.ts";
import { mutations, type MutationArgs } from "#contract/mutations.ts";
import { personScope } from "#contract/scope.ts";
import type { conversationQueries } from "#contract/views/conversation-parts.ts";
import type { z } from "zod";
import { Briefs } from "../briefs.ts";
import { findMessage } from "../find-message.ts";
import type { LiveQuery } from "../live-queries.ts";
import { isFailed, pendingOf } from "../message-overlay.ts";
import type { OutboxEntry } from "../outbox.ts";
import { nameOfSpace } from "../place-names.ts";
import { placeTitle } from "../place-title.ts";
import type { QueryContext } from "../query-context.ts";
import type { Reader } from "../reader.ts";
import { newestFirst } from "../sort-keys.ts";
import { NOTHING, personalQuery } from "./personal-query.ts";

type SavedView = z.infer<(typeof conversationQueries)["savedItems"]["item"]>;
type Saved = Pick<SavedView, "item" | "pending">;

/** What the reader saved for later: newest first, done ones last. */
export function createSavedItemsQuery(context: QueryContext): LiveQuery {
  return personalQuery(context, NOTHING, async (reader, me) => {
    const found = new Map<string, Saved>();
    for (const row of await reader.rows(personScope(me), "savedItem"))
      found.set(row.id, { item: row, pending: null });
    for (const entry of reader.allPending()) lay(found, me, entry);
    const items: SavedView[] = [];
    for (const { item, pending } of found.values()) {
      const sort = `${item.doneAt === undefined ? 0 : 1}~${newestFirst(item.createdAt)}~${item.id}`;
      items.push({
        key: item.id,
        sort,
        item,
        pending,
        ...(await whereAbout(context, reader, me, item.object)),
      });
    }
    items.sort((a, b) => (a.sort < b.sort ? -1 : 1));
    return { items, info: {} };
  });
}

function lay(found: Map<string, Saved>, me: PersonId, entry: OutboxEntry): void {
  const { name, args, madeAt } = entry.mutation;
  if (isFailed(entry)) return;
  if (name === "item.remove") {
    const parsed = mutations[name].safeParse(args);
    if (parsed.success) found.delete(savedItemId(me, objectIdOf(parsed.data.object)));
  }
  if (name !== "item.save") return;
  const parsed = mutations[name].safeParse(args);
  if (!parsed.success) return;
  const id = savedItemId(me, objectIdOf(parsed.data.object));
  const before = found.get(id)?.item;
  found.set(id, { item: saved(id, before, parsed.data, madeAt), pending: pendingOf(entry) });
}

function saved(
  id: string,
  before: Row<"savedItem"> | undefined,
  wanted: MutationArgs<"item.save">,
  madeAt: Row<"savedItem">["createdAt"],
): Row<"savedItem"> {
  const { object, excerpt, note, remindAt, isDone } = wanted;
  const {
    remindAt: remindedBefore,
    doneAt: doneBefore,
    remindedAt,
    ...rest
  } = before ?? { id, object, createdAt: madeAt };
  const remind = remindAt === undefined ? remindedBefore : (remindAt ?? undefined);
  const doneAt = isDone === undefined ? doneBefore : isDone ? (doneBefore ?? madeAt) : undefined;
  // A reminder that was moved has not come yet.
  const isMoved = remindAt !== undefined && remindAt !== remindedBefore;
  return {
    ...rest,
    ...(remindedAt === undefined || isMoved ? {} : { remindedAt }),
    ...(excerpt === undefined ? {} : { excerpt }),
    ...(note === undefined ? {} : { note }),
    ...(remind === undefined ? {} : { remindAt: remind }),
    ...(doneAt === undefined ? {} : { doneAt }),
  };
}

async function whereAbout(
  context: QueryContext,
  reader: Reader,
  me: PersonId,
  object: ObjectRef,
): Promise<Pick<SavedView, "place" | "author">> {
  switch (object.kind) {
    case "message": {
      const message = await findMessage(context, reader, object);
      const author = message === undefined ? null : await new Briefs(reader).get(message.authorId);
      return {
        place: await placeTitle(context, reader, { conversationId: object.conversationId, me }),
        author,
      };
    }
    case "conversation":
      return {
        place: await placeTitle(context, reader, { conversationId: object.conversationId, me }),
        author: null,
      };
    case "space":
      return { place: await nameOfSpace(reader, object.spaceId), author: null };
    case "person": {
      const author = await new Briefs(reader).get(object.personId);
      return { place: author.displayName, author };
    }
    case "row":
      return { place: "", author: null };
  }
}
