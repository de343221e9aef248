/** Runs one piece of work at a time, in the order asked for. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T> | T): Promise<T> {
    const result = this.#last.then(work);
    // The next one goes on whether or not this one failed; its failure belongs to who asked for it.
    this.#last = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }
}
