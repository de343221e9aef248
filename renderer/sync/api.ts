import { AppError, problemSchema, type ProblemKind } from "#contract/problem.ts";

export type Fetch = (path: string, init?: RequestInit) => Promise<Response>;

export interface ApiOptions {
  fetch: Fetch;
  /** Path of the account's gateway, without a trailing slash. */
  basePath: string;
}

/** The backend behind the gateway: every failure is an AppError. */
export class Api {
  readonly #options: ApiOptions;

  constructor(options: ApiOptions) {
    this.#options = options;
  }

  /** @throws AppError, `cancelled` when the signal was aborted. */
  async request(path: string, init: RequestInit & { signal: AbortSignal }): Promise<Response> {
    let response: Response;
    try {
      response = await this.#options.fetch(`${this.#options.basePath}${path}`, init);
    } catch (error) {
      throw networkError(error, init.signal);
    }
    if (!response.ok) throw await problemOf(response);
    return response;
  }

  async json(path: string, init: RequestInit & { signal: AbortSignal }): Promise<unknown> {
    const response = await this.request(path, init);
    try {
      return await response.json();
    } catch (error) {
      throw networkError(error, init.signal);
    }
  }
}

/** What a failed fetch or an interrupted body means. */
export function networkError(error: unknown, signal: AbortSignal): AppError {
  if (error instanceof AppError) return error;
  if (signal.aborted) {
    const reason: unknown = signal.reason;
    return reason instanceof AppError ? reason : new AppError("cancelled", { cause: error });
  }
  return new AppError("offline", { title: "The workplace could not be reached", cause: error });
}

const kindOfStatus: Readonly<Record<number, ProblemKind>> = {
  400: "badRequest",
  401: "signInRequired",
  403: "forbidden",
  404: "notFound",
  409: "conflict",
  410: "cursorExpired",
  413: "tooLarge",
  429: "rateLimited",
  501: "unsupported",
  502: "unavailable",
  503: "unavailable",
  504: "timeout",
};

async function problemOf(response: Response): Promise<AppError> {
  const kind = kindOfStatus[response.status] ?? (response.status < 500 ? "badRequest" : "serverFault");
  try {
    const parsed = problemSchema.safeParse(await response.json());
    if (parsed.success) return AppError.from(parsed.data);
  } catch (error) {
    // A proxy's own page: its status is all there is to know.
    return new AppError(kind, { title: `The workplace answered ${response.status}`, cause: error });
  }
  return new AppError(kind, { title: `The workplace answered ${response.status}` });
}
