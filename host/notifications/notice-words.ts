import type { NotificationKind } from "#contract/entities/notification.ts";
import { isOfMessage, type Composed } from "./composer.ts";
import type { Group } from "./notice-groups.ts";
import type { Wording } from "./wording.ts";

/** With the number of messages that it stands for. */
export function grouped(
  { title, body }: Composed,
  { count, isMixed }: Omit<Group, "itemIds">,
  wording: Wording,
): Composed {
  return { title: count > 1 ? wording.grouped(title, count, isMixed) : title, body };
}

/** That there is something, and nothing of what it is. */
export function hidden(kind: NotificationKind, count: number, wording: Wording): Composed {
  if (kind === "invitation") return { title: "Parvis", body: wording.newInvitation };
  if (!isOfMessage(kind)) return { title: "Parvis", body: wording.kinds[kind] };
  return { title: "Parvis", body: count > 1 ? wording.newMessages(count) : wording.newMessage };
}
