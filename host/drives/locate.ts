import { drivePathSchema, type DriveId, type DriveInfo, type DrivePath } from "#contract/drives.ts";

/**
 * Which of the drives holds what stands at `path` of `address`: the one of that address, or one that begins above or below
 * it. The longest address that fits is taken. Folders of this machine are never meant by somebody else.
 */
export function locate(
  drives: readonly Pick<DriveInfo, "id" | "kind" | "address">[],
  address: string,
  path: DrivePath,
): { driveId: DriveId; path: DrivePath } | null {
  const wanted = [...stepsOf(address), ...path.split("/").filter((name) => name !== "")];
  const isAbove = (steps: readonly string[]) =>
    steps.every((step, index) => step.toLowerCase() === wanted[index]?.toLowerCase());
  const [found] = drives
    .filter(({ kind }) => kind !== "folder")
    .map((drive) => ({ driveId: drive.id, steps: stepsOf(drive.address) }))
    .filter(({ steps }) => isAbove(steps))
    .toSorted((a, b) => b.steps.length - a.steps.length);
  if (found === undefined) return null;
  const rest = drivePathSchema.safeParse(wanted.slice(found.steps.length).join("/"));
  return rest.success ? { driveId: found.driveId, path: rest.data } : null;
}

/** `https:`, host, names; only names in the address of a server are percent-encoded. */
function stepsOf(address: string): string[] {
  const steps = address.split(/[\\/]+/).filter((step) => step !== "");
  return /^https?:/i.test(address) ? steps.map(decoded) : steps;
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}
