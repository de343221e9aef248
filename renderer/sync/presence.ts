import { ALIVE_EVERY_MS, type Signal } from "#contract/events.ts";
import type { ConversationId, MessageId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import type { Scope } from "#contract/scope.ts";
import type { Clock } from "#renderer/db/clock.ts";
import type { Api } from "./api.ts";

/** Nobody at any window for this long: away. */
const AWAY_AFTER_MS = 5 * 60_000;
/** While somebody types it is said this often. */
const TYPING_EVERY_MS = 3000;
/** Saying goodbye must not hold up a machine that is being closed. */
const FAREWELL_MS = 1000;

export interface PresenceOptions {
  api: Api;
  clock: Clock;
  signal: AbortSignal;
  /** Tells this machine from the person's others. */
  machine: string;
  onBug: (error: unknown) => void;
}

export interface TypingPlace {
  scope: Scope;
  conversationId: ConversationId;
  threadId?: MessageId | undefined;
}

/**
 * Tells the server that this machine is there, whether the person is, and where they type. Never kept and never sent
 * late: an old sign of life is worth nothing.
 */
export class Presence {
  readonly #options: PresenceOptions;
  readonly #typedAt = new Map<string, number>();
  #isOnline = false;
  /** Whether any window is open. */
  #isAttended = true;
  /** Whether the person is at one of them, or was a moment ago. */
  #isActive = false;
  #isAtWindow = false;
  #awayTimer: number | undefined;
  #aliveTimer: number | undefined;

  constructor(options: PresenceOptions) {
    this.#options = options;
  }

  setActive(isAtWindow: boolean): void {
    if (isAtWindow === this.#isAtWindow) return;
    this.#isAtWindow = isAtWindow;
    this.#stayActive();
  }

  setOnline(isOnline: boolean): void {
    this.#isOnline = isOnline;
    this.#beat();
  }

  /** Without a window the person has closed the application, whatever happens to this worker. */
  setAttended(isAttended: boolean): void {
    if (isAttended === this.#isAttended) return;
    if (!isAttended) void this.leave();
    this.#isAttended = isAttended;
    this.#beat();
  }

  /** Somebody who types is there, whatever the windows say. */
  setTyping({ scope, conversationId, threadId }: TypingPlace, isTyping: boolean): void {
    const { clock } = this.#options;
    if (isTyping) this.#stayActive();
    if (!this.#isOnline) return;
    const name = `${conversationId}~${threadId ?? ""}`;
    const typedAtMs = this.#typedAt.get(name);
    if (isTyping && typedAtMs !== undefined && clock.now() - typedAtMs < TYPING_EVERY_MS) return;
    // Whoever was not said to type need not be said to have stopped.
    if (!isTyping && typedAtMs === undefined) return;
    if (isTyping) this.#typedAt.set(name, clock.now());
    else this.#typedAt.delete(name);
    const thread = threadId === undefined ? {} : { threadId };
    this.#tell({ kind: "typing", scope, conversationId, ...thread, isTyping });
  }

  /** Says that the person closed the application. Resolves when that is said, or soon. */
  async leave(): Promise<void> {
    const { clock, machine } = this.#options;
    this.#clearAlive();
    if (!this.#isOnline || !this.#isAttended) return;
    let timer: number | undefined;
    const late = new Promise<void>((resolve) => {
      timer = clock.setTimeout(resolve, FAREWELL_MS);
    });
    const farewell: Signal = { kind: "alive", machine, isActive: false, isLeaving: true };
    await Promise.race([this.#send(farewell, { keepalive: true }).catch(() => undefined), late]);
    if (timer !== undefined) clock.clearTimeout(timer);
  }

  stop(): void {
    this.#isOnline = false;
    this.#clearAlive();
    this.#clearAway();
  }

  #stayActive(): void {
    this.#clearAway();
    const wasActive = this.#isActive;
    this.#isActive = true;
    if (!this.#isAtWindow) {
      this.#awayTimer = this.#options.clock.setTimeout(() => {
        this.#isActive = false;
        this.#beat();
      }, AWAY_AFTER_MS);
    }
    if (!wasActive) this.#beat();
  }

  /** At once, and again as long as the connection stands. */
  #beat(): void {
    const { clock, machine, signal } = this.#options;
    this.#clearAlive();
    if (!this.#isOnline || !this.#isAttended || signal.aborted) return;
    this.#tell({ kind: "alive", machine, isActive: this.#isActive });
    this.#aliveTimer = clock.setTimeout(() => {
      this.#beat();
    }, ALIVE_EVERY_MS);
  }

  #tell(wanted: Signal): void {
    this.#send(wanted, { signal: this.#options.signal }).catch((error: unknown) => {
      // The next one will be heard.
      if (!(error instanceof AppError)) this.#options.onBug(error);
    });
  }

  async #send(wanted: Signal, init: { keepalive?: boolean; signal?: AbortSignal }): Promise<void> {
    const { signal = new AbortController().signal, ...rest } = init;
    const response = await this.#options.api.request("/v1/signals", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ signals: [wanted] }),
      signal,
      ...rest,
    });
    await response.body?.cancel();
  }

  #clearAlive(): void {
    if (this.#aliveTimer !== undefined) this.#options.clock.clearTimeout(this.#aliveTimer);
    this.#aliveTimer = undefined;
  }

  #clearAway(): void {
    if (this.#awayTimer !== undefined) this.#options.clock.clearTimeout(this.#awayTimer);
    this.#awayTimer = undefined;
  }
}
