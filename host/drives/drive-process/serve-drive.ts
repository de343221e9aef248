import { drivePathSchema, type DriveEntry } from "#contract/drives.ts";
import { DriveError } from "../drive-error.ts";
import type { Drive, DriveCall, NewContent, PlaceOptions, ReadOptions } from "../drive.ts";
import { isToProcess, type FromProcess, type ToProcess } from "./messages.ts";

const FIRST_ENTRIES = 64;
const MORE_ENTRIES = 512;
/** Entries that come slowly are not kept back. */
const FLUSH_MS = 100;

type Send = (message: FromProcess) => void;
type Of<K extends ToProcess["kind"]> = Extract<ToProcess, { kind: K }>;

/** The other side of the way: does with a drive what is asked for. */
export class DriveServer {
  readonly #drive: Drive;
  readonly #send: Send;
  readonly #calls = new Map<number, Running>();

  constructor(drive: Drive, send: Send) {
    this.#drive = drive;
    this.#send = send;
  }

  take(message: unknown): void {
    if (!isToProcess(message)) return;
    const { id } = message;
    if (message.kind === "cancel") this.#calls.get(id)?.abort.abort();
    else if (message.kind === "more") this.#calls.get(id)?.go();
    else if (message.kind === "bytes") this.#calls.get(id)?.go(message.bytes);
    else void this.#run(message);
  }

  async #run(message: Of<"call" | "list" | "read" | "write">): Promise<void> {
    const { id } = message;
    const running = new Running();
    this.#calls.set(id, running);
    try {
      if (message.kind === "list") await this.#list(message, running);
      else if (message.kind === "read") await this.#read(message, running);
      else {
        const value =
          message.kind === "call" ? await this.#call(message, running) : await this.#write(message, running);
        this.#send({ kind: "value", id, value });
      }
    } catch (error) {
      this.#send({ kind: "failed", id, ...told(error) });
    } finally {
      this.#calls.delete(id);
    }
  }

  #call({ call, args }: Of<"call">, running: DriveCall): Promise<unknown> {
    const drive = this.#drive;
    const [first, second] = args;
    const own = { signal: running.signal };
    if (call === "capabilities") return drive.capabilities(own);
    if (call === "quota") return drive.quota(own);
    const path = drivePathSchema.parse(first);
    if (call === "stat") return drive.stat(path, own);
    if (call === "makeFolder") return drive.makeFolder(path, own);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- sent by this program's own ProcessDrive
    if (call === "remove") return drive.remove(path, second as { ifVersion?: string }, own);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same
    return drive[call](path, drivePathSchema.parse(second), args[2] as PlaceOptions, own);
  }

  async #list({ id, path }: Of<"list">, running: Running): Promise<void> {
    let entries: DriveEntry[] = [];
    let most = FIRST_ENTRIES;
    let sentAt = performance.now();
    for await (const entry of this.#drive.list(drivePathSchema.parse(path), { signal: running.signal })) {
      entries.push(entry);
      if (entries.length < most && performance.now() - sentAt < FLUSH_MS) continue;
      this.#send({ kind: "entries", id, entries });
      entries = [];
      most = MORE_ENTRIES;
      await running.going();
      sentAt = performance.now();
    }
    if (entries.length > 0) this.#send({ kind: "entries", id, entries });
    this.#send({ kind: "end", id });
  }

  async #read({ id, path, wanted }: Of<"read">, running: Running): Promise<void> {
    const content = await this.#drive.read(
      drivePathSchema.parse(path),
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- sent by this program's own ProcessDrive
      wanted as ReadOptions,
      { signal: running.signal },
    );
    const { stream, ...value } = content;
    const reader = stream.getReader();
    try {
      this.#send({ kind: "value", id, value });
      for (;;) {
        await running.going();
        const { done, value: bytes } = await reader.read();
        if (done) break;
        this.#send({ kind: "bytes", id, bytes });
      }
      this.#send({ kind: "end", id });
    } finally {
      await reader.cancel().catch(() => undefined);
    }
  }

  #write({ id, path, content }: Of<"write">, running: Running): Promise<DriveEntry> {
    const stream = new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          this.#send({ kind: "wanted", id });
          const bytes = await running.going();
          if (bytes === null || bytes === undefined) controller.close();
          else controller.enqueue(bytes);
        },
      },
      { highWaterMark: 0 },
    );
    return this.#drive.write(
      drivePathSchema.parse(path),
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- sent by this program's own ProcessDrive
      { ...(content as Omit<NewContent, "stream">), stream },
      { signal: running.signal },
    );
  }
}

/** A call under way, which goes on when it is told to. */
class Running {
  readonly abort = new AbortController();
  readonly #came: (Uint8Array | null | undefined)[] = [];
  #waiting: ((bytes: Uint8Array | null | undefined) => void) | undefined;

  get signal(): AbortSignal {
    return this.abort.signal;
  }

  go(bytes?: Uint8Array | null): void {
    if (this.#waiting === undefined) this.#came.push(bytes);
    else this.#waiting(bytes);
    this.#waiting = undefined;
  }

  /** @throws DriveError cancelled */
  async going(): Promise<Uint8Array | null | undefined> {
    if (this.#came.length > 0) return this.#came.shift();
    if (this.signal.aborted) throw givenUp();
    return new Promise((resolve, reject) => {
      const onAbort = (): void => reject(givenUp());
      this.signal.addEventListener("abort", onAbort, { once: true });
      this.#waiting = (bytes) => {
        this.signal.removeEventListener("abort", onAbort);
        resolve(bytes);
      };
    });
  }
}

function givenUp(): DriveError {
  return new DriveError("cancelled", { title: "The call was given up" });
}

function told(error: unknown): Omit<Extract<FromProcess, { kind: "failed" }>, "kind" | "id"> {
  if (!(error instanceof DriveError)) return { fault: null, title: String(error) };
  const { title, detail } = error.problem;
  return { fault: error.fault, title, ...(detail === undefined ? {} : { detail }) };
}
