import type { DriveEntry, DrivePath, DriveQuota } from "#contract/drives.ts";
import { DEADLINES, withDeadlines, type DeadlineLimits } from "../deadlines.ts";
import { DriveError } from "../drive-error.ts";
import { unreachable } from "../drive-link.ts";
import type {
  Drive,
  DriveCall,
  DriveCapabilities,
  DriveContent,
  NewContent,
  PlaceOptions,
  ReadOptions,
} from "../drive.ts";
import { Conversation } from "./conversation.ts";
import {
  isFromProcess,
  type DriveChild,
  type SimpleCall,
  type StartDriveProcess,
  type ToProcess,
} from "./messages.ts";

/** So many that hang are enough: no further one is begun until one of them is let go by the kernel. */
const MOST_LEFT_BEHIND = 3;

/** A folder whose system calls may never come back: in a process of its own, with deadlines. */
export function openInProcess(
  folder: string,
  start: StartDriveProcess,
  limits: DeadlineLimits = DEADLINES,
): Drive {
  const drive = new ProcessDrive(folder, start);
  return withDeadlines(drive, limits, () => drive.abandon());
}

/** What is known beforehand of an answer is its shape: the process is this same program. */
type Answers = {
  capabilities: DriveCapabilities;
  stat: DriveEntry;
  makeFolder: DriveEntry;
  move: DriveEntry;
  copy: DriveEntry;
  remove: void;
  quota: DriveQuota;
};

class ProcessDrive implements Drive {
  readonly #folder: string;
  readonly #start: StartDriveProcess;
  readonly #conversations = new Map<number, Conversation>();
  readonly #leftBehind = new Set<DriveChild>();
  #child: DriveChild | undefined;
  #nextId = 1;
  #isClosed = false;

  constructor(folder: string, start: StartDriveProcess) {
    this.#folder = folder;
    this.#start = start;
  }

  capabilities(call: DriveCall): Promise<DriveCapabilities> {
    return this.#ask("capabilities", [], call);
  }

  stat(path: DrivePath, call: DriveCall): Promise<DriveEntry> {
    return this.#ask("stat", [path], call);
  }

  makeFolder(path: DrivePath, call: DriveCall): Promise<DriveEntry> {
    return this.#ask("makeFolder", [path], call);
  }

  move(from: DrivePath, to: DrivePath, options: PlaceOptions, call: DriveCall): Promise<DriveEntry> {
    return this.#ask("move", [from, to, options], call);
  }

  copy(from: DrivePath, to: DrivePath, options: PlaceOptions, call: DriveCall): Promise<DriveEntry> {
    return this.#ask("copy", [from, to, options], call);
  }

  remove(path: DrivePath, options: { ifVersion?: string }, call: DriveCall): Promise<void> {
    return this.#ask("remove", [path, options], call);
  }

  quota(call: DriveCall): Promise<DriveQuota> {
    return this.#ask("quota", [], call);
  }

  async *list(path: DrivePath, call: DriveCall): AsyncGenerator<DriveEntry> {
    const talk = this.#begin(call, (id) => ({ kind: "list", id, path }));
    try {
      for (;;) {
        const message = await talk.next();
        if (message.kind !== "entries") return;
        // The next ones are looked for while these are used.
        talk.send({ kind: "more", id: talk.id });
        yield* message.entries;
      }
    } finally {
      talk.end();
    }
  }

  async read(path: DrivePath, wanted: ReadOptions, call: DriveCall): Promise<DriveContent> {
    const talk = this.#begin(call, (id) => ({ kind: "read", id, path, wanted }));
    try {
      const message = await talk.next();
      if (message.kind !== "value") throw unreachable();
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made by this program's own DriveServer
      const content = message.value as Omit<DriveContent, "stream">;
      return { ...content, stream: contentOf(talk) };
    } catch (error) {
      talk.end();
      throw error;
    }
  }

