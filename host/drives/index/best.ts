/** What is kept of one that was offered; `source` says what `id` means. */
export interface Offered<S> {
  score: number;
  time: number;
  source: S;
  id: number;
}

/** The best so many of all that are offered: by score, then the newest. */
export class Best<S = unknown> {
  readonly #limit: number;
  readonly list: Offered<S>[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Whether one like this would be among them. */
  wouldTake(score: number, time: number): boolean {
    if (this.list.length < this.#limit) return true;
    const worst = this.list[this.list.length - 1];
    return worst !== undefined && (score > worst.score || (score === worst.score && time > worst.time));
  }

  offer(score: number, time: number, source: S, id: number): void {
    if (!this.wouldTake(score, time)) return;
    const { list } = this;
    if (list.length === this.#limit) list.pop();
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const one = list[middle];
      if (one !== undefined && (one.score > score || (one.score === score && one.time >= time)))
        low = middle + 1;
      else high = middle;
    }
    list.splice(low, 0, { score, time, source, id });
  }
}
