import { AppError } from "#contract/problem.ts";
import { nameFailure, type Failure } from "./failures.ts";

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface Limits {
  /** Until the headers of the answer, from the moment that the request is wholly sent. */
  headersMs: number;
  /** Between two pieces of a body that is being read. */
  idleMs: number;
  /** The same for live events, which have a heartbeat. */
  eventsIdleMs: number;
}

export const DEFAULT_LIMITS: Limits = { headersMs: 30_000, idleMs: 60_000, eventsIdleMs: 45_000 };

export interface UpstreamCall {
  url: string;
  method: string;
  headers: Headers;
  body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | undefined;
  signal: AbortSignal;
  /** Kept for as long as the call lasts: a Request that is collected no longer passes on the signal it follows. */
  request?: Request;
  limits: Limits;
  isEvents: boolean;
}

/** A call that did not get an answer. */
export class UpstreamFailure extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.error.message, { cause: failure.error });
    this.failure = failure;
  }
}

/**
 * One call to a backend, without following redirects. Whoever drops the answer's body ends the call upstream too.
 * @throws UpstreamFailure
 */
export async function callUpstream(fetch: Fetch, call: UpstreamCall): Promise<Response> {
  const origin = new URL(call.url).origin;
  const ending = new AbortController();
  const end = (): void => ending.abort(cancelled());
  if (call.signal.aborted) throw new UpstreamFailure({ error: cancelled(), isBroken: false });
  call.signal.addEventListener("abort", end, { once: true });
  const watch = createWatch(call.limits.headersMs, () => ending.abort(tooSlow(origin, "It sent no answer")));
  const release = (): void => {
    watch.stop();
    call.signal.removeEventListener("abort", end);
    delete call.request;
  };
  try {
    const response = await fetch(call.url, requestInit(call, ending.signal, watch.restart));
    watch.stop();
    if (response.body === null) {
      release();
      return response;
    }
    const idleMs = call.isEvents ? call.limits.eventsIdleMs : call.limits.idleMs;
    const body = watchBody(response.body, { idleMs, ending, origin, release });
    return withBody(response, body);
  } catch (error) {
    release();
    throw new UpstreamFailure(nameFailure(ending.signal.aborted ? ending.signal.reason : error, origin));
  }
}

function requestInit(call: UpstreamCall, signal: AbortSignal, onProgress: () => void): RequestInit {
  const init: RequestInit = {
    method: call.method,
    headers: call.headers,
    redirect: "manual",
    credentials: "omit",
    signal,
  };
  if (call.body === undefined) return init;
  if (call.body instanceof Uint8Array) return { ...init, body: call.body };
  return { ...init, body: call.body.pipeThrough(progress(onProgress)), duplex: "half" };
}

/** Each piece that leaves gives the backend its time anew: a long upload is not a slow answer. */
function progress(onProgress: () => void): TransformStream<Uint8Array, Uint8Array> {
  return new TransformStream(
    {
      transform(chunk, controller) {
        onProgress();
        controller.enqueue(chunk);
      },
    },
    { highWaterMark: 1 },
    { highWaterMark: 0 },
  );
}

interface Watch {
  restart: () => void;
  stop: () => void;
}

function createWatch(ms: number, onLate: () => void): Watch {
  let timer: NodeJS.Timeout | undefined = setTimeout(onLate, ms);
  return {
    restart: () => timer?.refresh(),
    stop: () => {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}

interface WatchBodyOptions {
  idleMs: number;
  ending: AbortController;
  origin: string;
  release: () => void;
}

/** The body piece by piece, as fast as it is read and never faster; silence while somebody waits ends the call. */
function watchBody(body: ReadableStream<Uint8Array>, options: WatchBodyOptions): ReadableStream<Uint8Array> {
  const { idleMs, ending, origin, release } = options;
  const reader = body.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const watch = createWatch(idleMs, () => ending.abort(tooSlow(origin, "It stopped in the middle")));
        try {
          const { done, value } = await reader.read();
          if (!done) {
            controller.enqueue(value);
            return;
          }
          release();
          controller.close();
        } catch (error) {
          release();
          throw nameFailure(ending.signal.aborted ? ending.signal.reason : error, origin).error;
        } finally {
          watch.stop();
        }
      },
      cancel() {
        release();
        ending.abort(cancelled());
      },
    },
    { highWaterMark: 0 },
  );
}

/** The constructor refuses a body for some statuses and statuses below 200: those have none here. */
function withBody(response: Response, body: ReadableStream<Uint8Array>): Response {
  return new Response(body, { status: response.status, headers: response.headers });
}

function tooSlow(origin: string, what: string): AppError {
  return new AppError("timeout", {
    title: "The workplace took too long to answer",
    detail: `${origin}: ${what} within the time allowed.`,
  });
}

export function cancelled(): AppError {
  return new AppError("cancelled", { title: "The call was given up" });
}
