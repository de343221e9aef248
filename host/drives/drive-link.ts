import { TOP, type DriveInfo } from "#contract/drives.ts";
import { AppError } from "#contract/problem.ts";
import { toIsoTime } from "#contract/time.ts";
import { stackOf } from "../log/crash-log.ts";
import type { Log } from "../log/log.ts";
import { DriveError } from "./drive-error.ts";
import type { Drive, DriveCapabilities } from "./drive.ts";
import type { DriveAccess, DriveDefinition, OpenDrive } from "./open-drive.ts";

export interface LinkOptions {
  definition: DriveDefinition;
  open: OpenDrive;
  /** Of the secret store. @throws AppError locked */
  password: () => Promise<string | null>;
  onChange: () => void;
  log: Log;
  now: () => number;
  random: () => number;
  limits: LinkLimits;
}

export interface LinkLimits {
  /** Until a drive that says nothing counts as unreachable. */
  reachMs: number;
  /** First wait before another try; it doubles up to `lastRetryMs`. */
  firstRetryMs: number;
  lastRetryMs: number;
  /** A person's click tries again, but not more often than this. */
  againMs: number;
}

export const LINK_LIMITS: LinkLimits = {
  reachMs: 30_000,
  firstRetryMs: 5000,
  lastRetryMs: 600_000,
  againMs: 3000,
};

type Standing = Pick<DriveInfo, "state" | "since" | "problem" | "canWrite" | "canLock" | "quota">;

/** One drive and how it stands: opened, tried again after growing waits, let go of. */
export class DriveLink {
  definition: DriveDefinition;
  readonly #options: LinkOptions;
  #standing: Standing;
  #drive: Drive | undefined;
  #capabilities: DriveCapabilities | undefined;
  #connecting: Promise<void> | undefined;
  #ending = new AbortController();
  #retry: NodeJS.Timeout | undefined;
  #tries = 0;
  #triedAt = 0;

