import type { CollectionName } from "#contract/collections.ts";
import type { Envelope } from "#contract/envelope.ts";
import type { Problem } from "#contract/problem.ts";
import type { BlobId, MutationId, PersonId } from "#contract/ids.ts";
import type { BlobState } from "#contract/blobs.ts";
import type { Scope } from "#contract/scope.ts";
import type { serverEvents } from "#contract/events.ts";
import type { z } from "zod";
import type { AttendanceStore, AttendanceWrites, InvitationLinkStore } from "./attendance.ts";
import type { CalendarFeedStore } from "./calendar-feeds.ts";
import type { CalendarNameStore } from "./calendar-names.ts";

/**
 * The one port between the reference server and its database. Two implementations (SQLite, PostgreSQL), one suite.
 *
 * A scope's stream is a compacted log: one row per (scope, collection, id), holding only its latest change. Each write
 * takes the next `seq` of its scope under that scope's lock, so that seqs become visible in order, without gaps that
 * could be filled later.
 */
export interface Store {
  /** Made once with the data. */
  readonly epoch: string;

  /** All or nothing. The changes are announced to `subscribe`rs (of every process) after the commit. */
  transaction<T>(run: (tx: StoreTransaction) => Promise<T>): Promise<T>;

  head(scope: Scope): Promise<number>;
  /** Scopes that this person may read (the directory and their own included), with their heads. */
  scopesOf(personId: PersonId): Promise<{ scope: Scope; head: number }[]>;
  /** The directory is everyone's but guests', administration the administrators': both follow from the rows of people. */
  canRead(personId: PersonId, scope: Scope): Promise<boolean>;
  readers(scope: Scope): Promise<PersonId[]>;

  get(scope: Scope, collection: CollectionName, id: string): Promise<Envelope | undefined>;
  list(scope: Scope, collection: CollectionName): Promise<Envelope[]>;

  /** Changes after `after`, ascending seq, deletions included. */
  readTail(scope: Scope, after: number, limit: number): AsyncIterable<StoredLines>;
  /** Standing small rows with seq ≤ `head`, ascending seq from `after` (excluded). */
  readSmall(scope: Scope, head: number, after: number, limit: number): AsyncIterable<StoredLines>;
  /** Standing timeline rows with seq ≤ `head`, newest first, strictly older than `before` (a `lastKey`). */
  readTimeline(
    scope: Scope,
    head: number,
    before: string | undefined,
    limit: number,
  ): AsyncIterable<StoredLines>;
  /** Counts for the first mark of a snapshot. */
  count(scope: Scope): Promise<{ small: number; timeline: number }>;
  /** Messages of a conversation or thread, newest first, strictly before `before`, and what hangs on them. */
  readHistory(query: HistoryRead): Promise<HistoryPage & { parts: Envelope[] }>;

  /** What is due by then, the longest due first. */
  due(nowMs: number, limit: number): Promise<DueRow[]>;

  /** Every committed change of every process, one call a commit, in order within a scope. Returns its dispose. */
  subscribe(listener: (events: readonly StoreEvent[]) => void): () => void;

  /** Tells the subscribers of every process what is worth nothing a moment later. Never kept. */
  tell(event: PassingEvent): Promise<void>;

  accounts: AccountStore;
  attendance: AttendanceStore;
  blobs: BlobStore;
  calendarFeeds: CalendarFeedStore;
  calendarNames: CalendarNameStore;
  invitationLinks: InvitationLinkStore;
  close(): Promise<void>;
}

/** At most `LINES_PER_BATCH` envelopes as they travel, so that nothing is parsed only to be written again. */
export interface StoredLines {
  /** NDJSON in UTF-8, each line ended by a line feed. */
  bytes: Uint8Array;
  count: number;
  /** Highest seq of them. */
  lastSeq: number;
  /** Place of the oldest timeline row, else empty. */
  lastKey: string;
}

/** A mark follows each batch, and the contract wants one at least every 500 lines. */
export const LINES_PER_BATCH = 500;

export interface RowWrite extends RowKey {
  op: "put" | "delete";
  data: object;
}

export interface HistoryRead {
  scope: Scope;
  conversationId: string;
  threadId: string | undefined;
  before: string | undefined;
  limit: number;
}

export interface HistoryPage {
  messages: Envelope[];
  hasOlder: boolean;
}

