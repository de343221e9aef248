import type { PersonId } from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import { frame } from "./frames.ts";

/** Bytes that may wait for one reader. Beyond it the reader is cut off: it comes back and catches up by sync. */
export const QUEUE_BYTES = 4 * 1024 * 1024;

export interface ConnectionOwner {
  personId: PersonId;
  sessionId: string;
  /** False for a machine that only waits for news: it does not make its person present. */
  isPresent: boolean;
}

/** One open events stream. */
export class Connection {
  readonly personId: PersonId;
  readonly sessionId: string;
  readonly isPresent: boolean;
  readonly scopes = new Set<Scope>();
  /** False until its first frame: live frames wait in the recent events until then. */
  isReady = false;
  onDidClose: (() => void) | undefined;
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
  #controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>> | undefined;
  readonly #leave: (connection: Connection) => void;

  constructor(owner: ConnectionOwner, leave: (connection: Connection) => void) {
    this.personId = owner.personId;
    this.sessionId = owner.sessionId;
    this.isPresent = owner.isPresent;
    this.#leave = leave;
    this.body = new ReadableStream<Uint8Array<ArrayBuffer>>(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        cancel: () => this.#closed(),
      },
      { highWaterMark: QUEUE_BYTES, size: (chunk) => chunk.byteLength },
    );
  }

  get isClosed(): boolean {
    return this.#controller === undefined;
  }

  send(bytes: Uint8Array<ArrayBuffer>): void {
    const controller = this.#controller;
    if (controller === undefined) return;
    if ((controller.desiredSize ?? 0) < bytes.byteLength && controller.desiredSize !== QUEUE_BYTES) {
      this.drop("the reader is too slow");
      return;
    }
    controller.enqueue(bytes);
  }

  /** Ends in order: what waits is still delivered. */
  close(): void {
    this.#controller?.close();
    this.#closed();
  }

  /** Ends at once; what waits is let go. */
  drop(reason: string): void {
    this.#controller?.error(new Error(reason));
    this.#closed();
  }

  signOut(): void {
    this.send(new TextEncoder().encode(frame("signedOut", {})));
    if (this.#controller !== undefined) this.close();
  }

  #closed(): void {
    if (this.#controller === undefined) return;
    this.#controller = undefined;
    this.#leave(this);
    this.onDidClose?.();
  }
}
