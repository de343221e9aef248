import type { UpdateStatus } from "#contract/desktop/updates.ts";
import { AppError } from "#contract/problem.ts";
import type { Log } from "../log/log.ts";
import type { Policies } from "../policy/policies.ts";
import { failureReason } from "./update-failure.ts";
import type { UpdateMemory } from "./update-memory.ts";
import type { UpdatePlan } from "./update-plan.ts";
import { UpdateReminder } from "./update-reminder.ts";
import type { FoundUpdate, Updater } from "./updater.ts";

export type PlanInForce = Extract<UpdatePlan, { isOn: true }>;

export interface UpdateServiceOptions {
  readPlan: () => Promise<UpdatePlan>;
  policies: Pick<Policies, "subscribe">;
  /** Only called when updates are on: the library's getter already makes an updater. */
  createUpdater: (plan: PlanInForce) => Promise<Updater>;
  memory: UpdateMemory;
  onChange: (status: UpdateStatus) => void;
  /** Says that an update is ready, at most once a day. */
  tell: (version: string) => void;
  /** Ends everything that has to be ended before a program is replaced. False: the person changed their mind. */
  beforeInstall: () => Promise<boolean>;
  onInstallFailed: (error: Error) => void;
  log: Log;
  now: () => number;
  random: () => number;
  intervalMs?: number;
}

type State = Omit<UpdateStatus, "lastCheckedAt" | "deferredUntil">;

const INTERVAL_MS = 6 * 3_600_000;
const DAY_MS = 86_400_000;
const LONGEST_DEFERRAL_MS = 7 * DAY_MS;

/**
 * Looks for an update at the start and about every six hours, and fetches it. Nothing is installed by itself, and without a
 * plan that is on there is no updater.
 */
export class UpdateService {
  readonly #options: UpdateServiceOptions;
  readonly #reminder: UpdateReminder;
  #state: State = { state: "idle" };
  #told = "";
  #plan: UpdatePlan | undefined;
  #updater: Updater | undefined;
  #round: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #starting: Promise<void> = Promise.resolve();
  #stopWatching: () => void = () => undefined;
  #isStopped = false;

  constructor(options: UpdateServiceOptions) {
    this.#options = options;
    this.#reminder = new UpdateReminder(options);
  }

