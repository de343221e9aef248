import { join } from "node:path";
import type { AccountId } from "#contract/account.ts";
import type { OfflineStatus, Pin } from "#contract/drive-offline.ts";
import { TOP, type DriveId, type DrivePath } from "#contract/drives.ts";
import { DriveError } from "../drive-error.ts";
import { DELETION_LIMITS } from "./deletions.ts";
import { DriveLoop, LOOP_TIMES } from "./drive-loop.ts";
import { followEvents } from "./follow-events.ts";
import type { DriveRow, Journal, PinRow } from "./journal.ts";
import { openJournal } from "./open-journal.ts";
import { emptyTrash, LocalFiles } from "./local-files.ts";
import { isWithin } from "./model.ts";
import type { OfflineOptions } from "./offline-options.ts";
import { OfflinePlaces } from "./offline-places.ts";
import { PinSizes } from "./pin-sizes.ts";
import { showPin } from "./pin-status.ts";
import { assertMayPin, folderMissing } from "./refusals.ts";
import { Room } from "./room.ts";
import { StateTimes } from "./state-times.ts";
import { dropParts, findUnsynced, takeOff } from "./take-off.ts";
import { Teller } from "./teller.ts";
import { Throttle } from "./throttle.ts";

/** Bytes a second of all transfers together, while the line is paid by volume. */
const METERED_RATE = 1_000_000;
const CAPACITY = { usual: 16, metered: 2 };
const TRASH_DAYS = { deleted: 30, replaced: 1 };
const DAY_MS = 86_400_000;

/** Files and folders of drives that are kept on this machine too. */
export class OfflineService {
  readonly #options: OfflineOptions;
  readonly journal: Journal;
  readonly places: OfflinePlaces;
  readonly #room: Room;
  readonly #throttle: Throttle;
  readonly #teller: Teller;
  readonly #sizes: PinSizes;
  readonly #loops = new Map<DriveId, DriveLoop>();
  readonly #times: StateTimes;
  readonly #stops: (() => void)[] = [];
  #isPaused = false;
  #isMetered = false;
  #isTelling = false;

