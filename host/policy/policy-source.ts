import type { PolicyLevel } from "#contract/desktop/policies-status.ts";

/** One place where policies stand, as read: names and values are not checked yet. */
export interface PolicyGroup {
  level: PolicyLevel;
  /** A registry key, a file, a profile: what an administrator has to look at. */
  source: string;
  values: Readonly<Record<string, unknown>>;
}

export interface PolicyReading {
  /** Those that win come first: of the machine before those of the person. */
  groups: readonly PolicyGroup[];
  /** What could not be read, in words for an administrator. */
  problems: readonly { source: string; message: string }[];
}

/** The port to where this platform keeps what an administrator has set. */
export interface PolicySource {
  read(): Promise<PolicyReading>;
}

const LEVELS = ["mandatory", "recommended"] as const;

/** All that is mandatory before all that is recommended; within each, in the order of the places. */
export function inOrderOfForce(groups: readonly PolicyGroup[]): PolicyGroup[] {
  return LEVELS.flatMap((level) => groups.filter((group) => group.level === level));
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
