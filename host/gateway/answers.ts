import { AppError, problemSchema, type Problem } from "#contract/problem.ts";

const DATA_TYPES = /^(application\/(json|problem\+json|x-ndjson|octet-stream)|text\/event-stream)\b/;

/**
 * Tells a workplace's answer from what stands in its place: a captive portal, a proxy's page, a redirect to a sign-in form.
 * Returns the failure it stands for, or nothing when it may go on to the page as it is.
 */
export function judgeAnswer(response: Response, url: URL): AppError | undefined {
  const { status } = response;
  if (status === 511) return networkSignIn(url);
  if (status >= 300 && status < 400 && status !== 304) return redirected(response, url);
  if (isData(response, url)) return undefined;
  if (status === 502 || status === 503 || status === 504) return unavailable(response, url);
  if (status === 429) return limited(response);
  if (status >= 500) return new AppError("serverFault", { title: `The workplace failed (${status})` });
  return new AppError("notAWorkplace", {
    title: "What answers at this address is not a workplace",
    detail: `${url.origin} answered ${status} with ${response.headers.get("content-type") ?? "no content type"}. A sign-in page of the network, or another site, may stand in between.`,
  });
}

function isData(response: Response, url: URL): boolean {
  // A file has the type it was sent with, HTML too.
  if (url.pathname.startsWith("/v1/blobs/") && response.ok) return true;
  const hasNoBody = response.body === null || response.status === 304;
  // What a workplace refuses to a HEAD has no body either, and says of which type it would be.
  if (hasNoBody && response.status < 400) return true;
  return DATA_TYPES.test(response.headers.get("content-type") ?? "");
}

function redirected(response: Response, url: URL): AppError {
  const target = response.headers.get("location") ?? "another address";
  return new AppError("wrongAddress", {
    title: "The address leads elsewhere",
    detail: `${url.origin} sends on to ${target.slice(0, 300)}. Give the address of the workplace itself.`,
  });
}

function unavailable(response: Response, url: URL): AppError {
  const retryAfter = retryAfterOf(response);
  return new AppError("unavailable", {
    title: "The workplace is not available at the moment",
    detail: `${url.origin} answered ${response.status}.`,
    ...(retryAfter === undefined ? {} : { retryAfter }),
  });
}

function limited(response: Response): AppError {
  const retryAfter = retryAfterOf(response);
  return new AppError("rateLimited", {
    title: "The workplace asks to slow down",
    ...(retryAfter === undefined ? {} : { retryAfter }),
  });
}

/** Seconds; the other form of the header, a date, is left aside since clocks differ. */
export function retryAfterOf(response: Response): number | undefined {
  const value = response.headers.get("retry-after") ?? "";
  return /^\d{1,6}$/.test(value) ? Number(value) : undefined;
}

/** The problem in an answer that failed. */
export async function readProblem(response: Response): Promise<Problem> {
  const parsed = problemSchema.safeParse(await readJson(response));
  if (parsed.success) return parsed.data;
  return new AppError("serverFault", { title: `The workplace answered ${response.status}` }).problem;
}

/** JSON of an answer, at most `limitBytes` of it; `undefined` when it is something else. */
export async function readJson(response: Response, limitBytes = 1_000_000): Promise<unknown> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > limitBytes) return undefined;
  }
  try {
    const value: unknown = JSON.parse(text + decoder.decode());
    return value;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A network that keeps people until they have signed in answers in everybody's place (RFC 6585). */
function networkSignIn(url: URL): AppError {
  return new AppError("networkSignIn", {
    title: "The network asks to sign in first",
    detail: `Asked for ${url.origin}, the network answered 511 with a page of its own.`,
  });
}
