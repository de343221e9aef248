/** The browser's lock manager, as far as the engine uses it. */
export class FakeLocks {
  #last: Promise<void> = Promise.resolve();
  #isHeld = false;

  async request(
    _name: string,
    options: { ifAvailable?: boolean },
    callback: (lock: unknown) => Promise<void>,
  ): Promise<void> {
    if (options.ifAvailable === true && this.#isHeld) {
      await callback(null);
      return;
    }
    const before = this.#last;
    this.#last = (async () => {
      await before;
      this.#isHeld = true;
      await callback({});
      this.#isHeld = false;
    })();
    await this.#last;
  }
}
