import type { LibraryItem } from "#contract/entities/library.ts";
import { libraryVersionId, type PersonId } from "#contract/ids.ts";
import { personScope } from "#contract/scope.ts";
import type { VersionView } from "#contract/views/documents.ts";
import type { PersonBrief } from "#contract/views/message-view.ts";
import type { QueryArgs, QueryInfo } from "#contract/worker.ts";
import { Briefs } from "../briefs.ts";
import { findMessage } from "../find-message.ts";
import type { LiveQuery } from "../live-queries.ts";
import type { QueryContext } from "../query-context.ts";
import type { Reader } from "../reader.ts";
import { readerOf } from "./community-view.ts";
import { openLibrary } from "./document-place.ts";
import { DocumentViews, favouritesOf, type ViewMemory } from "./document-view.ts";
import { NOTHING, personalQuery } from "./personal-query.ts";

type Info = QueryInfo<"document">;

const NOBODY: Omit<Info, "isKept" | "isHere"> = {
  document: null,
  createdBy: null,
  modifiedBy: null,
  lockedBy: null,
  preservedBy: null,
  trashedBy: null,
  versionCount: 0,
  discussion: null,
  canWrite: false,
  canRun: false,
};

/** One file or folder with all that is known of it. */
export function createDocumentQuery(context: QueryContext, args: QueryArgs<"document">): LiveQuery {
  const { scope, itemId } = args;
  const memory: ViewMemory = new Map();
  return {
    async compute(reader) {
      const keptness = reader.keptness(scope);
      const me = readerOf(context, reader);
      const open = me === null ? undefined : await openLibrary(context, reader, { scope, me });
      const fact = open?.library.get(itemId);
      if (open === undefined || fact === undefined) return { items: [], info: { ...NOBODY, ...keptness } };
      const favourites = new Set((await favouritesOf(reader, open.me)).keys());
      const views = new DocumentViews({ context, reader, open, favourites, memory });
      const document = (await views.placed(fact, "")) ?? null;
      if (document === null) return { items: [], info: { ...NOBODY, ...keptness } };
      const info: Info = {
        document,
        ...(await peopleOfItem(new Briefs(reader), document.item)),
        versionCount: document.item.version ?? 0,
        discussion: await discussionOf(context, reader, open.me, document.item),
        canWrite: open.canWrite,
        canRun: open.canRun,
        ...keptness,
      };
      return { items: [], info };
    },
  };
}

/** Comments as far as the beginning of the thread is here. */
async function discussionOf(
  context: QueryContext,
  reader: Reader,
  me: PersonId,
  { discussion }: LibraryItem,
): Promise<Info["discussion"]> {
  if (discussion === undefined) return null;
  const { conversationId, threadId } = discussion;
  const root = await findMessage(context, reader, { conversationId, messageId: threadId });
  const follow = await reader.row(personScope(me), "follow", threadId);
  return {
    conversationId,
    threadId,
    comments: root?.replyCount ?? 0,
    isFollowed: follow?.isFollowed ?? false,
  };
}

async function peopleOfItem(
  briefs: Briefs,
  item: LibraryItem,
): Promise<Pick<Info, "createdBy" | "modifiedBy" | "lockedBy" | "preservedBy" | "trashedBy">> {
  const of = async (by: { personId: PersonBrief["id"] } | undefined) =>
    by === undefined ? null : await briefs.get(by.personId);
  return {
    createdBy: await briefs.get(item.createdBy),
    modifiedBy: await briefs.get(item.modifiedBy),
    lockedBy: await of(item.lock),
    preservedBy: await of(item.preservation),
    trashedBy: await of(item.trashed),
  };
}

/** The contents that a file has had, newest first, as far as the server knows them. */
export function createVersionsQuery(
  context: QueryContext,
  { scope, itemId }: QueryArgs<"versions">,
): LiveQuery {
  return personalQuery(context, NOTHING, async (reader) => {
    const item = await reader.row(scope, "libraryItem", itemId);
    const briefs = new Briefs(reader);
    const items: VersionView[] = [];
    const present = item?.version ?? 0;
    for (let number = present; number > 0; number -= 1) {
      const version = await reader.row(scope, "libraryVersion", libraryVersionId(itemId, number));
      if (version === undefined) continue;
      items.push({
        key: version.id,
        sort: String(NEWEST - number).padStart(10, "0"),
        version,
        author: await briefs.get(version.writtenBy),
        isPresent: number === present,
      });
    }
    return { items, info: {} };
  });
}

/** Versions are counted from one: subtracting turns newest first into ascending text. */
const NEWEST = 9_999_999_999;
