import { randomUUID } from "node:crypto";
import { rm, statfs } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { updateStatusSchema } from "#contract/desktop/updates.ts";
import { AppError } from "#contract/problem.ts";
import { errorCode, writeFileAtomic } from "../files/atomic-file.ts";
import type { Checked, DiagnosticParts } from "./parts.ts";

const WARN_FREE = 1_000_000_000;
const FAIL_FREE = 100_000_000;
const PROBE = "selfTest/probe";

/** Written, read and deleted: whether what has to be kept would be found again. */
export async function checkSecrets({ secrets }: DiagnosticParts): Promise<Checked> {
  const { store, isLocked, reason } = await secrets.status();
  const facts = { store, ...(reason === undefined ? {} : { reason }) };
  if (isLocked) return { state: "failed", outcome: "locked", facts };
  try {
    const value = randomUUID();
    await secrets.set(PROBE, value);
    const found = await secrets.get(PROBE);
    await secrets.delete(PROBE);
    if (found !== value) return { state: "failed", outcome: "lost", facts };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return {
      state: "failed",
      outcome: "broken",
      facts: { ...facts, kind: error.kind, detail: error.problem.detail ?? "" },
    };
  }
  return store === "memory"
    ? { state: "warning", outcome: "memory", facts }
    : { state: "ok", outcome: "kept", facts };
}

export async function checkDisk({ dataDir }: DiagnosticParts): Promise<Checked> {
  const { bavail, bsize } = await statfs(dataDir);
  const free = bavail * bsize;
  const facts = { free: String(free) };
  const probe = join(dataDir, `self-test-${randomUUID()}`);
  try {
    await writeFileAtomic(probe, "probe");
    await rm(probe);
  } catch (error) {
    const code = error instanceof AppError ? error.kind : errorCode(error);
    return { state: "failed", outcome: "readOnly", facts: { ...facts, code } };
  }
  if (free < FAIL_FREE) return { state: "failed", outcome: "full", facts };
  return free < WARN_FREE
    ? { state: "warning", outcome: "little", facts }
    : { state: "ok", outcome: "enough", facts };
}

const shownSchema = z.object({ isShown: z.boolean(), detail: z.string() });

/** Shows one. */
export async function checkNotifications({ settings, call }: DiagnosticParts): Promise<Checked> {
  const { notifications } = await settings.get();
  if (notifications === "off") return { state: "skipped", outcome: "off", facts: {} };
  const result = await call("notifications.test", {});
  if (!result.ok) return { state: "skipped", outcome: "unknown", facts: { kind: result.error.kind } };
  const { isShown, detail } = shownSchema.parse(result.value);
  return { state: isShown ? "ok" : "warning", outcome: isShown ? "shown" : "notShown", facts: { detail } };
}

export function checkPolicies({ policies }: DiagnosticParts): Checked {
  const { entries, problems } = policies.status();
  const facts = {
    count: String(entries.length),
    problems: problems.map(({ message }) => message).join("\n"),
  };
  if (problems.length > 0) return { state: "warning", outcome: "problems", facts };
  return { state: "ok", outcome: entries.length === 0 ? "none" : "applied", facts };
}

export async function checkUpdates({ call }: DiagnosticParts): Promise<Checked> {
  const result = await call("updates.status", {});
  if (!result.ok) return { state: "skipped", outcome: "unknown", facts: { kind: result.error.kind } };
  const {
    state,
    reason = "",
    detail = "",
    version = "",
    lastCheckedAt = "",
  } = updateStatusSchema.parse(result.value);
  const facts = { state, reason, detail, version, lastCheckedAt };
  if (state === "failed") return { state: "warning", outcome: "failed", facts };
  if (state === "off") return { state: "skipped", outcome: "off", facts };
  return { state: "ok", outcome: state === "ready" ? "ready" : "on", facts };
}

/** Those that a person has disconnected are as they should be. */
export function checkDrives({ drives }: DiagnosticParts): Checked {
  const all = drives.service.list().filter(({ state }) => state !== "disconnected");
  const names = (wanted: string) =>
    all.flatMap(({ state, name }) => (state === wanted ? [name] : [])).join(", ");
  const facts = {
    count: String(all.length),
    unreachable: names("unreachable"),
    password: names("needsPassword"),
  };
  if (all.length === 0) return { state: "skipped", outcome: "none", facts };
  if (facts.unreachable !== "") return { state: "warning", outcome: "unreachable", facts };
  return facts.password === ""
    ? { state: "ok", outcome: "connected", facts }
    : { state: "warning", outcome: "password", facts };
}
