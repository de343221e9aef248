import type { ConversationId, MessageId, PersonId } from "#contract/ids.ts";
import type { Clock } from "./clock.ts";
import type { Changes } from "./entry.ts";

/** Pseudo-stream of who is writing; its keys are conversation ids. */
export const TYPING_STREAM = "*/typing";

/** Whoever stops without a word is forgotten after this. */
const FORGOTTEN_AFTER_MS = 6000;

export interface TypingSignal {
  conversationId: ConversationId;
  threadId?: MessageId | undefined;
  personId: PersonId;
  isTyping: boolean;
}

interface Writer {
  signal: TypingSignal;
  timer: number;
}

/** Who else is writing at this moment. In memory alone: it is worth nothing a moment later. */
export class Typing {
  readonly #clock: Clock;
  readonly #onChange: (changes: Changes) => void;
  readonly #writers = new Map<string, Writer>();

  constructor(clock: Clock, onChange: (changes: Changes) => void) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  note(signal: TypingSignal): void {
    const name = nameOf(signal);
    const before = this.#writers.get(name);
    if (before !== undefined) this.#clock.clearTimeout(before.timer);
    if (!signal.isTyping) {
      if (this.#writers.delete(name)) this.#changed(signal);
      return;
    }
    const timer = this.#clock.setTimeout(() => {
      this.#writers.delete(name);
      this.#changed(signal);
    }, FORGOTTEN_AFTER_MS);
    this.#writers.set(name, { signal, timer });
    if (before === undefined) this.#changed(signal);
  }

  /** In the order in which they began. */
  people(conversationId: ConversationId, threadId: MessageId | undefined): PersonId[] {
    return [...this.#writers.values()]
      .filter(({ signal }) => signal.conversationId === conversationId && signal.threadId === threadId)
      .map(({ signal }) => signal.personId);
  }

  clear(): void {
    for (const { timer } of this.#writers.values()) this.#clock.clearTimeout(timer);
    this.#writers.clear();
  }

  #changed({ conversationId }: TypingSignal): void {
    this.#onChange(new Map([[TYPING_STREAM, new Set([conversationId])]]));
  }
}

function nameOf({ conversationId, threadId, personId }: TypingSignal): string {
  return [conversationId, threadId ?? "", personId].join("~");
}
