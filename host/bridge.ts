import { isHostChannel } from "#contract/bridge.ts";
import { AppError } from "#contract/problem.ts";
import { asResult, type Result } from "#contract/result.ts";
import { mergeRoutes, notInThisShell, type Routes } from "./routes.ts";

export interface Bridge {
  /** `channel` and `args` come from a page: both are checked, and the result before it goes back. */
  call(channel: string, args: unknown): Promise<Result<unknown>>;
}

/** Everything a page may ask of its host: what the services that both shells share answer, and those of this shell. */
export function createBridge(parts: readonly Routes[]): Bridge {
  const routes = mergeRoutes(parts);
  return {
    call: (channel, args) =>
      asResult(async () => {
        if (!isHostChannel(channel)) throw new AppError("notFound", { title: `No channel named ${channel}` });
        const route = routes[channel];
        if (route === undefined) throw notInThisShell(channel);
        return route(args);
      }),
  };
}
