import { randomBytes } from "node:crypto";
import { appendFile, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "#contract/problem.ts";
import { errorCode, writeFileAtomic } from "../files/atomic-file.ts";
import { isReadOnly } from "../files/json-file.ts";

/** Beyond this many the oldest are forgotten: by then the events that could bring them again are gone, too. */
const KEPT = 200;
const TRIES = 3;
const FULL = new Set(["ENOSPC", "EDQUOT"]);

/**
 * What was shown already, over starts and crashes and for every process of this profile. A claim is a line added to one
 * file, `CLAIMER KEY`, and the first line of a key is its owner: adding a line cannot be interrupted by another process, so
 * nothing has to be locked and nothing stays locked after a crash.
 *
 * Claimed before it is shown: a crash between the two shows it never rather than twice. It is not lost: the inbox and the
 * counts have it, as they have everything that came while Parvis did not run.
 */
export class ShownNotices {
  readonly #path: string;
  readonly #dataDir: string;
  readonly #self = randomBytes(8).toString("hex");
  /** What this process has claimed: enough where nothing can be written. */
  readonly #own = new Set<string>();
  #turn: Promise<unknown> = Promise.resolve();
  #isShortened = false;

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
    this.#path = join(dataDir, "notified.log");
  }

  /** Takes these keys, on disk before anything is shown; returns those that nobody had. */
  async claim(keys: readonly string[]): Promise<Set<string>> {
    const turn = this.#turn.then(() => this.#claim([...new Set(keys)]));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #claim(keys: readonly string[]): Promise<Set<string>> {
    const fresh = new Set<string>();
    let missing = keys.filter((key) => !this.#own.has(key));
    await this.#shorten();
    const before = await this.#owners();
    missing = missing.filter((key) => !before.has(key));
    // A line may stand in a file that another process has just replaced by a shorter one: then it is added again.
    for (let round = 0; round < TRIES && missing.length > 0; round += 1) {
      if (!(await this.#append(missing))) break;
      const owners = await this.#owners();
      for (const key of missing) if (owners.get(key) === this.#self) fresh.add(key);
      missing = missing.filter((key) => !owners.has(key));
    }
    for (const key of missing) fresh.add(key);
    for (const key of fresh) this.#own.add(key);
    return fresh;
  }

  /** False where nothing may be written: this process then knows its own only. */
  async #append(keys: readonly string[]): Promise<boolean> {
    const lines = keys.map((key) => `${this.#self} ${key}\n`).join("");
    try {
      await mkdir(this.#dataDir, { recursive: true, mode: 0o700 });
      // Begins with an end of line: what a crash left half written stays alone.
      await appendFile(this.#path, `\n${lines}`, { mode: 0o600 });
      return true;
    } catch (error) {
      // A full disk is no reason to announce nothing.
      if (isReadOnly(error) || FULL.has(errorCode(error))) return false;
      throw error;
    }
  }

  async #owners(): Promise<Map<string, string>> {
    const owners = new Map<string, string>();
    for (const line of await this.#lines()) {
      const [, owner, key] = /^([0-9a-f]{16}) (.+)$/.exec(line) ?? [];
      if (owner !== undefined && key !== undefined && !owners.has(key)) owners.set(key, owner);
    }
    return owners;
  }

  /** With the first claim of each process, when no other is likely to write. */
  async #shorten(): Promise<void> {
    if (this.#isShortened) return;
    this.#isShortened = true;
    const lines = (await this.#lines()).filter((line) => line !== "");
    if (lines.length <= KEPT * 2) return;
    try {
      await writeFileAtomic(this.#path, `${lines.slice(-KEPT).join("\n")}\n`);
    } catch (error) {
      if (!isReadOnly(error) && !(error instanceof AppError)) throw error;
    }
  }

  async #lines(): Promise<string[]> {
    try {
      return (await readFile(this.#path, "utf8")).split("\n");
    } catch (error) {
      if (["ENOENT", "ENOTDIR", "EACCES"].includes(errorCode(error))) return [];
      throw error;
    }
  }
}
