import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";

const SLICE_BYTES = 16_384;

/** A line of limited speed shared by all answers; counts the rows that have gone through it. */
export class Pace {
  rowsSent = 0;
  readonly #bytesPerMs: number;
  #freeAtMs = 0;

  constructor(bytesPerSecond: number) {
    this.#bytesPerMs = bytesPerSecond / 1000;
  }

  async send(response: ServerResponse, body: Buffer): Promise<void> {
    for (let at = 0; at < body.length; at += SLICE_BYTES) {
      const slice = body.subarray(at, at + SLICE_BYTES);
      const now = performance.now();
      this.#freeAtMs = Math.max(now, this.#freeAtMs) + slice.length / this.#bytesPerMs;
      if (this.#freeAtMs - now > 1) await wait(this.#freeAtMs - now);
      if (response.destroyed) return;
      if (!response.write(slice)) await once(response, "drain");
      for (const byte of slice) if (byte === 0x0a) this.rowsSent++;
    }
    response.end();
  }
}