  async write(path: DrivePath, { stream, ...content }: NewContent, call: DriveCall): Promise<DriveEntry> {
    const talk = this.#begin(call, (id) => ({ kind: "write", id, path, content }));
    const reader = stream.getReader();
    // A body that never comes must not keep what was given up from ending.
    const stop = (): void => void reader.cancel().catch(() => undefined);
    call.signal.addEventListener("abort", stop, { once: true });
    try {
      for (;;) {
        const message = await talk.next();
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made by this program's own DriveServer
        if (message.kind === "value") return message.value as DriveEntry;
        const { done, value } = await reader.read();
        if (!call.signal.aborted) talk.send({ kind: "bytes", id: talk.id, bytes: done ? null : value });
      }
    } finally {
      call.signal.removeEventListener("abort", stop);
      talk.end();
      stop();
    }
  }

  lock(): Promise<never> {
    return Promise.reject(unsupported());
  }

  refresh(): Promise<never> {
    return Promise.reject(unsupported());
  }

  unlock(): Promise<never> {
    return Promise.reject(unsupported());
  }

  // oxlint-disable-next-line require-yield -- the port gives an iterable, this drive has none to give
  async *changes(): AsyncGenerator<never> {
    throw unsupported();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#leave(closed());
  }

  /** It hangs: whoever waits hears so, and the next call begins another process. */
  abandon(): void {
    this.#leave(unreachable());
  }

  #leave(error: DriveError): void {
    const child = this.#child;
    this.#child = undefined;
    if (child !== undefined) {
      this.#leftBehind.add(child);
      child.kill();
    }
    for (const conversation of this.#conversations.values()) conversation.fail(error);
  }

  async #ask<C extends SimpleCall>(name: C, args: readonly unknown[], call: DriveCall): Promise<Answers[C]> {
    const talk = this.#begin(call, (id) => ({ kind: "call", id, call: name, args }));
    try {
      const message = await talk.next();
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made by this program's own DriveServer
      if (message.kind === "value") return message.value as Answers[C];
      throw unreachable();
    } finally {
      talk.end();
    }
  }

  /** @throws DriveError unreachable, cancelled */
  #begin({ signal }: DriveCall, first: (id: number) => ToProcess): Talk {
    if (this.#isClosed || signal.aborted) throw closed();
    const child = (this.#child ??= this.#startChild());
    const id = this.#nextId++;
    const conversation = new Conversation();
    this.#conversations.set(id, conversation);
    const onAbort = (): void => child.send({ kind: "cancel", id });
    signal.addEventListener("abort", onAbort, { once: true });
    child.send(first(id));
    return {
      id,
      send: child.send,
      next: () => conversation.next(),
      end: () => {
        signal.removeEventListener("abort", onAbort);
        if (this.#conversations.delete(id)) child.send({ kind: "cancel", id });
      },
    };
  }

  #startChild(): DriveChild {
    if (this.#leftBehind.size >= MOST_LEFT_BEHIND) throw unreachable();
    const child = this.#start(this.#folder);
    child.onMessage((message) => {
      if (isFromProcess(message)) this.#conversations.get(message.id)?.take(message);
    });
    child.onExit(() => {
      this.#leftBehind.delete(child);
      if (this.#child === child) this.#leave(unreachable());
      this.#leftBehind.delete(child);
    });
    return child;
  }
}

interface Talk {
  id: number;
  send: (message: ToProcess) => void;
  next: Conversation["next"];
  end: () => void;
}

function contentOf(talk: Talk): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          talk.send({ kind: "more", id: talk.id });
          const message = await talk.next();
          if (message.kind === "bytes") return controller.enqueue(message.bytes);
          talk.end();
          controller.close();
        } catch (error) {
          talk.end();
          controller.error(error);
        }
      },
      cancel: () => talk.end(),
    },
    { highWaterMark: 0 },
  );
}

function closed(): DriveError {
  return new DriveError("cancelled", { title: "The call was given up" });
}

function unsupported(): DriveError {
  return new DriveError("unsupported", { title: "A mounted folder has no locks and no news of its own" });
}
