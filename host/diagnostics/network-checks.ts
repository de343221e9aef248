import type { Account } from "#contract/bridge.ts";
import { AppError } from "#contract/problem.ts";
import { judgeAnswer, readJson } from "../gateway/answers.ts";
import { parseCapabilities } from "../gateway/capabilities.ts";
import { nameFailure } from "../gateway/failures.ts";
import type { Checked, DiagnosticParts } from "./parts.ts";

const WARN_SKEW_MS = 2 * 60_000;
const FAIL_SKEW_MS = 10 * 60_000;
const WARN_CERTIFICATE_DAYS = 30;
const DAY_MS = 86_400_000;
const SLOW_MS = 3000;

export interface ServerAnswer {
  server: Checked;
  clock: Checked;
  /** Why it was not reached. */
  failure?: AppError;
}

/** Whether the workplace answers, as one that this Parvis understands; and what time it says it is. */
export async function checkServer(parts: DiagnosticParts, account: Account): Promise<ServerAnswer> {
  const { network, now } = parts;
  const url = new URL("/v1/capabilities", account.serverUrl);
  const startedAt = now();
  try {
    const response = await network.fetchFor("selfTest")(url.href, {
      redirect: "manual",
      credentials: "omit",
    });
    const clock = judgeClock(response.headers.get("date"), (startedAt + now()) / 2);
    const failure = judgeAnswer(response, url);
    if (failure !== undefined) throw failure;
    const capabilities = parseCapabilities(await readJson(response), url.origin);
    const ms = now() - startedAt;
    const facts = {
      server: url.origin,
      product: `${capabilities.server.product} ${capabilities.server.version}`,
      contract: String(capabilities.contract.version),
      ms: String(Math.round(ms)),
    };
    return {
      server: { state: ms > SLOW_MS ? "warning" : "ok", outcome: ms > SLOW_MS ? "slow" : "reached", facts },
      clock,
    };
  } catch (error) {
    const { error: failure } = nameFailure(error, url.origin);
    const facts = {
      server: url.origin,
      kind: failure.kind,
      detail: failure.problem.detail ?? failure.problem.title,
    };
    return {
      server: { state: "failed", outcome: "problem", facts },
      clock: { state: "skipped", outcome: "notReached", facts: {} },
      failure,
    };
  }
}

/** By the server's own clock, which says whole seconds. */
export function judgeClock(date: string | null, nowMs: number): Checked {
  const theirs = Date.parse(date ?? "");
  if (Number.isNaN(theirs)) return { state: "skipped", outcome: "unknown", facts: {} };
  const skew = nowMs - theirs;
  const facts = {
    minutes: String(Math.round(Math.abs(skew) / 60_000)),
    server: new Date(theirs).toISOString(),
  };
  if (Math.abs(skew) < WARN_SKEW_MS) return { state: "ok", outcome: "right", facts };
  const state = Math.abs(skew) > FAIL_SKEW_MS ? "failed" : "warning";
  return { state, outcome: skew > 0 ? "ahead" : "behind", facts };
}

export async function checkSignIn({ gateway }: DiagnosticParts, account: Account): Promise<Checked> {
  const facts = { server: account.serverUrl };
  if (account.state === "signedOut" || account.state === "signingIn")
    return { state: "skipped", outcome: "signedOut", facts };
  const response = await gateway.handle(new Request(`http://host.invalid/gateway/${account.id}/v1/me`));
  await response.body?.cancel();
  if (response.ok) return { state: "ok", outcome: "signedIn", facts };
  if (response.status === 401) return { state: "failed", outcome: "expired", facts };
  // Whatever stands between is said by the check of the server.
  return { state: "skipped", outcome: "notReached", facts };
}

export async function checkProxy({ network }: DiagnosticParts, account: Account): Promise<Checked> {
  try {
    const { kind, address, source, isScript } = await network.transport.proxyFor(account.serverUrl);
    const facts = { source, ...(address === undefined ? {} : { address }), script: String(isScript) };
    if (kind === "unknown") return { state: "skipped", outcome: "unknown", facts };
    return { state: "ok", outcome: kind === "proxy" ? "through" : "direct", facts };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return {
      state: "failed",
      outcome: "problem",
      facts: { kind: error.kind, detail: error.problem.detail ?? "" },
    };
  }
}

export function checkCertificate(
  { network, now }: DiagnosticParts,
  { serverUrl }: Account,
  { failure }: ServerAnswer,
): Checked {
  if (!serverUrl.startsWith("https:")) return { state: "skipped", outcome: "notUsed", facts: {} };
  const seen = network.transport.certificateOf(new URL(serverUrl).origin);
  const facts = seen === undefined ? {} : { ...seen, isFromFolder: String(seen.isFromFolder) };
  if (failure !== undefined && /ertificate/.test(failure.kind))
    return {
      state: "failed",
      outcome: "problem",
      facts: { ...facts, kind: failure.kind, detail: failure.problem.detail ?? "" },
    };
  if (seen === undefined) return { state: "skipped", outcome: "unknown", facts };
  const days = Math.floor((Date.parse(seen.validUntil) - now()) / DAY_MS);
  const isSoon = days < WARN_CERTIFICATE_DAYS;
  return {
    state: isSoon ? "warning" : "ok",
    outcome: isSoon ? "endsSoon" : "good",
    facts: { ...facts, days: String(days) },
  };
}
