import type { TestFetch } from "./workplace.ts";
import type { Client } from "./client.ts";

/** Somebody's way to the workplace, which can be cut and restored. */
export class CuttableLine {
  #isConnected = true;
  readonly #cuts: (() => void)[] = [];

  /** What goes over the line. */
  over(through: TestFetch): TestFetch {
    return (path, init) => {
      if (!this.#isConnected) return Promise.reject(new TypeError("no network"));
      const broken = new AbortController();
      this.#cuts.push(() => broken.abort(new TypeError("cut")));
      const signal = init?.signal == null ? broken.signal : AbortSignal.any([init.signal, broken.signal]);
      return through(path, { ...init, signal });
    };
  }

  /** Resolves when the client has noticed. */
  async cut(client: Client): Promise<void> {
    this.#isConnected = false;
    for (const end of this.#cuts.splice(0)) end();
    await client.query("session", {}).until((view) => view.info.connection === "offline");
  }

  async restore(client: Client): Promise<void> {
    this.#isConnected = true;
    await client.call("sync.retry", {});
  }
}