  private constructor(options: OfflineOptions, journal: Journal) {
    this.#options = { ...options, log: options.log.of("offline") };
    this.journal = journal;
    this.#times = new StateTimes(options.now);
    this.places = new OfflinePlaces(options.folder ?? join(options.dataDir, "offline"), this.journal);
    this.#isPaused = this.journal.meta("isPaused") === "yes";
    const budgetBytes = (): number | null => this.#budget();
    this.#room = new Room({ folder: options.dataDir, journal: this.journal, budgetBytes });
    const rate = (): number | null => (this.#isMetered ? METERED_RATE : null);
    this.#throttle = new Throttle({ rate, elapsed: () => performance.now() });
    this.#sizes = new PinSizes(options.drives, this.#room, options.names);
    const { events, isLocked } = options;
    const status = (): OfflineStatus => this.status();
    this.#teller = new Teller({ events, isLocked, status, conflicts: () => this.journal.conflicts() });
  }

  static async open(options: OfflineOptions): Promise<OfflineService> {
    return new OfflineService(
      options,
      await openJournal(join(options.dataDir, "offline.db"), options.onNotice),
    );
  }

  /** Goes on with what was pinned. */
  async start(): Promise<void> {
    const { events, policies, log } = this.#options;
    this.#room.count();
    const onError = (error: unknown): void => log.write("error", `pinned files: ${String(error)}`);
    const arrange = (): void => void this.#arrange().catch(onError);
    this.#stops.push(
      policies.subscribe(arrange),
      followEvents(events, {
        onWiped: (accountId) => void this.wipe(accountId).catch(onError),
        onNetwork: ({ isMetered, isOnline }) => {
          this.#isMetered = isMetered;
          if (isOnline) this.syncNow();
        },
        onAwake: () => this.syncNow(),
        onDrives: (drives) => this.#retryConnected(drives),
        onFolder: (driveId, path) => this.#folderChanged(driveId, path),
        onUnlocked: () => this.#teller.tell(),
      }),
    );
    const cleaning = setInterval(() => void this.#emptyTrash().catch(onError), DAY_MS / 4).unref();
    this.#stops.push(() => clearInterval(cleaning));
    for (const { accountId } of this.journal.drives())
      if (accountId !== null && (await this.#options.drives.isWiped(accountId))) await this.wipe(accountId);
    await this.#arrange();
    await this.#emptyTrash();
  }

  async stop(): Promise<void> {
    for (const stop of this.#stops) stop();
    this.#teller.stop();
    await Promise.all([...this.#loops.values()].map((loop) => loop.stop()));
    this.journal.close();
  }

  status(): OfflineStatus {
    const conflicts = this.journal.conflicts();
    const pins = this.journal.pins().map((pin) => this.#show(pin, conflicts));
    const bytes = pins.reduce((sum, pin) => sum + pin.bytes, 0);
    return {
      isAllowed: this.isAllowed(),
      isPaused: this.#isPaused,
      isThrottled: this.#isMetered,
      pins,
      bytes,
      budgetBytes: this.#budget(),
    };
  }

  isAllowed(): boolean {
    return this.#options.policies.get("OfflineFiles") !== false;
  }

  loop(driveId: DriveId): DriveLoop | undefined {
    return this.#loops.get(driveId);
  }

  /** @throws DriveError forbidden, full, notFound, unreachable… */
  async pin(driveId: DriveId, path: DrivePath): Promise<Pin> {
    await assertMayPin(this.#options.drives, this.isAllowed(), driveId);
    const covering = this.#covering(driveId, path);
    if (covering !== undefined) return this.#show(covering);
    const { kind } = await this.#sizes.measure(driveId, path);
    if (!(await this.places.isThere())) throw folderMissing(this.places.root);
    const drive = this.#driveRow(driveId);
    const pin = { ...emptyPin, driveId, path, kind, pinnedAt: this.#options.now() };
    for (const inner of this.journal.pins())
      if (inner.driveId === driveId && inner.removing === null && isWithin(inner.path, path))
        this.journal.dropPin(driveId, inner.path);
    this.journal.putPin(pin);
    const loop = this.#loops.get(driveId) ?? this.#makeLoop(drive);
    loop.sync.forgetThere();
    if (!this.#isPaused) loop.request(0, true);
    this.#teller.tell();
    return this.#show(pin);
  }

  /** @throws DriveError notFound: it is not pinned by itself */
  async unpin(
    driveId: DriveId,
    path: DrivePath,
    changes: "ask" | "keep" | "discard",
  ): Promise<{ isUnpinned: boolean; unsyncedFiles: number; examples: DrivePath[] }> {
    const pin = this.pinAt(driveId, path);
    const loop = this.#loops.get(driveId) ?? this.#makeLoop(this.#driveRow(driveId));
    return loop.interrupt(async () => {
      const parts = { driveId, journal: this.journal, files: this.#files(driveId), base: loop.sync.base };
      const isThere = await this.places.isThere();
      const unsynced = isThere ? await findUnsynced(parts, pin) : [];
      const examples = unsynced.slice(0, 20).map((entry) => entry.path);
      if (changes === "ask" && unsynced.length > 0)
        return { isUnpinned: false, unsyncedFiles: unsynced.length, examples };
      await this.#takeOff(loop, { ...pin, removing: changes === "ask" ? "keep" : changes });
      return { isUnpinned: true, unsyncedFiles: unsynced.length, examples };
    });
  }

  /** @throws DriveError notFound */
  pinAt(driveId: DriveId, path: DrivePath): PinRow {
    const pin = this.journal.pins().find((one) => one.driveId === driveId && one.path === path);
    if (pin === undefined) throw new DriveError("notFound", { title: "This is not pinned by itself" });
    return pin;
  }

  pinsOf(driveId: DriveId): PinRow[] {
    return this.journal.pins().filter((pin) => pin.driveId === driveId && pin.removing === null);
  }

  /** The place of something that is pinned. @throws DriveError notFound */
  async placeOf(driveId: DriveId, path: DrivePath): Promise<string> {
    const files = this.#covering(driveId, path) === undefined ? undefined : this.#files(driveId);
    if (files === undefined || (await files.kindOf(path)) === undefined)
      throw new DriveError("notFound", { title: "This is not on this machine" });
    return files.pathOf(path);
  }

  filesOf(driveId: DriveId): LocalFiles {
    return this.#files(driveId);
  }

  async setPaused(isPaused: boolean): Promise<void> {
    this.#isPaused = isPaused;
    this.journal.setMeta("isPaused", isPaused ? "yes" : "no");
    for (const loop of this.#loops.values())
      if (isPaused) await loop.pause();
      else loop.resume();
    this.#teller.tell();
  }

  syncNow(): void {
    for (const loop of this.#loops.values()) loop.request(0, true);
  }

  tellConflicts(): void {
    this.#teller.tellConflicts();
    this.#teller.tell();
  }

  /** Everything pinned of an account, or of all; of those that only this person has, too, when it is all. */
  async wipe(accountId: AccountId | "all"): Promise<void> {
    const drives = this.journal.drives();
    await this.#wipe(drives.filter((drive) => accountId === "all" || drive.accountId === accountId));
    if (accountId === "all") await this.places.removeAll();
  }

  /**
   * A drive is no longer one of this profile. Of one that a workplace has given nothing stays; of one's own, what it did not
   * have yet is put aside.
   */
  async forget(driveId: DriveId): Promise<void> {
    const drive = this.journal.drives().find((one) => one.driveId === driveId);
    if (drive === undefined) return;
    if (drive.accountId !== null) await this.#wipe([drive]);
    else for (const pin of this.pinsOf(driveId)) await this.unpin(driveId, pin.path, "keep");
  }

  async #wipe(drives: readonly DriveRow[]): Promise<void> {
    for (const { driveId, folder } of drives) {
      await this.#loops.get(driveId)?.stop();
      this.#loops.delete(driveId);
      await this.places.remove(folder);
      this.journal.dropDrive(driveId);
    }
    this.#room.count();
    this.tellConflicts();
  }

  async #arrange(): Promise<void> {
    for (const drive of this.journal.drives()) {
      if (!this.journal.pins().some(({ driveId }) => driveId === drive.driveId)) continue;
      const loop = this.#loops.get(drive.driveId) ?? this.#makeLoop(drive);
      const isAllowed =
        this.isAllowed() && (await this.#options.drives.isAboveCeiling(drive.driveId)) !== true;
      for (const pin of this.journal.pins().filter(({ driveId }) => driveId === drive.driveId)) {
        if (isAllowed && pin.removing === null) continue;
        await loop.interrupt(() => this.#takeOff(loop, { ...pin, removing: pin.removing ?? "keep" }));
      }
      if (this.#isPaused) await loop.pause();
      else loop.request(0, true);
    }
    if (this.journal.pins().length > 0) this.#teller.tell();
  }

  async #takeOff(loop: DriveLoop, pin: PinRow): Promise<void> {
    const { driveId } = pin;
    this.journal.putPin(pin);
    this.#teller.tell();
    const files = this.#files(driveId);
    // With its disk gone for good, what was on it can only be forgotten.
    const isThere = await this.places.isThere();
    if (!isThere && pin.removing === "keep") throw folderMissing(this.places.root);
    await takeOff({ driveId, journal: this.journal, files, base: loop.sync.base }, pin);
    await dropParts(files);
    loop.sync.forgetThere();
    // Its row stays: the trash of its folder is still to be emptied, and to be wiped with the account.
    if (!this.journal.pins().some((one) => one.driveId === driveId)) {
      await this.places.removeEmpty(files.places.folder);
      // Not awaited: this runs within the loop.
      void loop.stop();
      this.#loops.delete(driveId);
    }
    this.#room.count();
    this.tellConflicts();
  }

  #makeLoop(drive: DriveRow): DriveLoop {
    const { driveId, accountId } = drive;
    const { drives, log, now, names, words } = this.#options;
    const loop = new DriveLoop({
      driveId,
      drive: () => drives.open(driveId),
      journal: this.journal,
      sync: {
        files: this.#files(driveId),
        names,
        words: () => ({ ...words(accountId), at: now() }),
        limits: DELETION_LIMITS,
        elapsed: () => performance.now(),
        capacity: () => (this.#isMetered ? CAPACITY.metered : CAPACITY.usual),
        reserve: (bytes) => this.#room.reserve(bytes),
      },
      throttle: (bytes) => this.#throttle.pass(bytes),
      patience: () => (this.#isMetered ? 4 : 1),
      isReady: async () => {
        this.#room.count();
        return this.places.isThere();
      },
      onChange: () => this.#teller.tell(),
      onConflict: () => this.tellConflicts(),
      onFolders: (folders) => this.#tellFolders(driveId, folders),
      log,
      now,
      times: this.#options.times ?? LOOP_TIMES,
      platform: names.platform,
    });
    this.#loops.set(driveId, loop);
    return loop;
  }

  #files(driveId: DriveId): LocalFiles {
    return new LocalFiles(this.places.of(this.#driveRow(driveId).folder), this.#options.now);
  }

  #driveRow(driveId: DriveId): DriveRow {
    const known = this.journal.drives().find((one) => one.driveId === driveId);
    if (known !== undefined) return known;
    const about = this.#options.drives.about(driveId);
    if (about === undefined) throw new DriveError("notFound", { title: "There is no such drive" });
    const folder = this.places.nameFor(about.name);
    const row = { driveId, folder, accountId: about.accountId, cursor: null };
    this.journal.putDrive(row);
    return row;
  }

  #covering(driveId: DriveId, path: DrivePath): PinRow | undefined {
    return this.pinsOf(driveId).find((pin) => isWithin(path, pin.path));
  }

  #show(pin: PinRow, conflicts = this.journal.conflicts()): Pin {
    return showPin(pin, {
      journal: this.journal,
      loop: this.#loops.get(pin.driveId),
      isPaused: this.#isPaused,
      conflicts,
      since: (state) => this.#times.since(`${pin.driveId} ${pin.path}`, state),
    });
  }

  #budget(): number | null {
    const megabytes = this.#options.policies.get("OfflineBudgetMb");
    return megabytes === undefined ? null : megabytes * 1_000_000;
  }

  #retryConnected(drives: readonly { id: DriveId; state: string }[]): void {
    for (const { id, state } of drives) {
      const loop = this.#loops.get(id);
      if (state === "connected" && loop?.error !== undefined && !loop.isRunning) loop.request(0, true);
    }
  }

  /** Pages that show one of these list it again. */
  #tellFolders(driveId: DriveId, folders: readonly DrivePath[]): void {
    if (this.#options.isLocked()) return;
    this.#isTelling = true;
    for (const path of folders) this.#options.events.emit({ type: "driveFolderChanged", driveId, path });
    this.#isTelling = false;
  }

  #folderChanged(driveId: DriveId, path: DrivePath): void {
    // What was done here is known.
    if (this.#isTelling) return;
    const isPinned = this.pinsOf(driveId).some((pin) => isWithin(path, pin.path) || isWithin(pin.path, path));
    if (isPinned) this.#loops.get(driveId)?.request(500, true);
  }

  async #emptyTrash(): Promise<void> {
    const now = this.#options.now();
    for (const { folder } of this.journal.drives())
      await emptyTrash(this.places.of(folder).trash, TRASH_DAYS, now);
  }
}

const emptyPin = { path: TOP, syncedAt: null, removing: null, approvedHere: 0, approvedDrive: 0 };