/** Collections whose rows are found by what they are about: many people's, or of one name in one folder. */
export type PersonalCollection =
  | "follow"
  | "placeSetting"
  | "notification"
  | "libraryItem"
  | "libraryVersion"
  | "person";

/** Questions that are asked in order to write. They see what the transaction has written. */
export interface StoreLookups {
  /** Rows, traces of deleted ones included, in the order asked for. */
  many(keys: readonly RowKey[]): Promise<(Envelope | undefined)[]>;
  /**
   * Standing rows of all people: `follow` and `placeSetting` with this id, `notification` about this message or object,
   * `libraryItem` with this name key (what is in the trash has none), `libraryVersion` with the bytes of this blob,
   * `person` with this e-mail in lower case (also as guests see them, in other scopes than the directory).
   */
  ofEveryone(collection: PersonalCollection, id: string): Promise<Envelope[]>;
  /** Items of a person's inbox that are not done, of one conversation. */
  waiting(scope: Scope, conversationId: string): Promise<Envelope[]>;
  /** Items of a library that lie in this folder (empty: at the top), in the trash or not. */
  children(scope: Scope, folderId: string): Promise<Envelope[]>;
  /** What hangs on a message. */
  parts(scope: Scope, conversationId: string, messageId: string): Promise<Envelope[]>;
  /** Messages as `Store.readHistory` gives them. */
  messages(query: HistoryRead): Promise<HistoryPage>;
}

export interface StoreTransaction {
  readonly find: StoreLookups;
  /**
   * Nobody else writes in these scopes from here to the end. Called once, for all scopes that will be written, before
   * reading rows of other people in order to change them.
   */
  lockRows(scopes: readonly Scope[]): Promise<void>;
  readonly attendance: AttendanceWrites;
  /** Makes transactions on the same scope wait for one another from here on: call it before reading to decide. */
  lock(scope: Scope): Promise<void>;
  get(scope: Scope, collection: CollectionName, id: string): Promise<Envelope | undefined>;
  list(scope: Scope, collection: CollectionName): Promise<Envelope[]>;
  canRead(personId: PersonId, scope: Scope): Promise<boolean>;
  readers(scope: Scope): Promise<PersonId[]>;
  scopesOf(personId: PersonId): Promise<{ scope: Scope; head: number }[]>;
  blob(id: BlobId): Promise<BlobState | undefined>;
  /** Nothing belongs to these files any more: should their removal be cut short, `leftovers` names them. */
  condemnBlobs(blobs: readonly { id: BlobId; ownerId: PersonId }[]): Promise<void>;
  /** Writes rows in order; a row that already stands exactly so keeps its seq and rev. Returns them as they stand. */
  write(rows: readonly RowWrite[]): Promise<Envelope[]>;
  /** The same without giving them back, for many. Returns how many changed. */
  load(rows: readonly RowWrite[]): Promise<number>;
  /** Newest time in the scope's timeline, so that the next message comes after it. */
  newestSentAt(scope: Scope): Promise<string | undefined>;
  addReaders(scope: Scope, personIds: readonly PersonId[]): Promise<void>;
  removeReaders(scope: Scope, personIds: readonly PersonId[]): Promise<void>;
  /**
   * Marks a row to be looked at by the server at that time (`due/`), or no longer. A row's deletion takes its mark with it;
   * a mark may also be left where no row stands, when something remains to be done.
   */
  setDue(key: RowKey, dueAtMs: number | null): Promise<void>;
  dueAt(key: RowKey): Promise<number | undefined>;
  /** Files that were sent to this scope, whole or not. */
  filesOf(scope: Scope, limit: number): Promise<{ id: BlobId; ownerId: PersonId }[]>;
  /** As `AccountStore.endSession`, with this transaction. */
  endSession(sessionId: string): Promise<void>;
  /** Takes everything out of a scope for ever: its rows without a trace, its readers, what is due. Files stay. */
  removeScope(scope: Scope): Promise<void>;
  /** The stored outcome of a mutation this person sent before. */
  outcome(personId: PersonId, id: MutationId): Promise<StoredOutcome | undefined>;
  saveOutcome(personId: PersonId, id: MutationId, outcome: StoredOutcome): Promise<void>;
}

export interface RowKey {
  scope: Scope;
  collection: CollectionName;
  id: string;
}

export interface DueRow {
  key: RowKey;
  dueAtMs: number;
}

