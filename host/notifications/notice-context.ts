import { createHash } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { accountIdSchema, type AccountId } from "#contract/account.ts";
import type { Notification } from "#contract/entities/notification.ts";
import { linkOfItem } from "#contract/desktop/item-link.ts";
import {
  conversationIdSchema,
  messageIdSchema,
  personIdSchema,
  rowIdSchema,
  type PersonId,
} from "#contract/ids.ts";
import { scopeSchema } from "#contract/scope.ts";
import { JsonFile } from "../files/json-file.ts";
import { isOfMessage } from "./composer.ts";

const KEPT = 300;

const placeSchema = z.object({
  scope: scopeSchema,
  conversationId: conversationIdSchema,
  threadId: messageIdSchema.optional(),
});

const contextSchema = z.object({
  tag: z.string(),
  accountId: accountIdSchema,
  personId: personIdSchema,
  /** All that it stands for, the newest last. */
  itemIds: z.array(rowIdSchema).min(1),
  link: z.string().nullable(),
  /** Where an answer goes; absent where none was offered. */
  replyTo: placeSchema.optional(),
  /** The buttons, in their order. */
  actions: z.array(z.enum(["join", "done", "later"])),
});
/** What a shown notice is about: enough to open it, settle it or answer it, and nothing that it says. */
export type NoticeContext = z.infer<typeof contextSchema>;

/** What others have to decide is not settled by a button here. */
const TO_DECIDE = new Set<Notification["kind"]>([
  "spaceRequest",
  "joinRequest",
  "review",
  "report",
  "mustRead",
]);

export function contextOf(
  item: Notification,
  {
    accountId,
    personId,
    isHidden,
    itemIds,
  }: { accountId: AccountId; personId: PersonId; isHidden: boolean; itemIds: NoticeContext["itemIds"] },
): NoticeContext {
  const { conversationId, kind, scope, threadId } = item;
  const canAnswer = !isHidden && isOfMessage(kind) && conversationId !== undefined;
  return {
    tag: noticeTag(accountId, item),
    accountId,
    personId,
    itemIds,
    link: linkOfItem(item),
    ...(canAnswer
      ? { replyTo: { scope, conversationId, ...(threadId === undefined ? {} : { threadId }) } }
      : {}),
    actions: [
      ...(isHidden || item.conference === undefined ? [] : (["join"] as const)),
      ...(TO_DECIDE.has(kind) ? [] : (["done"] as const)),
      "later",
    ],
  };
}

/** Messages of one conversation, or of one thread, share a notice: a later one takes the place of the one before. */
export function noticeTag(accountId: AccountId, item: Notification): string {
  const { conversationId, id, kind, threadId } = item;
  const isShared = isOfMessage(kind) && conversationId !== undefined;
  return tagOf(accountId, isShared ? `messages ${conversationId} ${threadId ?? ""}` : id);
}

/** Short enough for every system, and different for the same item in two accounts. */
export function tagOf(accountId: AccountId, itemId: string): string {
  return createHash("sha256").update(`${accountId} ${itemId}`).digest("hex").slice(0, 32);
}

/** The notices shown last, over starts: the system may bring one back when Parvis is started by it. */
export class NoticeContexts {
  readonly #file: JsonFile<NoticeContext[]>;
  readonly #swept = new Set<AccountId>();

  constructor(dataDir: string, onDamaged: (message: string) => void) {
    this.#file = new JsonFile<NoticeContext[]>({
      path: join(dataDir, "notices.json"),
      schema: z.array(contextSchema),
      empty: () => [],
      onDamaged,
    });
  }

  async keep(contexts: readonly NoticeContext[]): Promise<void> {
    const tags = new Set(contexts.map(({ tag }) => tag));
    await this.#file.update((kept) =>
      [...kept.filter(({ tag }) => !tags.has(tag)), ...contexts].slice(-KEPT),
    );
  }

  /** True the first time for this account: later ones of this run are followed as they change. */
  beginSweep(accountId: AccountId): boolean {
    const isFirst = !this.#swept.has(accountId);
    this.#swept.add(accountId);
    return isFirst;
  }

  async all(): Promise<readonly NoticeContext[]> {
    return this.#file.read();
  }

  async find(tag: string): Promise<NoticeContext | undefined> {
    return (await this.#file.read()).find((one) => one.tag === tag);
  }
}
