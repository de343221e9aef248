import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";

/** `status` 0 is valid, as PowerShell's SignatureStatus counts. */
const signatureSchema = z.object({ status: z.int(), subject: z.string().min(1).nullable() });

/** Runs a script; resolves with what it printed. */
export type RunScript = (script: string) => Promise<string>;

/**
 * Why an update file is not to be installed, or null: it has to be signed, validly, by whoever signed the program that
 * runs. Whatever keeps this from being found out is a reason, too: PowerShell blocked, no signature, an odd answer.
 */
export async function refusalOf(
  updateFile: string,
  program: string,
  run: RunScript = runPowerShell,
): Promise<string | null> {
  try {
    const [own, update] = [await readSignature(program, run), await readSignature(updateFile, run)];
    if (own.status !== 0 || own.subject === null) return "this installation is not signed itself";
    if (update.status !== 0 || update.subject === null) return "the update is not validly signed";
    return own.subject === update.subject ? null : `the update is signed by ${update.subject}`;
  } catch (error) {
    return `the signature could not be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function readSignature(path: string, run: RunScript): Promise<z.infer<typeof signatureSchema>> {
  // PowerShell takes typographic quotes for plain ones, and a person's folder may be called D’Arc.
  const quoted = path.replaceAll(/['\u2018-\u201B]/g, "$&$&");
  const script = [
    "[Console]::OutputEncoding = [Text.Encoding]::UTF8",
    `$s = Get-AuthenticodeSignature -LiteralPath '${quoted}' -ErrorAction Stop`,
    "@{ status = [int]$s.Status; subject = $s.SignerCertificate.Subject } | ConvertTo-Json -Compress",
  ].join("; ");
  return signatureSchema.parse(JSON.parse(await run(script)));
}

/** By its full path, so that no other program of that name is asked; the script itself passes no shell. */
async function runPowerShell(script: string): Promise<string> {
  const root = process.env["SystemRoot"] ?? "C:\\Windows";
  const program = join(root, "System32", "WindowsPowerShell", "v1.0", "powershell.exe");
  const encoded = Buffer.from(script, "utf16le").toString("base64");
  const { PSModulePath: _, ...env } = process.env;
  const args = ["-NoProfile", "-NonInteractive", "-EncodedCommand", encoded];
  const { stdout } = await promisify(execFile)(program, args, { timeout: 30_000, env, windowsHide: true });
  return stdout;
}