/** What is remembered of a mutation for ever: small, and read anew when it is sent again. */
export type StoredOutcome =
  | { status: "applied"; rows: RowKey[] }
  | { status: "conflict"; current: Envelope; error: Problem }
  | { status: "rejected"; error: Problem };

/** Somebody is writing. */
export interface PassingEvent {
  type: "typing";
  data: z.infer<(typeof serverEvents)["typing"]>;
}

export type StoreEvent =
  | PassingEvent
  | { type: "change"; scope: Scope; seq: number; collection: string; id: string; line: string }
  | { type: "readerAdded"; scope: Scope; personId: PersonId; head: number }
  | { type: "readerRemoved"; scope: Scope; personId: PersonId }
  | { type: "sessionEnded"; sessionId: string }
  /** Something was marked to be due then. */
  | { type: "due"; dueAtMs: number }
  /** Events about readers and sessions may have been missed: look again. */
  | { type: "interrupted" };

/** A way to sign in as a person: a password (demonstration) or a subject of an OpenID provider. */
export interface AccountRecord {
  personId: PersonId;
  /** Lower case. */
  username: string;
  /** Lower case; matched against the provider's verified e-mail at the first sign-in. */
  email: string | undefined;
  passwordHash: string | undefined;
  issuer: string | undefined;
  subject: string | undefined;
  isDisabled: boolean;
}

export interface SessionRecord {
  /** SHA-256 of the token: the token itself is never stored. */
  tokenHash: string;
  /** `application`: a password of a program, for `/dav/` alone. `ended`: a refresh token whose session is over, kept in order to recognise the device. */
  kind: "access" | "refresh" | "ended" | "application";
  /** Shared by all tokens descending from one sign-in. */
  sessionId: string;
  personId: PersonId;
  expiresAtMs: number;
  /** Refreshes since the sign-in. */
  generation: number;
}

export interface AccountStore {
  byUsername(username: string): Promise<AccountRecord | undefined>;
  byEmail(email: string): Promise<AccountRecord | undefined>;
  bySubject(issuer: string, subject: string): Promise<AccountRecord | undefined>;
  byPerson(personId: PersonId): Promise<AccountRecord | undefined>;
  list(): Promise<AccountRecord[]>;
  /** Gives an account its subject, once for ever; false when it has one already. */
  bindSubject(personId: PersonId, issuer: string, subject: string): Promise<boolean>;
  /** Creates or replaces by person, all or nothing. @throws AppError conflict when a user name is somebody else's */
  save(accounts: readonly AccountRecord[]): Promise<void>;
  session(tokenHash: string): Promise<SessionRecord | undefined>;
  saveSession(session: SessionRecord): Promise<void>;
  /**
   * Uses a refresh token, in one step; false for a replay. It counts as one when the session has gone on: a token of a
   * later generation was used, or one of its own longer than `graceMs` from `nowMs`.
   */
  useRefreshToken(tokenHash: string, nowMs: number, graceMs: number): Promise<boolean>;
  /** Nothing of it counts any more; its device is recognised by the refresh token that it may hold (`ended`). */
  endSession(sessionId: string): Promise<void>;
  /** Ends it, and recognises none of its tokens either. */
  forgetSession(sessionId: string): Promise<void>;
}

export interface BlobStore {
  /** What this person has announced and not yet sent to the end, in bytes. */
  unfinishedBytes(ownerId: PersonId): Promise<number>;
  /** Uploads that nobody went on with since then, and files that nothing belongs to any more. */
  leftovers(abandonedSinceMs: number, limit: number): Promise<BlobId[]>;
  state(id: BlobId): Promise<BlobState | undefined>;
  /** Begins an upload; an existing one of the same owner is kept. */
  begin(blob: BlobState & { ownerId: PersonId }): Promise<void>;
  ownerOf(id: BlobId): Promise<PersonId | undefined>;
  /** Appends at `offset`, which is where the upload stands; durable when it resolves. */
  append(id: BlobId, offset: number, bytes: AsyncIterable<Uint8Array>): Promise<number>;
  /** Verifies and closes the upload. @throws AppError badRequest when the hash differs; the upload starts over. */
  complete(id: BlobId, sha256: string | undefined): Promise<BlobState>;
  read(id: BlobId, first: number, last: number): AsyncIterable<Uint8Array>;
  remove(id: BlobId): Promise<void>;
}
