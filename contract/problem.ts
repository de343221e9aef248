import { z } from "zod";

/**
 * Everything that can be expected to go wrong, as a closed list. Served as RFC 9457 problem details
 * (`application/problem+json`) whose `kind` is one of these.
 */
export const problemKindSchema = z.enum([
  // what the caller sent
  "badRequest",
  "tooLarge",
  "notFound",
  "conflict",
  "unsupported",
  // who the caller is
  "signInRequired",
  "signInFailed",
  /** The sign-in was ended with the order to forget everything of this account on the device. */
  "wipeRequired",
  "forbidden",
  // the state of the other side
  "rateLimited",
  "cursorExpired",
  "serverFault",
  "unavailable",
  // what stands between (made by the gateway, never by a backend)
  "offline",
  "timeout",
  "nameNotFound",
  "wrongAddress",
  "notAWorkplace",
  /** A page of the network asks people to sign in or to agree before anything else. */
  "networkSignIn",
  "proxyUnreachable",
  /** Nobody gave the name and password that the proxy asks for. */
  "proxySignInRequired",
  "proxyRefused",
  /** Not one of those that follow. */
  "certificateRefused",
  "certificateUntrusted",
  "certificateExpired",
  "certificateNotYetValid",
  "certificateWrongHost",
  "clientCertificateRequired",
  "contractTooNew",
  "contractTooOld",
  // this machine
  "storageFull",
  "locked",
  "secretsUnavailable",
  "cancelled",
]);
export type ProblemKind = z.infer<typeof problemKindSchema>;

export const problemSchema = z.looseObject({
  /** `about:blank` or a page that explains the kind. */
  type: z.string().default("about:blank"),
  kind: problemKindSchema,
  /** One plain English sentence for logs and the help desk; the interface has its own words per kind. */
  title: z.string(),
  status: z.int().optional(),
  /** What, where, and what to do. */
  detail: z.string().optional(),
  /** Field of the request that was refused, as a path: `mutations.3.args.body`. */
  pointer: z.string().optional(),
  /** Seconds until another try makes sense. */
  retryAfter: z.number().optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** HTTP status of each kind on the wire. */
export const problemStatus: Record<ProblemKind, number> = {
  badRequest: 400,
  tooLarge: 413,
  notFound: 404,
  conflict: 409,
  unsupported: 501,
  signInRequired: 401,
  signInFailed: 401,
  wipeRequired: 401,
  forbidden: 403,
  rateLimited: 429,
  cursorExpired: 410,
  serverFault: 500,
  unavailable: 503,
  offline: 502,
  timeout: 504,
  nameNotFound: 502,
  wrongAddress: 502,
  notAWorkplace: 502,
  networkSignIn: 502,
  proxyUnreachable: 502,
  proxySignInRequired: 502,
  proxyRefused: 502,
  certificateRefused: 502,
  certificateUntrusted: 502,
  certificateExpired: 502,
  certificateNotYetValid: 502,
  certificateWrongHost: 502,
  clientCertificateRequired: 502,
  contractTooNew: 502,
  contractTooOld: 502,
  storageFull: 507,
  locked: 423,
  secretsUnavailable: 503,
  cancelled: 499,
};

/** Kinds after which the same idempotent call may succeed later, unchanged. */
const transient: ReadonlySet<ProblemKind> = new Set([
  "rateLimited",
  "serverFault",
  "unavailable",
  "offline",
  "timeout",
  "nameNotFound",
  "networkSignIn",
  "proxyUnreachable",
  // The person unlocks, and it goes on.
  "locked",
]);

/** What stands between the workplace and the page: it says nothing of what was sent, which waits until that is mended. */
const between: ReadonlySet<ProblemKind> = new Set([
  "wrongAddress",
  "notAWorkplace",
  "proxySignInRequired",
  "proxyRefused",
  "certificateRefused",
  "certificateUntrusted",
  "certificateExpired",
  "certificateNotYetValid",
  "certificateWrongHost",
  "clientCertificateRequired",
  "contractTooNew",
  "contractTooOld",
  "secretsUnavailable",
  "cancelled",
]);

export function standsBetween(kind: ProblemKind): boolean {
  return between.has(kind);
}

export function isTransient(kind: ProblemKind): boolean {
  return transient.has(kind);
}

/** Nothing more is to be had with these tokens. */
export function isSignedOut(kind: ProblemKind): boolean {
  return kind === "signInRequired" || kind === "wipeRequired";
}

export interface AppErrorOptions {
  title?: string;
  detail?: string;
  pointer?: string;
  retryAfter?: number;
  /** Further fields of the problem, as the `fault` of a drive. */
  facts?: Readonly<Record<string, unknown>>;
  cause?: unknown;
}

/** An expected failure inside a layer. At the layer's edge it becomes a Problem. */
export class AppError extends Error {
  readonly kind: ProblemKind;
  readonly problem: Problem;

  constructor(kind: ProblemKind, options: AppErrorOptions = {}) {
    super(options.title ?? options.detail ?? kind, { cause: options.cause });
    this.name = "AppError";
    this.kind = kind;
    this.problem = {
      ...options.facts,
      type: "about:blank",
      kind,
      title: options.title ?? kind,
      status: problemStatus[kind],
      ...(options.detail === undefined ? {} : { detail: options.detail }),
      ...(options.pointer === undefined ? {} : { pointer: options.pointer }),
      ...(options.retryAfter === undefined ? {} : { retryAfter: options.retryAfter }),
    };
  }

  static from(problem: Problem, cause?: unknown): AppError {
    const { type: _type, kind, title, status: _status, detail, pointer, retryAfter, ...facts } = problem;
    return new AppError(kind, {
      title,
      ...(detail === undefined ? {} : { detail }),
      ...(pointer === undefined ? {} : { pointer }),
      ...(retryAfter === undefined ? {} : { retryAfter }),
      facts,
      cause,
    });
  }
}

/** Turns a zod refusal into a `badRequest` that names the first bad field. */
export function badRequest(error: z.ZodError, where = ""): AppError {
  const issue = error.issues[0];
  const pointer = [where, ...(issue?.path ?? []).map(String)].filter((part) => part !== "").join(".");
  return new AppError("badRequest", {
    title: "The request does not fit the contract",
    detail: issue === undefined ? "It does not fit the schema." : `${pointer || "body"}: ${issue.message}`,
    pointer,
    cause: error,
  });
}
