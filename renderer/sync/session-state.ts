import type { Capabilities } from "#contract/capabilities.ts";
import { isSignedOut, isTransient, type Problem } from "#contract/problem.ts";
import type { IsoTime } from "#contract/time.ts";
import type { SessionInfo } from "#contract/worker.ts";

type Connection = SessionInfo["connection"];

/** What the session query shows besides rows. */
export class SessionState {
  readonly #onChange: (isConnectionChange: boolean) => void;
  connection: Connection = "connecting";
  problem: Problem | null = null;
  retryAt: IsoTime | null = null;
  capabilities: Capabilities | null = null;
  storage: SessionInfo["storage"] = null;
  isReady = false;
  isSyncing = false;
  received = 0;
  total: number | null = null;
  /** Lines of sync that did not fit the contract; rows refused later are counted by the parser. */
  invalidLines = 0;

  constructor(onChange: (isConnectionChange: boolean) => void) {
    this.#onChange = onChange;
  }

  setConnection(
    connection: Connection,
    problem: Problem | null = null,
    retryAt: IsoTime | null = null,
  ): void {
    const isChange = connection !== this.connection;
    this.connection = connection;
    this.problem = problem;
    this.retryAt = retryAt;
    this.#onChange(isChange);
  }

  /** Something is wrong with part of the session while the connection stands. */
  setProblem(problem: Problem | null): void {
    this.problem = problem;
    this.#onChange(false);
  }

  changed(): void {
    this.#onChange(false);
  }
}

/** How a failure to connect looks to the person. */
export function connectionOf(problem: Problem): Connection {
  if (isSignedOut(problem.kind) || problem.kind === "signInFailed") return "signedOut";
  return isTransient(problem.kind) || problem.kind === "cancelled" ? "offline" : "refused";
}
