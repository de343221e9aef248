import type { HostChannel } from "#contract/bridge.ts";
import { AppError } from "#contract/problem.ts";
import type { LockService } from "./lock-service.ts";

/**
 * All that a page may ask while Parvis is locked: how things stand, what opens the lock, what throws everything away, and
 * what the network needs in order to go on notifying. Every other channel, also one that is added later, is refused.
 */
export const WHILE_LOCKED: ReadonlySet<HostChannel> = new Set<HostChannel>([
  "app.info",
  "settings.get",
  "policies.get",
  "desktop.status",
  // Names and addresses of workplaces: the page starts with them, and says whose lock it is.
  "accounts.list",
  "secrets.status",
  "lock.status",
  "lock.lock",
  "lock.unlock",
  "profile.wipe",
  // Deletes, and opens nothing.
  "cache.condemned",
  "cache.deleted",
  "page.report",
  "page.active",
  // Links without their objects: asked for once, by a page that starts.
  "page.takeTargets",
  // The host's own connections go on.
  "network.questions",
  "network.answer",
  "updates.status",
]);

/** @throws AppError locked */
export function assertAnswered(channel: HostChannel, lock: Pick<LockService, "isLocked"> | undefined): void {
  if (lock?.isLocked !== true || WHILE_LOCKED.has(channel)) return;
  throw new AppError("locked", { title: "Parvis is locked", detail: "Give the code in its window." });
}
