import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { isPolicyName } from "#contract/policies.ts";
import { errorCode } from "../files/atomic-file.ts";
import type { PolicyGroup, PolicyReading, PolicySource } from "./policy-source.ts";
import { policyKind } from "./read-policies.ts";
import { parseRegistryFile, type RegistryKeys, type RegistryValue } from "./registry-file.ts";

/** The machine's key wins over the person's. */
const HIVES = [
  { short: "HKLM", long: "HKEY_LOCAL_MACHINE" },
  { short: "HKCU", long: "HKEY_CURRENT_USER" },
] as const;
const PATH = "SOFTWARE\\Policies\\Parvis";

const DEADLINE_MS = 10_000;

/** Text of an exported key; undefined when there is no such key. */
export type ExportKey = (key: string) => Promise<string | undefined>;

export function windowsPolicies(exportKey: ExportKey = exportByProgram): PolicySource {
  return {
    async read() {
      const readings = await Promise.all(HIVES.map((hive) => readHive(hive, exportKey)));
      return {
        groups: readings.flatMap(({ groups }) => groups),
        problems: readings.flatMap(({ problems }) => problems),
      };
    },
  };
}

async function readHive(hive: (typeof HIVES)[number], exportKey: ExportKey): Promise<PolicyReading> {
  const source = `${hive.short}\\${PATH}`;
  try {
    const text = await exportKey(source);
    if (text === undefined) return { groups: [], problems: [] };
    const keys = parseRegistryFile(text);
    const top = `${hive.long}\\${PATH}`;
    const recommended = `${source}\\Recommended`;
    return {
      groups: [
        ...groupOf(keys, top, { level: "mandatory", source }),
        ...groupOf(keys, `${top}\\Recommended`, { level: "recommended", source: recommended }),
      ],
      problems: [],
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { groups: [], problems: [{ source, message: `It cannot be read: ${reason}` }] };
  }
}

/** Lists stand in keys of their own, their texts under “1”, “2”, “3”… */
function groupOf(keys: RegistryKeys, path: string, group: Omit<PolicyGroup, "values">): PolicyGroup[] {
  const values: Record<string, unknown> = Object.fromEntries(valuesOf(keys, path));
  for (const [key, list] of keys) {
    if (!isDirectChild(key, path)) continue;
    const name = key.slice(path.length + 1);
    if (name.toLowerCase() === "recommended" || (isPolicyName(name) && policyKind(name) !== "array"))
      continue;
    values[name] = [...list].sort(([a], [b]) => Number(a) - Number(b)).map(([, text]) => text);
  }
  return Object.keys(values).length === 0 ? [] : [{ ...group, values }];
}

/** Keys are compared as Windows compares them. */
function valuesOf(keys: RegistryKeys, path: string): ReadonlyMap<string, RegistryValue> {
  for (const [key, values] of keys) if (key.toLowerCase() === path.toLowerCase()) return values;
  return new Map();
}

function isDirectChild(key: string, path: string): boolean {
  const start = `${path}\\`.toLowerCase();
  return key.toLowerCase().startsWith(start) && !key.slice(start.length).includes("\\");
}

const run = promisify(execFile);

/** By the system's own `reg.exe`, named by its whole path: no other program of that name is started. */
async function exportByProgram(key: string): Promise<string | undefined> {
  const program = join(process.env["SystemRoot"] ?? "C:\\Windows", "System32", "reg.exe");
  const options = { timeout: DEADLINE_MS, windowsHide: true };
  if (!(await exists(program, key))) return undefined;
  const folder = await mkdtemp(join(tmpdir(), "parvis-policies-"));
  try {
    const file = join(folder, "policies.reg");
    await run(program, ["export", key, file, "/y", "/reg:64"], options);
    return await readFile(file, "utf16le");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** It answers 1 for a key that is not there, and for nothing else that is expected here. */
async function exists(program: string, key: string): Promise<boolean> {
  try {
    await run(program, ["query", key, "/reg:64"], { timeout: DEADLINE_MS, windowsHide: true });
    return true;
  } catch (error) {
    if (typeof error === "object" && error !== null && "code" in error && error.code === 1) return false;
    if (errorCode(error) === "ENOENT") throw new Error(`${program} is missing`, { cause: error });
    throw error;
  }
}
