import { execFile } from "node:child_process";
import { access } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { isRecord, type PolicyGroup, type PolicyReading, type PolicySource } from "./policy-source.ts";

const FOLDER = "/Library/Managed Preferences";
const FILE = "fr.parvis.desktop.plist";
const DEADLINE_MS = 10_000;

/** Text of a property list as JSON. */
export type ConvertPlist = (path: string) => Promise<string>;

export interface MacOptions {
  folder?: string;
  username?: string;
  convert?: ConvertPlist;
}

/** What a configuration profile has put into the managed preferences; that of the machine wins over the person's. */
export function macPolicies(options: MacOptions = {}): PolicySource {
  const { folder = FOLDER, username = userInfo().username, convert = convertByProgram } = options;
  return {
    async read() {
      const readings = await Promise.all(
        [join(folder, FILE), join(folder, username, FILE)].map((path) => readFileAt(path, convert)),
      );
      return {
        groups: readings.flatMap(({ groups }) => groups),
        problems: readings.flatMap(({ problems }) => problems),
      };
    },
  };
}

/** What the system itself puts beside. */
const OF_THE_SYSTEM = /^Payload|^PfmVersion$|^_/;

async function readFileAt(path: string, convert: ConvertPlist): Promise<PolicyReading> {
  if (!(await isThere(path))) return { groups: [], problems: [] };
  try {
    const content: unknown = JSON.parse(await convert(path));
    if (!isRecord(content)) throw new Error("it is not a dictionary");
    const { Recommended: recommended, ...mandatory } = content;
    const groups: PolicyGroup[] = [{ level: "mandatory", source: path, values: withoutSystem(mandatory) }];
    if (isRecord(recommended)) {
      groups.push({ level: "recommended", source: `${path} (Recommended)`, values: recommended });
    }
    return { groups, problems: [] };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { groups: [], problems: [{ source: path, message: `It cannot be read: ${reason}` }] };
  }
}

function withoutSystem(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !OF_THE_SYSTEM.test(name)));
}

async function isThere(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}

/** They are binary as a rule; the system's own converter reads every kind. */
async function convertByProgram(path: string): Promise<string> {
  const { stdout } = await promisify(execFile)("/usr/bin/plutil", ["-convert", "json", "-o", "-", path], {
    timeout: DEADLINE_MS,
  });
  return stdout;
}
