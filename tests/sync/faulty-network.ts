import type { TestFetch } from "./workplace.ts";

/** Numbers between 0 and 1 that a seed gives again (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A line that loses requests, answers and halves of answers, and lets them overtake each other. */
export class FaultyNetwork {
  readonly #through: TestFetch;
  readonly #random: () => number;
  /** Share of requests that something happens to. */
  faults = 0.25;
  isDown = false;
  #dead = false;

  constructor(through: TestFetch, random: () => number) {
    this.#through = through;
    this.#random = random;
  }

  /** The client behind it is gone: nothing passes any more. */
  kill(): void {
    this.#dead = true;
  }

  readonly fetch: TestFetch = async (path, init) => {
    await this.#delay();
    this.#check();
    if (this.#happens(0.3)) throw new TypeError("lost on the way there");
    const response = await this.#through(path, init);
    await this.#delay();
    this.#check();
    if (this.#happens(0.4)) {
      await response.body?.cancel();
      throw new TypeError("lost on the way back");
    }
    return this.#happens(0.6) ? this.#broken(response) : response;
  };

  #happens(share: number): boolean {
    return this.#random() < this.faults * share;
  }

  #check(): void {
    if (this.isDown || this.#dead) throw new TypeError("no network");
  }

  async #delay(): Promise<void> {
    const delayMs = Math.floor(this.#random() * 6);
    if (delayMs > 1) await new Promise((resolve) => setTimeout(resolve, delayMs));
  }

  /** Ends after some bytes: with an error, or as if that had been all. */
  #broken(response: Response): Response {
    if (response.body === null) return response;
    let left = Math.floor(this.#random() * 4000);
    const isSilent = this.#random() < 0.5;
    const cut = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        if (chunk.byteLength < left) {
          left -= chunk.byteLength;
          controller.enqueue(chunk);
          return;
        }
        controller.enqueue(chunk.slice(0, left));
        left = 0;
        if (isSilent) controller.terminate();
        else controller.error(new TypeError("the line broke"));
      },
    });
    return new Response(response.body.pipeThrough(cut), response);
  }
}
