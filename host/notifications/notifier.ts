/** What the system shows beside Parvis's own windows. Plain text: whoever shows it takes care of its system's markup. */
export interface Notice {
  title: string;
  body: string;
  /** A later notice with the same tag takes the place of this one, where the system can. */
  tag: string;
  onClick: () => void;
}

/** Shows a notice through the system. Never throws: a system without notifications is said once, in the log. */
export interface Notifier {
  show(notice: Notice): void;
}

/** Whether somebody has Parvis before them: then its own pages say what is new. */
export class Attendance {
  readonly #listeners = new Set<() => void>();
  #isHere = false;

  get isHere(): boolean {
    return this.#isHere;
  }

  set(isHere: boolean): void {
    if (isHere === this.#isHere) return;
    this.#isHere = isHere;
    for (const listener of this.#listeners) listener();
  }

  /** Returns its dispose. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
