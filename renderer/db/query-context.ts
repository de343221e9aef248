import type { ConversationId, MessageId, PersonId } from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import type { IsoTime } from "#contract/time.ts";
import type { SessionInfo } from "#contract/worker.ts";
import type { BlockStore } from "./block-store.ts";
import type { ChangeFollower } from "./entry.ts";
import type { FeedIndex } from "./feed-index.ts";
import type { MessageKeys } from "./message-keys.ts";
import type { PeopleIndex } from "./people-index.ts";
import type { Places } from "./places.ts";
import type { Positions } from "./positions.ts";
import type { Summaries } from "./summaries.ts";
import type { Typing } from "./typing.ts";
import type { UploadStates } from "./upload-states.ts";

/** Changes when the connection comes or goes. */
export const CONNECTION_STREAM = "*/connection";
export { POSITION_STREAM } from "./positions.ts";
export { MINUTE_STREAM } from "./reader.ts";

export interface HistoryRequest {
  scope: Scope;
  conversationId: ConversationId;
  threadId: MessageId | undefined;
  /** Key before which older ones are wanted; absent for the newest. */
  before: string | undefined;
  limit: number;
  /** Gives it up. */
  signal?: AbortSignal;
}

export interface HistoryAnswer {
  /** Key in time (`sentAt~id`) of the oldest message that came. */
  oldest: string | undefined;
  hasOlder: boolean;
}

/** What queries are made from. */
export interface QueryContext {
  store: BlockStore;
  places: Places;
  positions: Positions;
  summaries: Summaries;
  people: PeopleIndex;
  feed: FeedIndex;
  messageKeys: MessageKeys;
  uploads: UploadStates;
  typing: Typing;
  /** Tells what a query derives from rows of every change, until the cache is closed. */
  follow: (follower: ChangeFollower) => void;
  /** Whose cache this is; unknown before the first connection. */
  me(): PersonId | null;
  session(): SessionInfo;
  /** The present moment, for what depends on it (with `MINUTE_STREAM`). */
  now(): IsoTime;
  isOnline(): boolean;
  /** Fetches older messages into the cache. @throws AppError when the backend cannot be reached. */
  loadHistory(request: HistoryRequest): Promise<HistoryAnswer>;
}
