import {
  hostChannels,
  hostEventSchema,
  hostResultSchema,
  type HostArgs,
  type HostBridge,
  type HostChannel,
  type HostValue,
  type PreloadApi,
} from "#contract/bridge.ts";
import { problemSchema, type Problem } from "#contract/problem.ts";
import { failed, type Result } from "#contract/result.ts";

type Carry = (channel: HostChannel, args: unknown) => Promise<unknown>;
type Listen = (listener: (event: unknown) => void) => () => void;

declare global {
  interface Window {
    parvis?: PreloadApi;
  }
}

/** The one door to the host: the preload's bridge under Electron, otherwise HTTP to the shell that served the page. */
export function createHostBridge(preload: PreloadApi | undefined = window.parvis): HostBridge {
  if (preload === undefined) return createBridge(callOverHttp, listenOverHttp);
  return createBridge(
    (channel, args) => preload.invoke(channel, args),
    (listener) => preload.onEvent(listener),
  );
}

function createBridge(carry: Carry, listen: Listen): HostBridge {
  return {
    async call<C extends HostChannel>(channel: C, args: HostArgs<C>): Promise<Result<HostValue<C>>> {
      const parsedArgs = hostChannels[channel].args.safeParse(args);
      if (!parsedArgs.success) return failed(problem("badRequest", parsedArgs.error.message));
      try {
        const answer = hostResultSchema(channel).safeParse(await carry(channel, parsedArgs.data));
        if (!answer.success) return failed(problem("serverFault", `${channel}: ${answer.error.message}`));
        // The schema of this very channel has just parsed it; TypeScript loses the link through the generic key.
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parsed by the schema of this very channel
        return answer.data as Result<HostValue<C>>;
      } catch (error) {
        return failed(problem("unavailable", `${channel}: ${String(error)}`));
      }
    },
    subscribe(listener) {
      return listen((raw) => {
        const event = hostEventSchema.safeParse(raw);
        if (event.success) listener(event.data);
      });
    },
  };
}

function problem(kind: Problem["kind"], detail: string): Problem {
  return { type: "about:blank", kind, title: "The host could not answer", detail };
}

async function callOverHttp(channel: HostChannel, args: unknown): Promise<unknown> {
  const response = await fetch(`/host/${channel}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(args),
    credentials: "same-origin",
  });
  const body: unknown = await response.json();
  const asProblem = response.ok ? undefined : problemSchema.safeParse(body);
  return asProblem?.success === true ? failed(asProblem.data) : body;
}

/** One connection whoever listens: a browser opens but six to one address, and pages need them for more than this. */
const listeners = new Set<(event: unknown) => void>();
let source: EventSource | undefined;

function listenOverHttp(listener: (event: unknown) => void): () => void {
  listeners.add(listener);
  source ??= openSource();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    source?.close();
    source = undefined;
  };
}

function openSource(): EventSource {
  const opened = new EventSource("/host/events");
  opened.addEventListener("message", (message: MessageEvent<string>) => {
    const event: unknown = JSON.parse(message.data);
    for (const listener of listeners) listener(event);
  });
  return opened;
}
