import { conversationIdSchema, messageIdSchema } from "#contract/ids.ts";
import { AppError, badRequest, type Problem } from "#contract/problem.ts";
import { asResult } from "#contract/result.ts";
import { pageMessageSchema, workerCalls, type PageMessage, type WorkerMessage } from "#contract/worker.ts";
import type { z } from "zod";
import { Briefs } from "#renderer/db/briefs.ts";
import type { LiveQuery, Update } from "#renderer/db/live-queries.ts";
import { reactors } from "#renderer/db/message-views.ts";
import { createQuery } from "#renderer/db/queries/create-query.ts";
import type { Engine, OpenMessage } from "./engine.ts";
import { mutate } from "./mutate.ts";
import { cancelBatch, discardWithFiles, retryBatch, retryFile, retryWithFiles } from "./outbox-files.ts";

export interface PageConnectionOptions {
  post: (message: WorkerMessage) => void;
  /** Opens the engine of an account, or gives the one that is open. */
  open: (page: PageConnection, message: OpenMessage) => void;
  lock: (page: PageConnection) => void;
  clear: () => Promise<void>;
  onActivity: () => void;
  onClose: (page: PageConnection) => void;
  onBug: (error: unknown) => void;
}

type Subscribe = Extract<PageMessage, { type: "subscribe" }>;

interface Subscription {
  message: Subscribe;
  query: LiveQuery | undefined;
  live: { dispose: () => void; refresh: () => void } | undefined;
}

/** One page's end of the worker. What it asks before the cache is open waits until it is. */
export class PageConnection {
  readonly #options: PageConnectionOptions;
  readonly #subscriptions = new Map<number, Subscription>();
  readonly #waitingCalls: Extract<PageMessage, { type: "call" }>[] = [];
  readonly #writing = new Set<Promise<void>>();
  #engine: Engine | undefined;
  isActive = false;

  constructor(options: PageConnectionOptions) {
    this.#options = options;
  }

