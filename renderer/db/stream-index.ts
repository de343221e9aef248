import { kindOf } from "./streams.ts";

/** The first keys of every stream's blocks, sorted: the inner level of the tree, whole in memory. */
export class StreamIndex {
  readonly #froms = new Map<string, string[]>();
  readonly #byKind = new Map<string, Set<string>>();

  /** Keys must come sorted by stream and first key, as the database gives them. */
  load(keys: Iterable<readonly [string, string]>): void {
    for (const [stream, from] of keys) this.#list(stream).push(from);
    // A stream whose first block was lost still needs one that covers the smallest keys.
    for (const froms of this.#froms.values()) if (froms[0] !== "") froms.unshift("");
  }

  has(stream: string): boolean {
    return this.#froms.has(stream);
  }

  froms(stream: string): readonly string[] {
    return this.#froms.get(stream) ?? [];
  }

  /** Returns whether the stream is new. */
  create(stream: string): boolean {
    if (this.#froms.has(stream)) return false;
    this.#list(stream).push("");
    return true;
  }

  /** Adds blocks behind the one at `position`. */
  insert(stream: string, position: number, froms: readonly string[]): void {
    this.#list(stream).splice(position + 1, 0, ...froms);
  }

  /** Streams of one kind, of every scope. */
  ofKind(kind: string): readonly string[] {
    return [...(this.#byKind.get(kind) ?? [])];
  }

  startingWith(prefix: string): string[] {
    return [...this.#froms.keys()].filter((stream) => stream.startsWith(prefix));
  }

  delete(stream: string): void {
    this.#froms.delete(stream);
    this.#byKind.get(kindOf(stream))?.delete(stream);
  }

  #list(stream: string): string[] {
    let froms = this.#froms.get(stream);
    if (froms === undefined) {
      froms = [];
      this.#froms.set(stream, froms);
      const kind = kindOf(stream);
      const streams = this.#byKind.get(kind);
      if (streams === undefined) this.#byKind.set(kind, new Set([stream]));
      else streams.add(stream);
    }
    return froms;
  }
}
