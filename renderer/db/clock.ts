/** Time as a parameter. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  setTimeout(run: () => void, delayMs: number): number;
  clearTimeout(timer: number): void;
}
