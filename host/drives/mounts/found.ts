import type { FoundMount } from "../found-mounts.ts";
import type { Mounted } from "./mounted.ts";
import type { SystemMounts } from "./system-mounts.ts";

/** As a person is offered them: each share once, by the address that others have too where there is one. */
export async function foundMounts(system: SystemMounts, signal: AbortSignal): Promise<FoundMount[]> {
  const found = new Map<string, FoundMount>();
  for (const mounted of await system(signal)) {
    const one = asFound(mounted);
    if (!found.has(one.address)) found.set(one.address, one);
  }
  return [...found.values()];
}

function asFound({ folder, share, protocol }: Mounted): FoundMount {
  // Of a WebDAV mount the folder: its https address would be another drive, with a password of its own.
  const address = share === null || /^https?:/i.test(share) ? folder : share;
  const last =
    address
      .replace(/[\\/]+$/, "")
      .split(/[\\/]/)
      .at(-1) ?? "";
  return { name: decodedName(last) || address, address, protocol };
}

function decodedName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