  /** Resolves once it is known whether updates are on. */
  async start(): Promise<void> {
    this.#stopWatching = this.#options.policies.subscribe(() => {
      this.#starting = this.#starting.then(() => this.#begin());
    });
    this.#starting = this.#starting.then(() => this.#begin());
    await this.#starting;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#stopWatching();
    await this.#starting;
    await this.#end();
  }

  async status(): Promise<UpdateStatus> {
    const { lastCheckedAt, deferredUntil } = await this.#options.memory.read();
    const isDeferred = deferredUntil !== undefined && Date.parse(deferredUntil) > this.#options.now();
    return {
      ...this.#state,
      ...(lastCheckedAt === undefined ? {} : { lastCheckedAt }),
      ...(isDeferred ? { deferredUntil } : {}),
    };
  }

  /** Resolves when it is known whether there is an update; fetching it goes on. */
  async check(): Promise<UpdateStatus> {
    await this.#starting;
    await this.#look();
    return this.status();
  }

  /** Puts an update off: nothing is said of it until then. */
  async defer(until: string): Promise<UpdateStatus> {
    const { now, memory } = this.#options;
    const wait = Date.parse(until) - now();
    if (!(wait > 0 && wait <= LONGEST_DEFERRAL_MS)) {
      throw new AppError("badRequest", { title: "An update is put off by a week at most", pointer: "until" });
    }
    await memory.update((value) => ({ ...value, deferredUntil: until }));
    await this.#changed();
    return this.status();
  }

  async install(): Promise<null> {
    const { beforeInstall, onInstallFailed, log } = this.#options;
    const updater = this.#updater;
    if (this.#state.state !== "ready" || updater === undefined) {
      throw new AppError("conflict", { title: "No update is ready to be installed" });
    }
    try {
      await updater.confirm();
    } catch (error) {
      await this.#failed(error);
      throw new AppError("conflict", {
        title: "What was fetched is no longer what was checked",
        detail: error instanceof Error ? error.message : String(error),
      });
    }
    log.write("information", "an update is being installed", { version: this.#state.version });
    if (await beforeInstall()) updater.install(onInstallFailed);
    return null;
  }

  /** Makes the plan that is in force now the one that is carried out. */
  async #begin(): Promise<void> {
    if (this.#isStopped) return;
    const { readPlan, createUpdater, log } = this.#options;
    const plan = await readPlan();
    if (JSON.stringify(plan) === JSON.stringify(this.#plan)) return;
    await this.#end();
    this.#plan = plan;
    if (!plan.isOn) {
      log.write("information", `Updates are off: ${plan.detail}`);
      await this.#set({ state: "off", reason: plan.reason, detail: plan.detail });
      return;
    }
    this.#updater = await createUpdater(plan);
    await this.#set({ state: "idle" });
    void this.#look();
  }

  async #end(): Promise<void> {
    clearTimeout(this.#timer);
    this.#reminder.stop();
    const updater = this.#updater;
    this.#updater = undefined;
    await updater?.close();
  }

  #look(): Promise<void> {
    this.#round ??= this.#check().finally(() => {
      this.#round = undefined;
    });
    return this.#round;
  }

  async #check(): Promise<void> {
    const updater = this.#updater;
    if (updater === undefined || this.#plan?.isOn !== true || this.#state.state === "downloading") return;
    clearTimeout(this.#timer);
    const before = this.#state;
    await this.#set({ ...before, state: before.state === "ready" ? "ready" : "checking" });
    try {
      const found = await updater.check();
      if (this.#updater !== updater) return;
      await this.#checked();
      if (found === undefined) await this.#notUpdatable();
      else await this.#found(found, before, updater);
    } catch (error) {
      if (this.#updater === updater) await this.#failed(error);
    }
    this.#lookLater();
  }

  async #found(found: FoundUpdate | null, before: State, updater: Updater): Promise<void> {
    // Also when what was ready has been withdrawn since.
    if (found === null) return this.#set({ state: "idle" });
    if (before.state === "ready" && before.version === found.version) return this.#set(before);
    const dueAt = this.#dueAt(found);
    if (dueAt > this.#options.now()) {
      await this.#set({
        state: "idle",
        version: found.version,
        reason: "policy",
        dueAt: new Date(dueAt).toISOString(),
      });
      return;
    }
    this.#options.log.write("information", "an update is being fetched", { version: found.version });
    await this.#set({ state: "downloading", version: found.version, progress: 0 });
    void this.#fetch(found.version, updater);
  }

  #dueAt({ releasedAt }: FoundUpdate): number {
    const days = this.#plan?.isOn === true ? this.#plan.deferralDays : 0;
    return days === 0 ? 0 : Date.parse(releasedAt) + days * DAY_MS;
  }

  async #fetch(version: string, updater: Updater): Promise<void> {
    try {
      await updater.download((share) => this.#progressed(version, share));
      if (this.#updater !== updater) return;
      this.#options.log.write("information", "an update is ready to be installed", { version });
      await this.#set({ state: "ready", version });
    } catch (error) {
      if (this.#updater === updater) await this.#failed(error);
    }
  }

  /** Each whole per cent is news. */
  #progressed(version: string, share: number): void {
    const progress = Math.floor(Math.min(Math.max(share, 0), 1) * 100) / 100;
    if (this.#state.state !== "downloading" || this.#state.progress === progress) return;
    void this.#set({ state: "downloading", version, progress });
  }

  async #notUpdatable(): Promise<void> {
    await this.#end();
    const detail = "This installation cannot replace itself.";
    await this.#set({ state: "off", reason: "package", detail });
  }

  async #failed(error: unknown): Promise<void> {
    const detail = error instanceof Error ? error.message : String(error);
    const reason = failureReason(error);
    this.#options.log.write("warning", `the update failed: ${detail}`, { reason });
    await this.#set({ state: "failed", reason, detail: detail.slice(0, 2000) });
  }

  async #checked(): Promise<void> {
    const lastCheckedAt = new Date(this.#options.now()).toISOString();
    await this.#options.memory.update((value) => ({ ...value, lastCheckedAt }));
  }

  async #set(state: State): Promise<void> {
    this.#state = state;
    await this.#changed();
  }

  async #changed(): Promise<void> {
    const status = await this.status();
    const told = JSON.stringify(status);
    if (told !== this.#told) this.#options.onChange(status);
    this.#told = told;
    await this.#reminder.consider(status);
  }

  /** A tenth more or less: machines started together in the morning do not all come together later. */
  #lookLater(): void {
    const { intervalMs = INTERVAL_MS, random } = this.#options;
    if (this.#isStopped || this.#updater === undefined) return;
    this.#timer = setTimeout(() => void this.#look(), intervalMs * (0.9 + 0.2 * random()));
  }
}