  receive(data: unknown): void {
    const parsed = pageMessageSchema.safeParse(data);
    if (!parsed.success) {
      this.#options.onBug(badRequest(parsed.error, "message"));
      return;
    }
    const message = parsed.data;
    switch (message.type) {
      case "open":
        this.#options.open(this, message);
        return;
      case "subscribe":
        this.#subscribe(message);
        return;
      case "unsubscribe":
        this.#subscriptions.get(message.id)?.live?.dispose();
        this.#subscriptions.delete(message.id);
        return;
      case "call":
        if (this.#engine === undefined) this.#waitingCalls.push(message);
        else this.#startCall(this.#engine, message);
        return;
      case "activity":
        this.isActive = message.isActive;
        this.#options.onActivity();
        return;
      case "lock":
        this.#options.lock(this);
        return;
      case "close":
        this.detach();
        this.#subscriptions.clear();
        this.#waitingCalls.length = 0;
        this.#options.onClose(this);
    }
  }

  /** The engine is open: what was asked meanwhile is answered now. */
  attach(engine: Engine): void {
    this.#options.post({ type: "opened" });
    if (this.#engine === engine) return;
    this.detach();
    this.#engine = engine;
    for (const subscription of this.#subscriptions.values()) this.#start(engine, subscription);
    for (const call of this.#waitingCalls.splice(0)) this.#startCall(engine, call);
  }

  /** Once what this page has asked to be written is on disk, or has failed. */
  async written(): Promise<void> {
    await Promise.all(this.#writing);
  }

  /** The cache is wholly under this key. */
  rotated(keyId: string): void {
    this.#options.post({ type: "rotated", keyId });
  }

  #startCall(engine: Engine, message: Extract<PageMessage, { type: "call" }>): void {
    const running = this.#call(engine, message);
    if (message.name !== "mutate") return;
    this.#writing.add(running);
    void running.finally(() => this.#writing.delete(running));
  }

  /** The engine is not open yet: session views say why. */
  tell(session: unknown): void {
    for (const { message } of this.#subscriptions.values()) {
      if (message.query !== "session") continue;
      this.#options.post({ type: "reset", id: message.id, items: [], info: session });
    }
  }

  fail(error: Problem): void {
    this.detach();
    for (const { id } of this.#waitingCalls.splice(0)) {
      this.#options.post({ type: "result", id, result: { ok: false, error } });
    }
    this.#options.post({ type: "fatal", error });
  }

  /** The engine is gone; another may follow. */
  detach(): void {
    this.#engine = undefined;
    for (const subscription of this.#subscriptions.values()) subscription.live?.dispose();
    for (const subscription of this.#subscriptions.values()) subscription.live = undefined;
  }

  #subscribe(message: Subscribe): void {
    const subscription: Subscription = { message, query: undefined, live: undefined };
    this.#subscriptions.get(message.id)?.live?.dispose();
    this.#subscriptions.set(message.id, subscription);
    if (this.#engine !== undefined) this.#start(this.#engine, subscription);
  }

  #start(engine: Engine, subscription: Subscription): void {
    const { id, query: name, args } = subscription.message;
    try {
      const query = createQuery(engine.queryContext(), name, args, () => {
        subscription.live?.refresh();
      });
      subscription.query = query;
      subscription.live = engine.live.subscribe(query, (update) => {
        this.#send(id, update);
      });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#options.post({ type: "queryFailed", id, error: error.problem });
    }
  }

  #send(id: number, update: Update): void {
    const { post } = this.#options;
    switch (update.type) {
      case "reset":
        post({ type: "reset", id, items: update.items, info: update.info });
        return;
      case "patch": {
        const { put, remove } = update;
        post({ type: "patch", id, put, remove, ...("info" in update ? { info: update.info } : {}) });
        return;
      }
      case "failed":
        post({ type: "queryFailed", id, error: update.error });
    }
  }

  async #call(engine: Engine, { id, name, args }: Extract<PageMessage, { type: "call" }>): Promise<void> {
    try {
      const result = await asResult(() => this.#run(engine, name, args));
      this.#options.post({ type: "result", id, result });
    } catch (error) {
      if (engine.isInterruption(error)) {
        const locked = new AppError("locked", { title: "The cache was closed" });
        this.#options.post({ type: "result", id, result: { ok: false, error: locked.problem } });
        return;
      }
      this.#options.onBug(error);
      const bug = new AppError("serverFault", { title: "The worker failed", detail: String(error) });
      this.#options.post({ type: "result", id, result: { ok: false, error: bug.problem } });
    }
  }

  async #run(engine: Engine, name: string, args: unknown): Promise<unknown> {
    const context = { cache: engine.cache, clock: engine.clock };
    switch (name) {
      case "mutate":
        return { mutationId: await mutate(context, parse(workerCalls.mutate.args, args)) };
      case "outbox.retry": {
        const { mutationId, changes } = parse(workerCalls["outbox.retry"].args, args);
        await retryWithFiles(engine, mutationId, changes);
        return null;
      }
      case "outbox.discard":
        await discardWithFiles(engine, parse(workerCalls["outbox.discard"].args, args).mutationId);
        return null;
      case "outbox.written":
        await this.written();
        return null;
      case "upload.add":
        return { blobId: await engine.network.uploads.add(parse(workerCalls["upload.add"].args, args)) };
      case "upload.cancel":
        await engine.network.uploads.cancel(parse(workerCalls["upload.cancel"].args, args).blobId);
        return null;
      case "upload.retry":
        await retryFile(engine, parse(workerCalls["upload.retry"].args, args).blobId);
        return null;
      case "upload.pause":
        await engine.network.uploads.pause(parse(workerCalls["upload.pause"].args, args));
        return null;
      case "upload.resume":
        await engine.network.uploads.resume(parse(workerCalls["upload.resume"].args, args));
        return null;
      case "uploadBatch.cancel":
        await cancelBatch(engine, parse(workerCalls["uploadBatch.cancel"].args, args).batchId);
        return null;
      case "uploadBatch.retry":
        await retryBatch(engine, parse(workerCalls["uploadBatch.retry"].args, args).batchId);
        return null;
      case "timeline.extend":
        await this.#extend(parse(workerCalls["timeline.extend"].args, args));
        return null;
      case "message.reactors":
        return await listReactors(engine, args);
      case "typing.set": {
        const { isTyping, ...place } = parse(workerCalls["typing.set"].args, args);
        engine.network.setTyping(place, isTyping);
        return null;
      }
      case "sync.retry":
        engine.network.retry();
        return null;
      case "network.changed":
        engine.network.wayChanged(parse(workerCalls["network.changed"].args, args));
        return null;
      case "upload.sendAnyway":
        engine.network.uploads.sendAnyway(parse(workerCalls["upload.sendAnyway"].args, args));
        return null;
      case "cache.clear":
        await this.#options.clear();
        return null;
      default:
        throw new AppError("notFound", { title: `There is no call named ${name}` });
    }
  }

  async #extend(args: z.infer<(typeof workerCalls)["timeline.extend"]["args"]>): Promise<void> {
    const query = this.#subscriptions.get(args.subscriptionId)?.query;
    if (query?.extend === undefined) throw new AppError("notFound", { title: "There is no such timeline" });
    await query.extend(args.direction, args.count);
  }
}

async function listReactors(engine: Engine, args: unknown): Promise<unknown> {
  const { conversationId, messageId, emoji } = parse(workerCalls["message.reactors"].args, args);
  const { cache } = engine;
  const me = cache.me();
  if (me === null) return [];
  const reader = cache.createReader();
  const id = conversationIdSchema.parse(conversationId);
  const context = { reader, me, scope: cache.places.scope(id), pending: reader.pending(id) };
  const byEmoji = await reactors(context, { id: messageIdSchema.parse(messageId), conversationId: id });
  return await new Briefs(reader).all(byEmoji.get(emoji) ?? []);
}

function parse<T>(schema: z.ZodType<T>, args: unknown): T {
  const parsed = schema.safeParse(args);
  if (!parsed.success) throw badRequest(parsed.error, "args");
  return parsed.data;
}
