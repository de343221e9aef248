import { readSmallFile } from "../files/read-small.ts";
import { isRecord, type PolicyGroup, type PolicyReading, type PolicySource } from "./policy-source.ts";

export const LINUX_POLICIES = "/etc/parvis/policies.json";

const WRITABLE_BY_OTHERS = 0o022;
const MAX_BYTES = 1_048_576;

/** Linux: one file of the administrator, `{"mandatory": {…}, "recommended": {…}}`. */
export function jsonPolicies(path: string): PolicySource {
  return {
    async read() {
      try {
        const file = await readSmallFile(path, MAX_BYTES);
        if (file.kind === "none") return { groups: [], problems: [] };
        if (file.kind === "odd") return nothing(path, `It is not read: ${file.reason}.`);
        if ((file.mode & WRITABLE_BY_OTHERS) !== 0) {
          return nothing(path, "It is not read because others than its owner may write to it (chmod go-w).");
        }
        if (!isTrusted(file.uid)) {
          return nothing(path, "It is not read because it belongs to somebody else (chown root).");
        }
        return readText(path, file.text);
      } catch (error) {
        return nothing(path, `It cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      }
    },
  };
}

/** The administrator, or whoever runs Parvis: no third person decides for them. */
function isTrusted(uid: number): boolean {
  return uid === 0 || process.getuid === undefined || uid === process.getuid();
}

function readText(path: string, text: string): PolicyReading {
  const content = parse(text.replace(/^\uFEFF/, ""));
  if (!isRecord(content)) return nothing(path, "It is not a JSON object.");
  const groups: PolicyGroup[] = [];
  const problems: { source: string; message: string }[] = [];
  for (const [level, values] of Object.entries(content)) {
    if (level === "$schema") continue;
    if ((level === "mandatory" || level === "recommended") && isRecord(values)) {
      groups.push({ level, source: path, values });
    } else {
      problems.push({
        source: path,
        message: `“${level}” is left out: policies stand in the objects “mandatory” and “recommended”.`,
      });
    }
  }
  return { groups, problems };
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function nothing(source: string, message: string): PolicyReading {
  return { groups: [], problems: [{ source, message }] };
}
