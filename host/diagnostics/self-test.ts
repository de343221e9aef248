import type { Account } from "#contract/bridge.ts";
import type { SelfTest } from "#contract/desktop/diagnostics.ts";
import { AppError } from "#contract/problem.ts";
import { stackOf } from "../log/crash-log.ts";
import { checkCertificate, checkProxy, checkServer, checkSignIn } from "./network-checks.ts";
import {
  checkDisk,
  checkDrives,
  checkNotifications,
  checkPolicies,
  checkSecrets,
  checkUpdates,
} from "./machine-checks.ts";
import type { Checked, DiagnosticParts } from "./parts.ts";

/** Each of them has as long as this, side by side: the whole is done within ten seconds. */
const LIMIT_MS = 9000;

/** Looks at everything that Parvis depends on; each outcome has words in the page. */
export async function runSelfTest(parts: DiagnosticParts, limitMs = LIMIT_MS): Promise<SelfTest[]> {
  const { accounts, log } = parts;
  // Whoever runs it has come back from whatever they refused.
  parts.network.questions.forgetRefusals();
  const ofServers = accounts.list().flatMap((account) => serverChecks(parts, account, limitMs));
  const ofMachine: Promise<SelfTest>[] = [
    one("secrets", limitMs, () => checkSecrets(parts)),
    one("disk", limitMs, () => checkDisk(parts)),
    one("notifications", limitMs, () => checkNotifications(parts)),
    one("policies", limitMs, async () => checkPolicies(parts)),
    one("updates", limitMs, () => checkUpdates(parts)),
    one("drives", limitMs, async () => checkDrives(parts)),
  ];
  const results = await Promise.all([...ofServers, ...ofMachine]);
  for (const { check, state, outcome } of results)
    log.write(state === "failed" ? "warning" : "information", "Self-test", {
      check,
      verdict: state,
      outcome,
    });
  return results;
}

function serverChecks(parts: DiagnosticParts, account: Account, limitMs: number): Promise<SelfTest>[] {
  const { id } = account;
  const answer = checkServer(parts, account);
  // Each of those that build on it reports its failure in its own way.
  answer.catch(() => undefined);
  return [
    one("server", limitMs, async () => (await answer).server, id),
    one("signIn", limitMs, () => checkSignIn(parts, account), id),
    one("proxy", limitMs, () => checkProxy(parts, account), id),
    // What is known of the certificate comes from the connection.
    one("certificate", limitMs, async () => checkCertificate(parts, account, await answer), id),
    one("clock", limitMs, async () => (await answer).clock, id),
  ];
}

async function one(
  check: SelfTest["check"],
  limitMs: number,
  run: () => Promise<Checked>,
  accountId?: Account["id"],
): Promise<SelfTest> {
  const named = accountId === undefined ? { check } : { check, accountId };
  const late = Promise.withResolvers<Checked>();
  const timer = setTimeout(() => late.resolve({ state: "failed", outcome: "timeout", facts: {} }), limitMs);
  try {
    return { ...named, ...(await Promise.race([run(), late.promise])) };
  } catch (error) {
    const facts = error instanceof AppError ? { kind: error.kind } : { kind: "fault", stack: stackOf(error) };
    return { ...named, state: "failed", outcome: "fault", facts };
  } finally {
    clearTimeout(timer);
  }
}
