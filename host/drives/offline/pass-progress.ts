import type { Pin } from "#contract/drive-offline.ts";
import type { DrivePath } from "#contract/drives.ts";
import type { PinRow } from "./journal.ts";
import { isWithin } from "./model.ts";
import type { Step } from "./plan.ts";
import { isTransfer } from "./sync-drive.ts";

type Progress = NonNullable<Pin["progress"]>;

/** How far the round under way is, by pin, and which files wait for it. */
export class PassProgress {
  readonly #pins: () => readonly PinRow[];
  readonly #onChange: () => void;
  #begun: readonly PinRow[] = [];
  #byPin = new Map<DrivePath, Progress>();
  readonly waiting = new Set<DrivePath>();
  readonly active = new Set<DrivePath>();

  constructor(pins: () => readonly PinRow[], onChange: () => void) {
    this.#pins = pins;
    this.#onChange = onChange;
  }

  of(pin: DrivePath): Progress | null {
    return this.#byPin.get(pin) ?? null;
  }

  begin(steps: readonly Step[]): void {
    this.#begun = this.#pins();
    this.#byPin = new Map();
    this.waiting.clear();
    for (const step of steps) {
      if (!isTransfer(step)) continue;
      this.waiting.add(step.path);
      const progress = this.#at(step.path);
      if (progress === undefined) continue;
      progress.totalFiles += 1;
      progress.totalBytes += sizeOf(step);
    }
    this.#onChange();
  }

  bytes(path: DrivePath, count: number): void {
    this.active.add(path);
    const progress = this.#at(path);
    if (progress !== undefined)
      progress.doneBytes = Math.min(progress.totalBytes, progress.doneBytes + count);
    this.#onChange();
  }

  done(step: Step): void {
    if (!isTransfer(step)) return;
    this.waiting.delete(step.path);
    this.active.delete(step.path);
    const progress = this.#at(step.path);
    if (progress !== undefined) progress.doneFiles += 1;
    this.#onChange();
  }

  end(): void {
    this.#byPin = new Map();
    this.waiting.clear();
    this.active.clear();
  }

  #at(path: DrivePath): Progress | undefined {
    const pin = this.#begun.find((one) => isWithin(path, one.path));
    if (pin === undefined) return undefined;
    const known = this.#byPin.get(pin.path);
    if (known !== undefined) return known;
    const fresh = { doneFiles: 0, totalFiles: 0, doneBytes: 0, totalBytes: 0 };
    this.#byPin.set(pin.path, fresh);
    return fresh;
  }
}

function sizeOf(step: Step): number {
  if (step.kind === "upload") return step.here.mark.sizeBytes;
  return "there" in step ? (step.there?.sizeBytes ?? 0) : 0;
}