  constructor(options: LinkOptions, isDisconnected: boolean) {
    this.definition = options.definition;
    this.#options = options;
    this.#standing = {
      state: isDisconnected ? "disconnected" : "connecting",
      since: toIsoTime(options.now()),
      problem: null,
      canWrite: null,
      canLock: null,
      quota: null,
    };
  }

  get standing(): Standing {
    return this.#standing;
  }

  /** What it can do, as far as is known. */
  get capabilities(): DriveCapabilities | undefined {
    return this.#capabilities;
  }

  /** Tries now, once for all who ask; how it went is in `standing`. */
  connect(): Promise<void> {
    this.#connecting ??= this.#connect().finally(() => {
      this.#connecting = undefined;
    });
    return this.#connecting;
  }

  /** Tries with these, and goes over to them if they were accepted. @throws DriveError, AppError what stood in the way */
  async connectWith(access: DriveAccess): Promise<void> {
    await this.#connecting;
    const drive = await this.#options.open(this.definition, access);
    try {
      await this.#reach(drive);
    } catch (error) {
      await drive.close();
      if (error instanceof DriveError && isAboutPassword(error))
        this.#set({ state: "needsPassword", problem: error.problem });
      throw error;
    }
    if (this.#drive !== drive) await this.#drive?.close();
    this.#arrived(drive);
  }

  /** Takes over a drive that was reached already. */
  adopt(drive: Drive, capabilities: DriveCapabilities, quota: Standing["quota"]): void {
    this.#capabilities = capabilities;
    this.#standing = { ...this.#standing, quota };
    this.#arrived(drive);
  }

  /** Only where it is not connected, and not by choice. */
  async retry(): Promise<void> {
    const { state } = this.#standing;
    if (state === "connected" || state === "disconnected") return;
    this.#tries = 0;
    await this.connect();
  }

  async disconnect(): Promise<void> {
    await this.close();
    this.#ending = new AbortController();
    this.#set({ state: "disconnected", problem: null });
  }

  /** What is under way ends with `cancelled`. */
  async close(): Promise<void> {
    clearTimeout(this.#retry);
    this.#ending.abort();
    await this.#connecting;
    const drive = this.#drive;
    this.#drive = undefined;
    await drive?.close();
  }

  /**
   * One call of the drive. One that was out of reach is tried anew first; what a failure says of the drive is kept.
   * @throws DriveError
   */
  async use<T>(signal: AbortSignal, run: (drive: Drive, signal: AbortSignal) => Promise<T>): Promise<T> {
    const drive = await this.#reached(signal);
    const both = AbortSignal.any([signal, this.#ending.signal]);
    try {
      return await run(drive, both);
    } catch (error) {
      this.#learn(error);
      throw error;
    }
  }

  async #reached(signal: AbortSignal): Promise<Drive> {
    if (this.#standing.state === "disconnected")
      throw new DriveError("unreachable", { title: "This drive is disconnected" });
    if (this.#drive !== undefined && this.#standing.state === "connected") return this.#drive;
    const isFresh = this.#options.now() - this.#triedAt < this.#options.limits.againMs;
    if (this.#connecting !== undefined || !isFresh) await unlessAborted(this.connect(), signal);
    if (this.#drive !== undefined && this.#standing.state === "connected") return this.#drive;
    throw asError(this.#standing.problem);
  }

  async #connect(): Promise<void> {
    clearTimeout(this.#retry);
    const { definition, open, password } = this.#options;
    const before = this.#standing.state;
    this.#triedAt = this.#options.now();
    if (before === "disconnected") this.#set({ state: "connecting", problem: null });
    let drive: Drive | undefined;
    try {
      drive = await open(this.definition, {
        username: this.definition.username,
        password: await password(),
      });
      await this.#reach(drive);
      if (this.#drive !== drive) await this.#drive?.close();
      this.#arrived(drive);
    } catch (error) {
      await drive?.close();
      if (this.#ending.signal.aborted) return;
      if (!(error instanceof AppError))
        this.#options.log.write("error", "A drive failed", { drive: definition.id, stack: stackOf(error) });
      this.#failed(asAppError(error));
    }
  }

  /** Within its time, whatever the drive does. */
  async #reach(drive: Drive): Promise<void> {
    const signal = AbortSignal.any([this.#ending.signal, AbortSignal.timeout(this.#options.limits.reachMs)]);
    const reached = await unlessAborted(reachDrive(drive, signal), signal, unreachable);
    this.#capabilities = reached.capabilities;
    this.#standing = { ...this.#standing, quota: reached.quota };
  }

  #arrived(drive: Drive): void {
    this.#drive = drive;
    this.#tries = 0;
    clearTimeout(this.#retry);
    const { canWrite, canLock } = this.#capabilities ?? { canWrite: null, canLock: null };
    this.#set({ state: "connected", problem: null, canWrite, canLock });
  }

  #failed(error: AppError): void {
    const isPassword = error instanceof DriveError && isAboutPassword(error);
    this.#set({ state: isPassword ? "needsPassword" : "unreachable", problem: error.problem });
    // Nobody but a person gives a password.
    if (!isPassword) this.#retryLater();
  }

  /** A wait that doubles, of which a random part is left out: many machines do not come back at once. */
  #retryLater(): void {
    const { limits, random } = this.#options;
    const ms = Math.min(limits.lastRetryMs, limits.firstRetryMs * 2 ** this.#tries);
    this.#tries += 1;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.connect(), ms * (0.5 + random() / 2)).unref();
  }

  #learn(error: unknown): void {
    if (!(error instanceof DriveError) || this.#standing.state !== "connected") return;
    if (error.fault === "unreachable" || isAboutPassword(error)) this.#failed(error);
  }

  #set(change: Partial<Standing>): void {
    const next = { ...this.#standing, ...change };
    const isSameState = next.state === this.#standing.state;
    this.#standing = isSameState ? next : { ...next, since: toIsoTime(this.#options.now()) };
    this.#options.onChange();
  }
}

/** What is found out of a drive that is reached. @throws DriveError */
export async function reachDrive(
  drive: Drive,
  signal: AbortSignal,
): Promise<{ capabilities: DriveCapabilities; quota: Standing["quota"] }> {
  const capabilities = await drive.capabilities({ signal });
  const top = await drive.stat(TOP, { signal });
  if (top.kind !== "folder") throw new DriveError("notAFolder", { title: "This is a file, not a folder" });
  try {
    return { capabilities, quota: await drive.quota({ signal }) };
  } catch (error) {
    // Room is good to know, no more.
    if (error instanceof DriveError && error.fault !== "cancelled") return { capabilities, quota: null };
    throw error;
  }
}

export function unreachable(): DriveError {
  return new DriveError("unreachable", {
    title: "The drive does not answer",
    detail: "It said nothing in the time allowed. Parvis tries again by itself.",
  });
}

/** The first of the two: also where what is awaited does not look at the signal. */
export async function unlessAborted<T>(
  promise: Promise<T>,
  signal: AbortSignal,
  failure: () => Error = givenUp,
): Promise<T> {
  if (signal.aborted) {
    promise.catch(() => undefined);
    throw failure();
  }
  const aborted = Promise.withResolvers<never>();
  const onAbort = (): void => aborted.reject(failure());
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

function givenUp(): DriveError {
  return new DriveError("cancelled", { title: "The call was given up" });
}

function isAboutPassword({ fault }: DriveError): boolean {
  return fault === "needsPassword" || fault === "wrongPassword";
}

function asAppError(error: unknown): AppError {
  return error instanceof AppError ? error : new AppError("serverFault", { title: "Parvis has a fault" });
}

function asError(problem: DriveInfo["problem"]): AppError {
  if (problem === null) return unreachable();
  const { fault, title, detail } = problem;
  if (fault === undefined) return AppError.from(problem);
  return new DriveError(fault, { title, ...(detail === undefined ? {} : { detail }) });
}
