import { hostChannels, isHostChannel, type HostChannel, type HostValue } from "#contract/bridge.ts";
import type { z } from "zod";
import { AppError, badRequest } from "#contract/problem.ts";

type Input<C extends HostChannel> = z.output<(typeof hostChannels)[C]["args"]>;

/** What a service answers: for each of its channels a function of the parsed arguments. */
export type Handlers = {
  [C in HostChannel]?: (args: Input<C>) => HostValue<C> | Promise<HostValue<C>>;
};

/** One channel: parses what a page sent, carries it out, parses what goes back. */
type Route = (args: unknown) => Promise<unknown>;
export type Routes = Partial<Record<HostChannel, Route>>;

export function defineRoutes(handlers: Handlers): Routes {
  const routes: Routes = {};
  for (const [channel, handle] of Object.entries(handlers)) {
    if (!isHostChannel(channel)) throw new TypeError(`no channel named ${channel}`);
    routes[channel] = createRoute(channel, handle);
  }
  return routes;
}

function createRoute(channel: HostChannel, handle: (args: never) => unknown): Route {
  const { args, result } = hostChannels[channel];
  return async (raw) => {
    const parsed = args.safeParse(raw);
    if (!parsed.success) throw badRequest(parsed.error, "args");
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parsed by the schema of this very channel
    return result.parse(await handle(parsed.data as never));
  };
}

/** Services do not answer each other's channels. */
export function mergeRoutes(parts: readonly Routes[]): Routes {
  const all: Routes = {};
  for (const part of parts) {
    for (const [channel, route] of Object.entries(part)) {
      if (channel in all) throw new TypeError(`two services answer ${channel}`);
      Object.assign(all, { [channel]: route });
    }
  }
  return all;
}

export function notInThisShell(channel: HostChannel): AppError {
  return new AppError("unsupported", {
    title: `${channel} is not there in this shell`,
    detail: "It belongs to the desktop window, or the other way round.",
  });
}
