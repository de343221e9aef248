import { join } from "node:path";
import { z } from "zod";
import { accountIdSchema, type AccountId } from "#contract/bridge.ts";
import { draftSchema } from "#contract/entities/draft.ts";
import { createId, messageIdSchema, mutationIdSchema, personIdSchema, type PersonId } from "#contract/ids.ts";
import { mutationSchema, type Mutation } from "#contract/mutations.ts";
import { AppError } from "#contract/problem.ts";
import { personScope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import type { AccountService } from "../accounts/account-service.ts";
import { JsonFile } from "../files/json-file.ts";
import type { Gateway } from "../gateway/gateway.ts";
import { openText, sealText } from "../lock/key-guard.ts";
import { BackendReader } from "./backend-reader.ts";
import type { NoticeContext } from "./notice-context.ts";
import type { NoticeKey } from "./notice-key.ts";
import { postMutations } from "./post-mutations.ts";

const FIRST_MS = 2000;
const LONGEST_MS = 300_000;
const LATER_MS = 3_600_000;
/** A secret store that is locked or away now may be open at the next try. */
const MAY_OPEN = new Set(["locked", "secretsUnavailable"]);

/** What can be done with a notice without opening Parvis. */
export type NoticeDeed = { kind: "done" } | { kind: "later" } | { kind: "reply"; text: string };
/** What a button of it does; into a meeting one goes at once or not at all. */
export type NoticeAct = NoticeDeed | { kind: "join" };

const waitingSchema = z.object({
  id: mutationIdSchema,
  accountId: accountIdSchema,
  personId: personIdSchema,
  /** The mutations, under the key of the secret store. */
  sealed: z.string(),
});
type Waiting = z.infer<typeof waitingSchema>;

interface Held {
  accountId: AccountId;
  personId: PersonId;
  mutations: readonly Mutation[];
}

export interface NoticeCommandsOptions {
  dataDir: string;
  key: NoticeKey;
  gateway: Gateway;
  accounts: Pick<AccountService, "list">;
  /** The workplace refused an answer: what was typed is a draft of that conversation now. */
  onRefused: (refused: { accountId: AccountId; conversationId: string; reason: string }) => void;
  /** An answer is in memory only, because the secret store is locked. */
  onHeld: () => void;
  /** An answer cannot be sent any more: its account was removed from this machine. */
  onGone: (accountId: AccountId) => void;
  /** How many wait; of these, how many in memory only. */
  onWaiting: (waiting: { waiting: number; held: number }) => void;
  onNotice: (message: string) => void;
  now: () => number;
  random: () => number;
  firstMs?: number;
}

/**
 * What the person did in a notice: kept encrypted on disk until the workplace has decided about it, tried again later after
 * each failure and at the next start. The ids are made once, so that what was taken before a crash is not done twice.
 */
export class NoticeCommands {
  readonly #options: NoticeCommandsOptions;
  readonly #file: JsonFile<Waiting[]>;
  /** What could not be put on disk: the secret store is locked, and in clear nothing is written. */
  #held: readonly Held[] = [];
  #sending: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #failures = 0;
  #isStopped = false;
  /** Whether what an earlier run has left is known to fit the key. */
  #checked: Promise<void> | undefined;

  constructor(options: NoticeCommandsOptions) {
    this.#options = options;
    this.#file = new JsonFile<Waiting[]>({
      path: join(options.dataDir, "notice-commands.json"),
      schema: z.array(waitingSchema),
      empty: () => [],
      onDamaged: options.onNotice,
    });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#sending;
  }

  async waiting(): Promise<number> {
    return (await this.#file.read()).length + this.#held.length;
  }

  /** Resolves once it is on disk, or said to be in memory only; it is sent then. False: there is nowhere to send it. */
  async run(context: NoticeContext, deed: NoticeDeed): Promise<boolean> {
    const mutations = this.#mutationsOf(context, deed);
    if (mutations.length === 0) return deed.kind !== "reply" || deed.text.trim() === "";
    await this.#keep({ ...context, mutations });
    void this.send();
    return true;
  }

  /** Tries everything that waits; resolves when it was tried. Never rejects. */
  async send(): Promise<void> {
    if (this.#isStopped) return;
    clearTimeout(this.#timer);
    this.#sending ??= this.#sendAll()
      .catch((error: unknown) => {
        this.#options.onNotice(`What was done in a notification could not be sent: ${String(error)}`);
        return false;
      })
      .then((isAllSent) => {
        this.#sending = undefined;
        if (isAllSent) this.#failures = 0;
        else this.#tryLater();
      });
    await this.#sending;
  }

  #tryLater(): void {
    if (this.#isStopped) return;
    const ceilingMs = Math.min(
      LONGEST_MS,
      (this.#options.firstMs ?? FIRST_MS) * 2 ** Math.min(this.#failures, 20),
    );
    this.#failures += 1;
    this.#timer = setTimeout(
      () => void this.send(),
      ceilingMs / 2 + (this.#options.random() * ceilingMs) / 2,
    );
    this.#timer.unref();
  }

  async #keep(held: Held): Promise<void> {
    try {
      await this.#put(held);
    } catch (error) {
      if (!isShut(error)) throw error;
      this.#held = [...this.#held, held];
      if (held.mutations.some(({ name }) => name === "message.send")) this.#options.onHeld();
    }
    await this.#count();
  }

  async #put({ accountId, personId, mutations }: Held): Promise<void> {
    const [first] = mutations;
    if (first === undefined) return;
    const sealed = sealText(JSON.stringify(mutations), await this.#openKey());
    await this.#file.update((waiting) => [...waiting, { id: first.id, accountId, personId, sealed }]);
  }

  /** The secret store may be open by now. */
  async #putAway(): Promise<void> {
    for (let next = this.#held[0]; next !== undefined; next = this.#held[0]) {
      await this.#put(next);
      this.#held = this.#held.slice(1);
    }
  }

  async #count(): Promise<void> {
    this.#options.onWaiting({ waiting: await this.waiting(), held: this.#held.length });
  }

  async #sendAll(): Promise<boolean> {
    let isAllSent = true;
    await this.#count();
    if ((await this.waiting()) === 0) return true;
    try {
      await this.#openKey();
    } catch (error) {
      if (!isShut(error)) throw error;
      return false;
    }
    await this.#putAway();
    // What is added meanwhile is in the next round: read anew until nothing is new.
    const tried = new Set<string>();
    for (;;) {
      const next = (await this.#file.read()).find(({ id }) => !tried.has(id));
      if (next === undefined || this.#isStopped) return isAllSent;
      tried.add(next.id);
      if (!(await this.#sendOne(next))) {
        isAllSent = false;
        continue;
      }
      await this.#file.update((waiting) => waiting.filter(({ id }) => id !== next.id));
      await this.#count();
    }
  }

  /** Whether nothing is left to be done about it. */
  async #sendOne({ accountId, personId, sealed }: Waiting): Promise<boolean> {
    const account = this.#options.accounts.list().find(({ id }) => id === accountId);
    const isGone = account === undefined || (account.personId !== null && account.personId !== personId);
    if (!isGone && account.state !== "signedIn") return false;
    const text = openText(sealed, await this.#openKey());
    const mutations = z.array(mutationSchema).parse(JSON.parse(text));
    if (isGone) {
      // Removed from this machine, or somebody else's by now: nothing of it is kept, and that is said.
      if (mutations.some(({ name }) => name === "message.send")) this.#options.onGone(accountId);
      return true;
    }
    const refused = await postMutations(this.#options.gateway, accountId, mutations);
    if (refused === null) return false;
    for (const { mutation, reason } of refused)
      await this.#giveBack({ accountId, personId }, mutation, reason);
    return true;
  }

  /** A refused answer becomes a draft where it was to be sent, behind what is drafted there already. */
  async #giveBack(
    { accountId, personId }: { accountId: AccountId; personId: PersonId },
    { args, name }: Mutation,
    reason: string,
  ): Promise<void> {
    const said = sentSchema.safeParse(args).data;
    if (name !== "message.send" || said === undefined) return;
    const { body, conversationId, threadId } = said;
    const drafted = await this.#draftOf({ accountId, personId }, conversationId, threadId);
    const place = { conversationId, ...(threadId === undefined ? {} : { threadId }) };
    const draft = this.#mutation("draft.set", personScope(personId), {
      ...place,
      body: drafted === "" ? body : `${drafted}\n\n${body}`,
    });
    await this.#keep({ accountId, personId, mutations: [draft] });
    this.#options.onRefused({ accountId, conversationId, reason });
  }

  async #draftOf(
    { accountId, personId }: { accountId: AccountId; personId: PersonId },
    conversationId: string,
    threadId: string | undefined,
  ): Promise<string> {
    let body = "";
    const reader = new BackendReader(this.#options.gateway, accountId);
    await reader.rows(personScope(personId), AbortSignal.timeout(30_000), ({ collection, data, op }) => {
      const draft = collection === "draft" && op === "put" ? draftSchema.safeParse(data).data : undefined;
      if (draft?.conversationId === conversationId && draft.threadId === threadId) body = draft.body;
      return true;
    });
    return body;
  }

  #mutationsOf({ itemIds, personId, replyTo }: NoticeContext, deed: NoticeDeed): Mutation[] {
    const set = (args: object, ids: readonly string[] = itemIds): Mutation =>
      this.#mutation("notification.set", personScope(personId), { ids, ...args });
    if (deed.kind === "later") return [set({ snoozedUntil: toIsoTime(this.#options.now() + LATER_MS) })];
    if (deed.kind === "done") return [set({ isDone: true })];
    const body = deed.text.trim();
    if (body === "" || replyTo === undefined) return [];
    const { scope, ...place } = replyTo;
    const id = messageIdSchema.parse(createId());
    // The message that was there to be read is settled; others of the same notice have not been seen.
    return [
      this.#mutation("message.send", scope, { ...place, id, body }),
      set({ isDone: true }, itemIds.slice(-1)),
    ];
  }

  #mutation(name: string, scope: string, args: object): Mutation {
    const id = mutationIdSchema.parse(createId());
    return mutationSchema.parse({ id, name, scope, args, madeAt: toIsoTime(this.#options.now()) });
  }

  async #openKey(): Promise<Buffer> {
    const { isNew, key } = await this.#options.key.open();
    // Nothing is put there before this was looked at.
    this.#checked ??= isNew ? this.#forgetUnreadable() : Promise.resolve();
    await this.#checked;
    return key;
  }

  async #forgetUnreadable(): Promise<void> {
    if ((await this.#file.read()).length === 0) return;
    await this.#file.update(() => []);
    this.#options.onNotice(
      "What waited to be sent from notifications cannot be opened any more: its key is gone.",
    );
  }
}

function isShut(error: unknown): boolean {
  return error instanceof AppError && MAY_OPEN.has(error.kind);
}

const sentSchema = z.looseObject({
  conversationId: z.string(),
  threadId: z.string().optional(),
  body: z.string(),
});

/** In words, for the log. */
export function reasonOf(error: unknown): string {
  if (error instanceof AppError)
    return [error.problem.title, error.problem.detail].filter(Boolean).join(": ");
  return error instanceof Error ? error.message : String(error);
}
