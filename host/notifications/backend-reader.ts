import type { AccountId } from "#contract/bridge.ts";
import { gatewayPath } from "#contract/bridge.ts";
import { envelopeSchema, type Envelope } from "#contract/envelope.ts";
import { messageSchema, type Message } from "#contract/entities/message.ts";
import { AppError } from "#contract/problem.ts";
import type { Scope } from "#contract/scope.ts";
import { syncMarkSchema } from "#contract/sync.ts";
import type { Gateway } from "../gateway/gateway.ts";

/** The origin is not looked at by the gateway. */
const ORIGIN = "http://host.invalid";

export interface BackendCall {
  path: string;
  headers?: Record<string, string>;
  signal: AbortSignal;
}

/** Reads of one account through the gateway, line by line: nothing is kept but what is asked for. */
export class BackendReader {
  readonly #gateway: Gateway;
  readonly #accountId: AccountId;

  constructor(gateway: Gateway, accountId: AccountId) {
    this.#gateway = gateway;
    this.#accountId = accountId;
  }

  /** @throws AppError what the gateway or the backend refuses with */
  async get({ path, headers = {}, signal }: BackendCall): Promise<ReadableStream<Uint8Array>> {
    const url = `${ORIGIN}${gatewayPath(this.#accountId)}${path}`;
    const response = await this.#gateway.handle(new Request(url, { headers, signal }));
    if (response.ok && response.body !== null) return response.body;
    await response.body?.cancel();
    const kind = response.status === 401 ? "signInRequired" : "unavailable";
    throw new AppError(kind, { title: `The workplace answered ${response.status}` });
  }

  /** The rows of a scope without its timeline, until `take` returns false. */
  async rows(scope: Scope, signal: AbortSignal, take: (row: Envelope) => boolean): Promise<void> {
    let cursor = "";
    for (;;) {
      const query = new URLSearchParams({ scope, timeline: "0", ...(cursor === "" ? {} : { cursor }) });
      let isEnd = true;
      for await (const line of lines(await this.get({ path: `/v1/sync?${query.toString()}`, signal }))) {
        const row = envelopeSchema.safeParse(line);
        if (row.success && !take(row.data)) return;
        const mark = syncMarkSchema.safeParse(line).data?.mark;
        if (mark === undefined) continue;
        cursor = mark.cursor;
        isEnd = mark.isEnd === true;
      }
      if (isEnd) return;
    }
  }

  /** One of the latest messages of a conversation or thread. */
  async message(of: MessagePlace, signal: AbortSignal): Promise<Message | undefined> {
    const { scope, conversationId, threadId, messageId } = of;
    const query = new URLSearchParams({ scope, conversationId, limit: "20" });
    if (threadId !== undefined) query.set("threadId", threadId);
    for await (const line of lines(
      await this.get({ path: `/v1/history/message?${query.toString()}`, signal }),
    )) {
      const row = envelopeSchema.safeParse(line).data;
      if (row?.id !== messageId || row.collection !== "message") continue;
      const message = messageSchema.safeParse(row.data);
      if (message.success) return message.data;
    }
    return undefined;
  }
}

export interface MessagePlace {
  scope: Scope;
  conversationId: string;
  threadId: string | undefined;
  messageId: string;
}

/** JSON lines; leaving the loop ends the call. */
async function* lines(body: ReadableStream<Uint8Array>): AsyncGenerator {
  let rest = "";
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) if (part.trim() !== "") yield parseJson(part);
  }
  if (rest.trim() !== "") yield parseJson(rest);
}

/** A line that is not JSON fits no schema. */
function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
