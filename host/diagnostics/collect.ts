import { open, readdir, stat } from "node:fs/promises";
import { arch, platform, release, totalmem } from "node:os";
import { join } from "node:path";
import type { Diagnostics } from "#contract/desktop/diagnostics.ts";
import type { Contact } from "#contract/desktop/network.ts";
import type { PolicyEntry } from "#contract/desktop/policies-status.ts";
import { errorCode } from "../files/atomic-file.ts";
import type { DiagnosticParts } from "./parts.ts";

/** Of each log, its end. */
const LOG_BYTES = 200_000;
const LOGS = ["parvis.log", "parvis.log.1", "workplace.log"];
const LAST_ERRORS = 15;
/** Addresses that may say where somebody goes, and keys. */
const HIDDEN_POLICIES = new Set(["UpdateSigningKeys", "Drives"]);

/**
 * What would be given to the help desk: nothing of a workplace, no name, no secret. Logs are scrubbed as they are written,
 * and once more here by what is known to be secret by now.
 */
export async function collectDiagnostics(parts: DiagnosticParts): Promise<Diagnostics> {
  const files = await Promise.all(LOGS.map((name) => readLog(parts, name)));
  const contacts = { name: "contacts.json", text: `${JSON.stringify(contactsOf(parts), null, 1)}\n` };
  const summary = await summarize(parts, files[0]?.text ?? "");
  const all = [{ name: "summary.txt", text: `${summary}\n` }, contacts, ...files];
  return {
    summary,
    files: all
      .filter(({ text }) => text !== "")
      .map(({ name, text }) => ({ name, text, bytes: Buffer.byteLength(text) })),
  };
}

async function summarize(parts: DiagnosticParts, log: string): Promise<string> {
  const { info, secrets, accounts, policies, now } = parts;
  const { store, isLocked } = await secrets.status();
  const lines = [
    `Parvis ${info.version} (${info.shell}), ${new Date(now()).toISOString()}`,
    `System: ${platform()} ${release()} ${arch()}, ${Math.round(totalmem() / 1e9)} GB, ${info.locale}`,
    `Profile since: ${await bornAt(parts.dataDir)}`,
    `Key store: ${store}${isLocked ? ", locked" : ""}`,
    "",
    "Accounts:",
    ...accounts.list().map(({ id, serverUrl, state }) => `  ${id} ${new URL(serverUrl).origin} ${state}`),
    "",
    "Drives:",
    ...driveLines(parts),
    "",
    "Policies in force:",
    ...policies.status().entries.map(policyLine),
    ...policies.status().problems.map(({ message }) => `  problem: ${message}`),
    "",
    "Files of the profile (bytes):",
    ...(await sizesOf(parts.dataDir)),
    "",
    "Hosts contacted:",
    ...contactsOf(parts).map(
      ({ module, origin, count, failures, lastAt, lastFailure }) =>
        `  ${lastAt} ${module} ${origin}: ${count}, failed ${failures}${lastFailure === undefined ? "" : ` (${lastFailure})`}`,
    ),
    "",
    "Last errors and warnings:",
    ...lastErrors(log).map((line) => `  ${line}`),
  ];
  return lines.map((line) => parts.scrubber.text(line)).join("\n");
}

/** Neither name nor path: where a share lies says what somebody works on. */
function driveLines({ drives }: DiagnosticParts): string[] {
  return drives.service.list().map(({ id, kind, origin, address, state, since, problem, index }) => {
    const at = kind === "webdav" ? ` ${URL.parse(address)?.origin ?? ""}` : "";
    const why = problem === null ? "" : ` (${problem.fault ?? problem.kind})`;
    const names =
      index === null ? "" : `, ${index.entries} names, looked through ${index.completedAt ?? "never"}`;
    return `  ${id} ${kind} of ${origin}${at} ${state}${why} since ${since}${names}`;
  });
}

function policyLine({ name, value, level, source }: PolicyEntry): string {
  const shown = HIDDEN_POLICIES.has(name) ? "(set)" : JSON.stringify(value);
  return `  ${name} = ${shown} (${level}, ${source})`;
}

/** Where links lead says what somebody reads: only how many there were. */
function contactsOf({ network }: DiagnosticParts): Contact[] {
  return network.contacts.list().map((contact) => {
    const { module, origin } = contact;
    return Object.assign({}, contact, { origin: module === "link" ? "(a link)" : origin });
  });
}

async function readLog(
  { dataDir, scrubber }: DiagnosticParts,
  name: string,
): Promise<{ name: string; text: string }> {
  try {
    const file = await open(join(dataDir, "logs", name));
    try {
      const { size } = await file.stat();
      const length = Math.min(size, LOG_BYTES);
      const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
      const text = buffer.toString("utf8");
      // The first line is whole only if the file is.
      const whole = length < size ? text.slice(text.indexOf("\n") + 1) : text;
      return { name: `logs/${name}`, text: whole.split("\n").map(scrubber.text).join("\n") };
    } finally {
      await file.close();
    }
  } catch (error) {
    if (errorCode(error) === "") throw error;
    return { name: `logs/${name}`, text: "" };
  }
}

function lastErrors(log: string): string[] {
  return log
    .split("\n")
    .filter((line) => /"level":"(error|warning)"/.test(line))
    .slice(-LAST_ERRORS);
}

async function bornAt(dataDir: string): Promise<string> {
  try {
    return (await stat(join(dataDir, "profile.json"))).birthtime.toISOString().slice(0, 10);
  } catch (error) {
    if (errorCode(error) === "") throw error;
    return "now";
  }
}

async function sizesOf(dataDir: string): Promise<string[]> {
  const names = await readdir(dataDir);
  const lines = await Promise.all(
    names.toSorted().map(async (name) => {
      const info = await stat(join(dataDir, name)).catch(() => undefined);
      if (info === undefined) return [];
      return [`  ${name}${info.isDirectory() ? "/" : `: ${info.size}`}`];
    }),
  );
  return lines.flat();
}
