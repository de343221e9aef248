/** What the system shows beside Parvis's own windows. Plain text: whoever shows it takes care of its system's markup. */
export interface Notice {
  title: string;
  body: string;
  /** A later notice with the same tag takes the place of this one, where the system can. At most 64 plain characters. */
  tag: string;
  /** Those of one group are shown together, where the system can. */
  group?: string;
  /** An answer typed into the notice, where the system can. */
  reply?: { placeholder: string; send: (text: string) => void };
  /** Buttons, where the system can; known again by their place in this list after a start. */
  actions?: readonly { text: string; run: () => void }[];
  /** Without sound and without coming to the fore: the system is in a focus mode. */
  isSilent?: boolean;
  onClick: () => void;
  /** Whether the system took it, as far as it tells. */
  onOutcome?: (outcome: Outcome) => void;
}

export interface Outcome {
  isShown: boolean;
  /** Why not, in the system's words; empty when it was shown. */
  detail: string;
}

/** Shows a notice through the system. Never throws: a system without notifications is said once, in the log. */
export interface Notifier {
  show(notice: Notice): void;
  /** Takes it off the screen and out of the system's list. Absent where the system offers no way: it goes by itself. */
  close?(tag: string): void;
  /** Whether `close` also reaches what an earlier run has shown. */
  readonly closesEarlier?: boolean;
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
