import { calendarChecks } from "./checks/calendars.ts";
import { capabilityChecks, errorChecks, scopeChecks, signInChecks } from "./checks/basics.ts";
import { deviceChecks } from "./checks/devices.ts";
import { blobChecks } from "./checks/blobs.ts";
import { communityChecks, feedChecks, inboxChecks } from "./checks/communities.ts";
import { libraryChecks } from "./checks/library.ts";
import { eventChecks } from "./checks/events.ts";
import { historyChecks } from "./checks/history.ts";
import { messageChecks, ownAreaChecks, placeChecks } from "./checks/mutations.ts";
import { partChecks, readingChecks } from "./checks/parts.ts";
import { orderChecks, resumeChecks, syncChecks } from "./checks/sync.ts";
import { revocationChecks, visibilityChecks } from "./checks/visibility.ts";
import { taskChecks } from "./checks/tasks.ts";
import { conflictChecks, idempotenceChecks, rejectionChecks, unknownChecks } from "./checks/writing.ts";
import type { Check } from "./runner.ts";

/** In the order in which someone who writes a backend gets to them. */
export const allChecks: readonly Check[] = [
  ...capabilityChecks,
  ...signInChecks,
  ...errorChecks,
  ...scopeChecks,
  ...messageChecks,
  ...ownAreaChecks,
  ...deviceChecks,
  ...placeChecks,
  ...syncChecks,
  ...orderChecks,
  ...resumeChecks,
  ...idempotenceChecks,
  ...conflictChecks,
  ...rejectionChecks,
  ...unknownChecks,
  ...historyChecks,
  ...partChecks,
  ...readingChecks,
  ...inboxChecks,
  ...communityChecks,
  ...feedChecks,
  ...blobChecks,
  ...libraryChecks,
  ...taskChecks,
  ...calendarChecks,
  ...visibilityChecks,
  ...revocationChecks,
  ...eventChecks,
];
