/** When each thing came into the state that it is in, as far as this run has seen it. */
export class StateTimes {
  readonly #known = new Map<string, { state: string; at: number }>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  since(key: string, state: string): number {
    const known = this.#known.get(key);
    if (known?.state === state) return known.at;
    const at = this.#now();
    this.#known.set(key, { state, at });
    return at;
  }
}
