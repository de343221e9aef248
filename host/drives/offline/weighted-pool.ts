export interface PoolOptions<T> {
  weigh: (item: T) => number;
  /** Asked before each. */
  capacity: () => number;
  run: (item: T) => Promise<void>;
  /** Begins no more. */
  signal: AbortSignal;
}

/**
 * Runs many tasks, some at a time: each weighs something, and what runs together weighs no more than `capacity`. Small files
 * wait for round trips, large ones for the line: many of those and few of these go together. Ends when none is under way any
 * more, also after a failure.
 */
export async function runWeighted<T>(items: Iterable<T>, options: PoolOptions<T>): Promise<void> {
  const { weigh, capacity, run, signal } = options;
  const waiting = items[Symbol.iterator]();
  const done = Promise.withResolvers<void>();
  const failures: unknown[] = [];
  let load = 0;
  let next = waiting.next();
  const start = (): void => {
    while (next.done !== true && !signal.aborted && failures.length === 0) {
      const item = next.value;
      const weight = weigh(item);
      if (load > 0 && load + weight > capacity()) return;
      load += weight;
      next = waiting.next();
      run(item)
        .catch((error: unknown) => failures.push(error))
        .finally(() => {
          load -= weight;
          start();
        });
    }
    if (load === 0) done.resolve();
  };
  start();
  await done.promise;
  if (failures.length > 0) throw failures[0];
}
