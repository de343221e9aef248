import { isHostChannel, type HostChannel } from "#contract/bridge.ts";
import { AppError } from "#contract/problem.ts";
import { asResult, type Result } from "#contract/result.ts";
import { stackOf } from "./log/crash-log.ts";
import { assertAnswered } from "./lock/locked-channels.ts";
import type { LockService } from "./lock/lock-service.ts";
import type { Log } from "./log/log.ts";
import type { Scrubber } from "./log/scrub.ts";
import { assertModest } from "./modest.ts";
import { mergeRoutes, notInThisShell, type Routes } from "./routes.ts";

export interface Bridge {
  /** `channel` and `args` come from a page: both are checked, and the result before it goes back. */
  call(channel: string, args: unknown): Promise<Result<unknown>>;
  /** What a part that begins later answers. */
  add(routes: Routes): void;
}

/** Everything a page may ask of its host: what the services that both shells share answer, and those of this shell. */
export function createBridge(parts: readonly Routes[], keepers: BridgeKeepers = {}): Bridge {
  let routes = mergeRoutes(parts);
  const log = keepers.log?.of("bridge");
  const run = async (channel: HostChannel, args: unknown): Promise<unknown> => {
    assertAnswered(channel, keepers.lock);
    const route = routes[channel];
    if (route === undefined) throw notInThisShell(channel);
    try {
      const value = await route(args);
      // Locked meanwhile: what was asked for before is not handed out after.
      assertAnswered(channel, keepers.lock);
      return value;
    } catch (error) {
      const reason = error instanceof AppError ? error.kind : stackOf(error);
      log?.write(error instanceof AppError ? "information" : "error", `${channel} failed`, { reason });
      throw error;
    }
  };
  return {
    call: (channel, args) =>
      asResult(async () => {
        if (!isHostChannel(channel)) throw new AppError("notFound", { title: `No channel named ${channel}` });
        assertModest(args);
        learnSecrets(args, keepers.scrubber);
        return run(channel, args);
      }),
    add: (more) => {
      routes = mergeRoutes([routes, more]);
    },
  };
}

/** What keeps secrets out of the log, the log, and the lock. */
interface BridgeKeepers {
  lock?: Pick<LockService, "isLocked">;
  log?: Log;
  scrubber?: Scrubber;
}

const SECRET_ARGS = new Set(["password", "passphrase", "code", "current"]);

/** None that is taken is longer; many that are would fill the memory. */
const LONGEST_SECRET = 1000;

/** What a person types to prove who they are is known to the log from here on, so that it never writes it. */
function learnSecrets(args: unknown, scrubber: Scrubber | undefined): void {
  if (scrubber === undefined || typeof args !== "object" || args === null) return;
  for (const [name, value] of Object.entries(args)) {
    if (typeof value === "string" && SECRET_ARGS.has(name) && value.length <= LONGEST_SECRET)
      scrubber.learn(value);
    if (name === "answer") learnSecrets(value, scrubber);
  }
}
