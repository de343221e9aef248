import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { accountIdSchema, gatewayPath, type AccountId } from "#contract/bridge.ts";
import { draftSchema } from "#contract/entities/draft.ts";
import { createId, messageIdSchema, mutationIdSchema, personIdSchema, type PersonId } from "#contract/ids.ts";
import { mutationResponseSchema, mutationSchema, type Mutation } from "#contract/mutations.ts";
import { AppError } from "#contract/problem.ts";
import { personScope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import type { AccountService } from "../accounts/account-service.ts";
import { JsonFile } from "../files/json-file.ts";
import type { Gateway } from "../gateway/gateway.ts";
import { openText, sealText } from "../lock/key-guard.ts";
import type { SecretStore } from "../secrets/secret-store.ts";
import { BackendReader } from "./backend-reader.ts";
import type { NoticeContext } from "./notice-context.ts";

const SECRET = "notices/key";
const FIRST_MS = 2000;
const LONGEST_MS = 300_000;
const LATER_MS = 3_600_000;
/** Answers that the same request would get again. */
const FINAL = new Set([400, 413, 422]);

/** What can be done with a notice without opening Parvis. */
export type NoticeDeed = { kind: "done" } | { kind: "later" } | { kind: "reply"; text: string };

const waitingSchema = z.object({
  id: mutationIdSchema,
  accountId: accountIdSchema,
  personId: personIdSchema,
  /** The mutations, under the key of the secret store. */
  sealed: z.string(),
});
type Waiting = z.infer<typeof waitingSchema>;

export interface NoticeCommandsOptions {
  dataDir: string;
  secrets: Pick<SecretStore, "get" | "set">;
  gateway: Gateway;
  accounts: Pick<AccountService, "list">;
  /** The workplace refused an answer: what was typed is a draft of that conversation now. */
  onRefused: (refused: { accountId: AccountId; conversationId: string; reason: string }) => void;
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
  #key: Promise<Buffer> | undefined;
  #sending: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #failures = 0;
  #isStopped = false;

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
    return (await this.#file.read()).length;
  }

  /** Resolves once it is on disk; it is sent then. */
  async run(context: NoticeContext, deed: NoticeDeed): Promise<void> {
    const mutations = this.#mutationsOf(context, deed);
    if (mutations.length === 0) return;
    await this.#keep(context.accountId, context.personId, mutations);
    void this.send();
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

  async #keep(accountId: AccountId, personId: PersonId, mutations: readonly Mutation[]): Promise<void> {
    const [first] = mutations;
    if (first === undefined) return;
    const sealed = sealText(JSON.stringify(mutations), await this.#openKey());
    await this.#file.update((waiting) => [...waiting, { id: first.id, accountId, personId, sealed }]);
  }

  async #sendAll(): Promise<boolean> {
    let isAllSent = true;
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
    }
  }

  /** Whether nothing is left to be done about it. */
  async #sendOne({ accountId, personId, sealed }: Waiting): Promise<boolean> {
    const account = this.#options.accounts.list().find(({ id }) => id === accountId);
    // Gone from this machine, or somebody else's by now: it was wiped with all the rest.
    if (account === undefined || (account.personId !== null && account.personId !== personId)) return true;
    if (account.state !== "signedIn") return false;
    const text = openText(sealed, await this.#openKey());
    const mutations = z.array(mutationSchema).parse(JSON.parse(text));
    const refused = await this.#post(accountId, mutations);
    if (refused === null) return false;
    for (const { mutation, reason } of refused)
      await this.#giveBack({ accountId, personId }, mutation, reason);
    return true;
  }

  /** Those that were refused, or null when the workplace did not decide. */
  async #post(
    accountId: AccountId,
    mutations: readonly Mutation[],
  ): Promise<{ mutation: Mutation; reason: string }[] | null> {
    const request = new Request(`http://host.invalid${gatewayPath(accountId)}/v1/mutations`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ mutations }),
    });
    const response = await this.#options.gateway.handle(request);
    if (!response.ok) {
      await response.body?.cancel();
      if (!FINAL.has(response.status)) return null;
      return mutations.map((mutation) => ({ mutation, reason: `${response.status}` }));
    }
    const answer = mutationResponseSchema.safeParse(await response.json());
    if (!answer.success) return null;
    const results = new Map(answer.data.results.map((result) => [result.id, result]));
    if (mutations.some(({ id }) => !results.has(id))) return null;
    return mutations.flatMap((mutation) => {
      const result = results.get(mutation.id);
      return result === undefined || result.status === "applied"
        ? []
        : [{ mutation, reason: result.error.title }];
    });
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
    await this.#keep(accountId, personId, [
      this.#mutation("draft.set", personScope(personId), {
        ...place,
        body: drafted === "" ? body : `${drafted}\n\n${body}`,
      }),
    ]);
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

  #mutationsOf({ itemId, personId, replyTo }: NoticeContext, deed: NoticeDeed): Mutation[] {
    const set = (args: object): Mutation =>
      this.#mutation("notification.set", personScope(personId), { ids: [itemId], ...args });
    if (deed.kind === "later") return [set({ snoozedUntil: toIsoTime(this.#options.now() + LATER_MS) })];
    if (deed.kind === "done") return [set({ isDone: true })];
    const body = deed.text.trim();
    if (body === "" || replyTo === undefined) return [];
    const { scope, ...place } = replyTo;
    const id = messageIdSchema.parse(createId());
    return [this.#mutation("message.send", scope, { ...place, id, body }), set({ isDone: true })];
  }

  #mutation(name: string, scope: string, args: object): Mutation {
    const id = mutationIdSchema.parse(createId());
    return mutationSchema.parse({ id, name, scope, args, madeAt: toIsoTime(this.#options.now()) });
  }

  /** A secret store that is locked now may be open at the next try. */
  #openKey(): Promise<Buffer> {
    this.#key ??= this.#readKey().catch((error: unknown) => {
      this.#key = undefined;
      throw error;
    });
    return this.#key;
  }

  async #readKey(): Promise<Buffer> {
    const { secrets } = this.#options;
    const known = await secrets.get(SECRET);
    if (known !== undefined) return Buffer.from(known, "base64");
    if ((await this.#file.read()).length > 0) {
      await this.#file.update(() => []);
      this.#options.onNotice(
        "What waited to be sent from notifications cannot be opened any more: its key is gone.",
      );
    }
    const key = randomBytes(32);
    await secrets.set(SECRET, key.toString("base64"));
    return key;
  }
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
