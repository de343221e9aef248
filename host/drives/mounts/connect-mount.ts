import { DriveError } from "../drive-error.ts";
import type { DriveAccess } from "../open-drive.ts";
import { runProgram, type ProgramResult } from "./run-program.ts";

/** Has the system mount a share, by its own means. */
export type ConnectMount = (address: string, access: DriveAccess, signal: AbortSignal) => Promise<void>;

/** The names and the password come on the standard input, as JSON on one line. */
const NEW_MAPPING = [
  "$ErrorActionPreference = 'Stop'",
  "[Console]::InputEncoding = [Text.Encoding]::UTF8",
  "$wanted = [Console]::In.ReadLine() | ConvertFrom-Json",
  "$options = @{ RemotePath = $wanted.share }",
  "if ($wanted.username) { $options.UserName = $wanted.username; $options.Password = $wanted.password }",
  "New-SmbMapping @options | Out-Null",
].join("; ");

export function connectMount(platform: NodeJS.Platform = process.platform): ConnectMount {
  if (platform === "win32") return connectWindows;
  if (platform === "darwin") return connectMac;
  return connectLinux;
}

/** @throws DriveError needsPassword, wrongPassword, unreachable, unsupported */
async function connectLinux(address: string, access: DriveAccess, signal: AbortSignal): Promise<void> {
  const result = await started("gio", ["mount", withoutCifs(address)], {
    signal,
    answer: gioAnswers(access),
  });
  // One that is mounted already is no failure.
  if (result.code !== 0 && !/already mounted/i.test(result.errors)) throw refused(result, access);
}

/** What `gio mount` is answered, by what it asks; each only once, as it would ask for ever. */
export function gioAnswers({
  username,
  password,
}: DriveAccess): (asked: string) => string | null | undefined {
  const [domain, name] = username?.includes("\\") === true ? username.split("\\", 2) : ["", username ?? ""];
  const answers: [RegExp, string][] = [
    [/^User.*: $/m, name ?? ""],
    [/^Domain.*: $/m, domain ?? ""],
    [/^Password.*: $/m, password ?? ""],
  ];
  const given = new Set<RegExp>();
  return (asked) => {
    const [pattern, answer] = answers.find(([one]) => one.test(asked)) ?? [];
    if (pattern === undefined) return undefined;
    // It was refused: the end of the input makes it give up.
    if (given.has(pattern)) return null;
    given.add(pattern);
    return answer;
  };
}

/** AppleScript reads its program from the standard input: so the password is in nobody's list of processes. */
async function connectMac(
  address: string,
  { username, password }: DriveAccess,
  signal: AbortSignal,
): Promise<void> {
  const as =
    username === null ? "" : ` as user name ${quoted(username)} with password ${quoted(password ?? "")}`;
  const input = `mount volume ${quoted(withoutCifs(address))}${as}\n`;
  const result = await started("/usr/bin/osascript", ["-"], { signal, input });
  if (result.code !== 0) throw refused(result, { username, password });
}

async function connectWindows(address: string, access: DriveAccess, signal: AbortSignal): Promise<void> {
  const share = address.replace(/^(smb|cifs):/i, "").replaceAll("/", "\\");
  const args = ["-NoProfile", "-NonInteractive", "-Command", NEW_MAPPING];
  const result = await started("powershell.exe", args, {
    signal,
    input: `${JSON.stringify({ share, ...access })}\n`,
  });
  if (result.code !== 0) throw refused(result, access);
}

async function started(...given: Parameters<typeof runProgram>): Promise<ProgramResult> {
  try {
    return await runProgram(...given);
  } catch (cause) {
    const { signal } = given[2];
    if (signal.aborted)
      throw new DriveError("unreachable", { title: "The share did not answer in time", cause });
    throw new DriveError("unreachable", {
      title: "This share is not mounted",
      detail: `${given[0]} is not there: connect it in the system's file manager, then try again.`,
      cause,
    });
  }
}

const PASSWORD =
  /access.?denied|permission denied|log.?on failure|password|authenti|\b(1326|86|5)\b|-5023|-128/i;

/** What the system said, by what it is about; its own words may hold names and are not repeated. */
function refused({ errors, output }: ProgramResult, { password }: DriveAccess): DriveError {
  if (!PASSWORD.test(`${errors}\n${output}`))
    return new DriveError("unreachable", { title: "The system could not connect this share" });
  return password === null
    ? new DriveError("needsPassword", { title: "This share asks for a password" })
    : new DriveError("wrongPassword", { title: "The share did not accept the name or the password" });
}

function quoted(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

function withoutCifs(address: string): string {
  const text = address.replaceAll("\\", "/");
  return text.startsWith("//") ? `smb:${text}` : text.replace(/^cifs:/i, "smb:");
}
