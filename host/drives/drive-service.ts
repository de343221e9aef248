import { driveIdSchema, type DriveId, type DriveInfo, type newDriveSchema } from "#contract/drives.ts";
import type { AccountId } from "#contract/account.ts";
import { createId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import type { Scope } from "#contract/scope.ts";
import type { z } from "zod";
import type { AccountService } from "../accounts/account-service.ts";
import type { HostEvents } from "../events.ts";
import type { JsonFile } from "../files/json-file.ts";
import type { LockService } from "../lock/lock-service.ts";
import type { Log } from "../log/log.ts";
import type { Scrubber } from "../log/scrub.ts";
import type { Policies } from "../policy/policies.ts";
import type { SecretStore } from "../secrets/secret-store.ts";
import { parseDriveAddress, type AddressRules } from "./drive-address.ts";
import { DriveError } from "./drive-error.ts";
import {
  DriveLink,
  LINK_LIMITS,
  reachDrive,
  unlessAborted,
  unreachable,
  type LinkLimits,
} from "./drive-link.ts";
import { addedDrive, addressKey, libraryDrive, wantedDrives } from "./drive-sources.ts";
import { createDrivesFile, emptyDrives, type DriveChoice, type DrivesContent } from "./drives-file.ts";
import { DrivePasswords } from "./drive-passwords.ts";
import type { FoundMount } from "./found-mounts.ts";
import type { DriveAccess, DriveDefinition, OpenDrive } from "./open-drive.ts";

export interface DriveServiceOptions {
  dataDir: string;
  secrets: SecretStore;
  policies: Policies;
  events: HostEvents;
  accounts: Pick<AccountService, "list" | "serverUrl">;
  lock: Pick<LockService, "isLocked">;
  log: Log;
  scrubber: Pick<Scrubber, "learn">;
  onNotice: (message: string) => void;
  now: () => number;
  random: () => number;
  open: OpenDrive;
  limits?: Partial<LinkLimits>;
}

type NewDrive = z.infer<typeof newDriveSchema>;

/** What is known of a drive besides how it stands. */
export interface DriveFacts {
  indexOf: (id: DriveId) => DriveInfo["index"];
  /** Everything that is kept of a drive goes. */
  forget: (id: DriveId) => Promise<void>;
  setIndexed: (id: DriveId, isIndexed: boolean) => Promise<void>;
}

/** All drives of this profile: whoever gave them, how each stands, and what opens them. */
export class DriveService {
  readonly #options: DriveServiceOptions;
  readonly #file: JsonFile<DrivesContent>;
  readonly #passwords: DrivePasswords;
  readonly #links = new Map<DriveId, DriveLink>();
  readonly #stops: (() => void)[] = [];
  readonly #facts = new Set<DriveFacts>();
  #content: DrivesContent;
  #isTelling = false;
  #isStarted = false;

  private constructor(options: DriveServiceOptions, file: JsonFile<DrivesContent>, content: DrivesContent) {
    this.#options = { ...options, log: options.log.of("drives") };
    this.#passwords = new DrivePasswords(options);
    this.#file = file;
    this.#content = content;
  }

  static async open(options: DriveServiceOptions): Promise<DriveService> {
    const file = createDrivesFile(options.dataDir, options.onNotice);
    const service = new DriveService(options, file, await file.read());
    service.#arrange();
    return service;
  }

  /** Connects what is to be connected, and goes on trying. */
  start(): void {
    const { events, policies } = this.#options;
    this.#isStarted = true;
    this.#stops.push(
      policies.subscribe(() => this.#arrange()),
      events.subscribe((event) => {
        if (event.type === "accountsChanged") this.#arrange();
        if (event.type === "networkChanged" && event.isOnline) this.retryAll();
        if (event.type === "powerChanged" && event.state === "resume") this.retryAll();
        if (event.type === "secretsChanged" && !event.status.isLocked) this.retryAll();
        if (event.type === "lockChanged" && !event.status.isLocked) this.tell();
      }),
    );
    for (const link of this.#links.values()) connectInBackground(link);
  }

  async stop(): Promise<void> {
    for (const stop of this.#stops) stop();
    await Promise.all([...this.#links.values()].map((link) => link.close()));
  }

  /** Kept beside drives: an index, pins. */
  addFacts(facts: DriveFacts): void {
    this.#facts.add(facts);
  }

  list(): DriveInfo[] {
    return this.links()
      .filter(({ definition }) => definition.kind !== "library")
      .map((link) => this.info(link));
  }

  links(): DriveLink[] {
    return [...this.#links.values()];
  }

  /** @throws DriveError notFound */
  link(id: DriveId): DriveLink {
    const link = this.#links.get(id);
    if (link === undefined) throw new DriveError("notFound", { title: "There is no such drive" });
    return link;
  }

  get(id: DriveId): DriveInfo {
    return this.info(this.link(id));
  }

  /** Whether its names may be known without asking it; for those that nobody chose it for, by its kind. */
  isIndexed({ id, kind }: Pick<DriveDefinition, "id" | "kind">): boolean {
    if (this.#options.policies.get("DriveIndexing") === false) return false;
    // What a workplace has is found through its rows.
    return kind !== "library" && (this.#choice(id).isIndexed ?? true);
  }

  /** Reached first: what cannot be opened is not added. @throws DriveError, AppError wrongAddress */
  async add({ name, kind, address: typed, username = "", password = "" }: NewDrive): Promise<DriveInfo> {
    const address = parseDriveAddress(kind, typed, this.#rules());
    this.#assertNew(address);
    const id = driveIdSchema.parse(createId());
    const definition = addedDrive({ id, name, kind, address });
    const link = this.#makeLink({ ...definition, username: username === "" ? null : username });
    const access = accessOf(username, password);
    const drive = await this.#options.open(link.definition, access);
    try {
      const signal = AbortSignal.timeout({ ...LINK_LIMITS, ...this.#options.limits }.reachMs);
      const { capabilities, quota } = await unlessAborted(reachDrive(drive, signal), signal, unreachable);
      this.#assertNew(address);
      await this.#passwords.keep(id, access.password);
      await this.#update((content) => ({
        ...content,
        drives: [...content.drives, { id, name, kind, address }],
        choices: username === "" ? content.choices : { ...content.choices, [id]: { username } },
      }));
      this.#links.set(id, link);
      link.adopt(drive, capabilities, quota);
    } catch (error) {
      await drive.close();
      throw error;
    }
    return this.get(id);
  }

  /** Only those added by hand. What lies on it stays. */
  async remove(id: DriveId): Promise<void> {
    const link = this.link(id);
    if (link.definition.origin !== "person")
      throw new AppError("forbidden", {
        title: "This drive was given by your organisation",
        detail: "It cannot be removed here, but it can be disconnected.",
      });
    await this.#update((content) => ({
      ...content,
      drives: content.drives.filter((drive) => drive.id !== id),
      choices: without(content.choices, id),
    }));
    this.#links.delete(id);
    await this.#forget(link);
    this.tell();
  }

  async rename(id: DriveId, name: string): Promise<DriveInfo> {
    const link = this.link(id);
    await this.#choose(id, { name });
    link.definition = { ...link.definition, name };
    this.tell();
    return this.get(id);
  }

  /** Tries again now; a password is kept once it was accepted. @throws DriveError what stands in the way */
  async connect(id: DriveId, username?: string, password?: string): Promise<DriveInfo> {
    const link = this.link(id);
    const isDisconnected = this.#choice(id).isDisconnected === true;
    if (isDisconnected) await this.#choose(id, { isDisconnected: false });
    if (password === undefined && username === undefined) {
      await link.connect();
      return this.get(id);
    }
    const name = username ?? link.definition.username ?? "";
    const access = accessOf(name, password ?? (await this.#passwords.get(id)) ?? "");
    this.#passwords.learn(access.password);
    await link.connectWith(access);
    await this.#passwords.keep(id, access.password);
    await this.#choose(id, { username: name });
    link.definition = { ...link.definition, username: access.username };
    this.tell();
    return this.get(id);
  }

  async disconnect(id: DriveId): Promise<DriveInfo> {
    await this.#choose(id, { isDisconnected: true });
    await this.link(id).disconnect();
    return this.get(id);
  }

  async setIndexed(id: DriveId, isIndexed: boolean): Promise<DriveInfo> {
    this.link(id);
    await this.#choose(id, { isIndexed });
    for (const facts of this.#facts) await facts.setIndexed(id, isIndexed);
    this.tell();
    return this.get(id);
  }

  /** The library of a space or a person, known from here on. @throws AppError notFound: no such account */
  async library(accountId: AccountId, scope: Scope): Promise<DriveInfo> {
    const { id } = libraryDrive(accountId, scope, this.#options.accounts.serverUrl(accountId));
    if (!this.#links.has(id)) {
      await this.#update((content) => ({
        ...content,
        libraries: [
          ...content.libraries.filter((one) => one.accountId !== accountId || one.scope !== scope),
          { accountId, scope },
        ],
      }));
      this.#arrange();
    }
    return this.get(id);
  }

  /** Of what the system has mounted, what is no drive yet. */
  notYetAdded(found: readonly FoundMount[]): FoundMount[] {
    const known = new Set(this.links().map(({ definition }) => addressKey(definition)));
    return found.filter(({ address }) => !known.has(addressKey({ address, scope: null })));
  }

  /** What a workplace assigns to whoever is signed in there. */
  async assign(accountId: AccountId, drives: DrivesContent["assigned"][number]["drives"]): Promise<void> {
    const known = this.#content.assigned.find((one) => one.accountId === accountId)?.drives ?? [];
    if (JSON.stringify(known) === JSON.stringify(drives)) return;
    const others = this.#content.assigned.filter((one) => one.accountId !== accountId);
    await this.#update((content) => ({ ...content, assigned: [...others, { accountId, drives }] }));
    this.#arrange();
  }

  /** Everything that this profile knows of drives. */
  async forgetAll(): Promise<void> {
    const links = this.links();
    await this.#update(emptyDrives);
    for (const link of links) {
      this.#links.delete(link.definition.id);
      await this.#forget(link);
    }
    this.#arrange();
    this.tell();
  }

  retryAll(): void {
    for (const link of this.#links.values()) if (link.definition.kind !== "library") void link.retry();
  }

  /** Pages hear of drives: soon, once for many changes, and nothing while Parvis is locked. */
  tell(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    queueMicrotask(() => {
      this.#isTelling = false;
      const { events, lock } = this.#options;
      if (!lock.isLocked) events.emit({ type: "drivesChanged", drives: this.list() });
    });
  }

  info(link: DriveLink): DriveInfo {
    const { id, name, kind, address, origin, accountId, username } = link.definition;
    const index = [...this.#facts].map((facts) => facts.indexOf(id)).find((one) => one !== null) ?? null;
    return { id, name, kind, address, origin, accountId, username, ...link.standing, index };
  }

  /** Makes what should be there of what everybody gave. */
  #arrange(): void {
    const wanted = wantedDrives(this.#content, { ...this.#options, rules: this.#rules() });
    const ids = new Set(wanted.map(({ id }) => id));
    for (const [id, link] of this.#links) {
      if (ids.has(id)) continue;
      this.#links.delete(id);
      const { origin } = link.definition;
      // Taken back by who gave it: nothing of it stays on this machine.
      void (origin === "person" ? link.close() : this.#forget(link)).catch((error: unknown) =>
        this.#options.log.write("error", `a drive was not let go of: ${String(error)}`),
      );
    }
    for (const definition of wanted) {
      if (this.#links.has(definition.id)) continue;
      const link = this.#makeLink(definition);
      this.#links.set(definition.id, link);
      if (this.#isStarted) connectInBackground(link);
    }
    this.tell();
  }

  #makeLink(definition: DriveDefinition): DriveLink {
    const { open, log, now, random, limits } = this.#options;
    return new DriveLink(
      {
        definition,
        open,
        log,
        now,
        random,
        password: () => this.#passwords.get(definition.id),
        onChange: () => this.tell(),
        limits: { ...LINK_LIMITS, ...limits },
      },
      this.#choice(definition.id).isDisconnected ?? false,
    );
  }

  #rules(): AddressRules {
    return { isClearTextAllowed: this.#options.policies.get("AllowUnencryptedDrives") === true };
  }

  #assertNew(address: string): void {
    const key = addressKey({ address, scope: null });
    const same = this.links().find(({ definition }) => addressKey(definition) === key);
    if (same === undefined) return;
    throw new DriveError("exists", {
      title: "This drive is already there",
      detail: `It is called ${same.definition.name}.`,
    });
  }

  #choice(id: DriveId): DriveChoice {
    return this.#content.choices[id] ?? {};
  }

  async #choose(id: DriveId, choice: DriveChoice): Promise<void> {
    await this.#update((content) => ({
      ...content,
      choices: { ...content.choices, [id]: { ...content.choices[id], ...choice } },
    }));
  }

  async #update(change: (content: DrivesContent) => DrivesContent): Promise<void> {
    this.#content = await this.#file.update(change);
  }

  async #forget(link: DriveLink): Promise<void> {
    const { id } = link.definition;
    await link.close();
    await this.#passwords.forget(id);
    for (const facts of this.#facts) await facts.forget(id);
  }
}

/** Whoever needs a library connects it; the others are looked for at once, so that their state can be shown. */
function connectInBackground(link: DriveLink): void {
  if (link.standing.state !== "disconnected" && link.definition.kind !== "library") void link.connect();
}

function accessOf(username: string, password: string): DriveAccess {
  return { username: username === "" ? null : username, password: password === "" ? null : password };
}

function without<K extends string, T>(record: Partial<Record<K, T>>, key: K): Record<K, T> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is left of a record of these
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key)) as Record<K, T>;
}
