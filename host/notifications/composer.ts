import type { Envelope } from "#contract/envelope.ts";
import { messageSchema, type Message } from "#contract/entities/message.ts";
import type { Notification, NotificationKind } from "#contract/entities/notification.ts";
import { personSchema } from "#contract/entities/person.ts";
import { spaceSchema } from "#contract/entities/space.ts";
import { AppError } from "#contract/problem.ts";
import { DIRECTORY, parseScope } from "#contract/scope.ts";
import type { BackendReader } from "./backend-reader.ts";
import { mentionedIn, oneLine, toPlainText } from "./plain-text.ts";
import { Recent } from "./recent.ts";
import type { Wording } from "./wording.ts";

const NAMES_KEPT = 200;
const MESSAGES_KEPT = 50;

/** The text as far as it is shown. */
interface Said {
  body: string;
  attachment: string | undefined;
}

export interface Composed {
  title: string;
  body: string;
}

/**
 * Who and what of an account's notifications. Names and texts that came by are kept in small numbers; what is missing is
 * asked of the workplace, and without an answer the notice says less.
 */
export class Composer {
  readonly #reader: BackendReader;
  readonly #signal: AbortSignal;
  readonly #names = new Recent<string, string>(NAMES_KEPT);
  readonly #said = new Recent<string, Said>(MESSAGES_KEPT);

  constructor(reader: BackendReader, signal: AbortSignal) {
    this.#reader = reader;
    this.#signal = signal;
  }

  /** Remembers what a live change tells. */
  note(row: Envelope): void {
    if (row.op !== "put") return;
    if (row.collection === "person") {
      const person = personSchema.safeParse(row.data).data;
      if (person !== undefined) this.#names.set(person.id, person.displayName);
    } else if (row.collection === "message") {
      const message = messageSchema.safeParse(row.data).data;
      if (message !== undefined) this.#said.set(message.id, saidBy(message));
    }
  }

  async compose(notifications: readonly Notification[], wording: Wording): Promise<Composed[]> {
    const said = await Promise.all(notifications.map((one) => this.#saidIn(one)));
    await this.#learnNames([
      ...notifications.flatMap((one) => one.actorId ?? []),
      ...said.flatMap((one) => mentionedIn(one?.body ?? "")),
    ]);
    return Promise.all(
      notifications.map(async (one, index) => ({
        title: oneLine(this.#nameOf(one.actorId) ?? wording.someone),
        body: await this.#bodyOf(one, said[index], wording),
      })),
    );
  }

  async #bodyOf(notification: Notification, said: Said | undefined, wording: Wording): Promise<string> {
    const { kind } = notification;
    if (kind === "invitation") return this.#invitation(notification, wording);
    if (!isOfMessage(kind)) return told(wording.kinds[kind], notification.excerpt);
    const text = toPlainText(said?.body ?? "", (personId) =>
      personId === undefined ? wording.everyone : `@${this.#nameOf(personId) ?? wording.someone}`,
    );
    if (text !== "") return text;
    if (said === undefined && notification.excerpt !== undefined) return oneLine(notification.excerpt);
    return said?.attachment === undefined ? wording.newMessage : oneLine(wording.attachment(said.attachment));
  }

  async #invitation({ scope }: Notification, wording: Wording): Promise<string> {
    if (parseScope(scope).kind !== "space") return wording.addedToConversation;
    let name: string | undefined;
    await this.#tried(() =>
      this.#reader.rows(scope, this.#signal, (row) => {
        if (row.collection === "space") name = spaceSchema.safeParse(row.data).data?.name;
        return name === undefined;
      }),
    );
    return name === undefined ? wording.newInvitation : oneLine(wording.addedToSpace(name));
  }

  async #saidIn({ scope, conversationId, threadId, messageId }: Notification): Promise<Said | undefined> {
    if (conversationId === undefined || messageId === undefined) return undefined;
    const known = this.#said.get(messageId);
    if (known !== undefined) return known;
    const message = await this.#tried(() =>
      this.#reader.message({ scope, conversationId, threadId, messageId }, this.#signal),
    );
    return message === undefined ? undefined : saidBy(message);
  }

  #nameOf(personId: string | undefined): string | undefined {
    return personId === undefined ? undefined : this.#names.get(personId);
  }

  /** The directory is read only as far as the last of the people asked for. */
  async #learnNames(personIds: readonly string[]): Promise<void> {
    const missing = new Set(personIds.filter((id) => this.#names.get(id) === undefined));
    if (missing.size === 0) return;
    await this.#tried(() =>
      this.#reader.rows(DIRECTORY, this.#signal, (row) => {
        if (row.collection === "person" && missing.delete(row.id)) this.note(row);
        return missing.size > 0;
      }),
    );
  }

  async #tried<T>(read: () => Promise<T>): Promise<T | undefined> {
    try {
      return await read();
    } catch (error) {
      // Out of reach just now: what is known is shown.
      if (error instanceof AppError) return undefined;
      throw error;
    }
  }
}

/** Whether the notice shows a message's own words. */
export function isOfMessage(kind: NotificationKind): kind is "mention" | "direct" | "reply" | "comment" {
  return kind === "mention" || kind === "direct" || kind === "reply" || kind === "comment";
}

/** « Demande à rejoindre la communauté : Voirie » */
function told(what: string, excerpt: string | undefined): string {
  return excerpt === undefined || excerpt === "" ? what : oneLine(`${what}\n${excerpt}`);
}

function saidBy(message: Message): Said {
  return { body: message.body.slice(0, 2000), attachment: message.attachments?.[0]?.name };
}
