import type { SelfTest } from "#contract/desktop/diagnostics.ts";

/** The outcomes that have words: check and outcome in one. */
const OUTCOMES = [
  "serverReached",
  "serverSlow",
  "signInSignedIn",
  "signInExpired",
  "signInSignedOut",
  "signInNotReached",
  "proxyThrough",
  "proxyDirect",
  "proxyUnknown",
  "certificateGood",
  "certificateEndsSoon",
  "certificateNotUsed",
  "certificateUnknown",
  "clockRight",
  "clockAhead",
  "clockBehind",
  "clockUnknown",
  "clockNotReached",
  "secretsKept",
  "secretsMemory",
  "secretsLocked",
  "secretsLost",
  "secretsBroken",
  "diskEnough",
  "diskLittle",
  "diskFull",
  "diskReadOnly",
  "notificationsShown",
  "notificationsNotShown",
  "notificationsOff",
  "notificationsUnknown",
  "policiesNone",
  "policiesApplied",
  "policiesProblems",
  "updatesOn",
  "updatesReady",
  "updatesOff",
  "updatesFailed",
  "updatesUnknown",
  "drivesConnected",
  "drivesNone",
  "drivesPassword",
  "drivesUnreachable",
  "timeout",
  "fault",
] as const;
type Outcome = (typeof OUTCOMES)[number];

/** Those after which there is something to do. */
const ADVICE = [
  "serverSlow",
  "signInExpired",
  "certificateEndsSoon",
  "clockAhead",
  "clockBehind",
  "secretsMemory",
  "secretsLocked",
  "secretsLost",
  "secretsBroken",
  "diskLittle",
  "diskFull",
  "diskReadOnly",
  "notificationsNotShown",
  "policiesProblems",
  "updatesFailed",
  "drivesPassword",
  "drivesUnreachable",
  "timeout",
  "fault",
] as const satisfies readonly Outcome[];
type Advice = (typeof ADVICE)[number];

export function outcomeKeyOf(check: SelfTest["check"], outcome: string): Outcome {
  const key = `${check}${outcome.charAt(0).toUpperCase()}${outcome.slice(1)}`;
  return OUTCOMES.find((one) => one === key || one === outcome) ?? "fault";
}

export function adviceKeyOf(outcome: Outcome): Advice | null {
  return ADVICE.find((one) => one === outcome) ?? null;
}
