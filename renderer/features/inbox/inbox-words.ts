import {
  Bell,
  BookOpenCheck,
  AtSign,
  CalendarCheck2,
  CalendarClock,
  CalendarPlus,
  CircleAlert,
  ClipboardCheck,
  FilePen,
  Flag,
  FolderSymlink,
  MailPlus,
  MessageCircle,
  MessageSquareReply,
  SquareCheckBig,
  UserPlus,
  UsersRound,
  type LucideIcon,
} from "lucide-react";
import type { NotificationKind } from "#contract/entities/notification.ts";
import type { InboxGroup } from "#contract/views/inbox.ts";
import type { Spoken } from "#renderer/kit/i18n.ts";

export const inboxIcons: Readonly<Record<NotificationKind, LucideIcon>> = {
  mention: AtSign,
  direct: MessageCircle,
  reply: MessageSquareReply,
  comment: MessageSquareReply,
  invitation: MailPlus,
  spaceRequest: UsersRound,
  joinRequest: UserPlus,
  review: FilePen,
  report: Flag,
  decision: ClipboardCheck,
  mustRead: BookOpenCheck,
  reminder: Bell,
  share: FolderSymlink,
  task: SquareCheckBig,
  taskDue: CalendarClock,
  taskNews: SquareCheckBig,
  meeting: CalendarPlus,
  meetingNews: CalendarCheck2,
  sendFailed: CircleAlert,
};

/** What happened in one sentence: « Anne et Karim vous écrivent ». */
export function headlineOf(t: Spoken["t"], group: InboxGroup): string {
  const { kind, ask } = group.newest;
  const who = whoOf(t, group);
  const count = group.actorCount;
  if (kind === "mention" && ask === "know") return t("inbox.kind.everyone", { who, count });
  if (kind === "meetingNews") return t(`inbox.meeting.${group.newest.news ?? "accepted"}`, { who, count });
  return t(`inbox.kind.${kind}`, { who, count });
}

/** « Anne », « Anne et Karim », « Anne et 3 autres ». */
function whoOf(t: Spoken["t"], { actors, actorCount }: InboxGroup): string {
  const [first, second] = actors.map(({ displayName }) => displayName || t("inbox.someone"));
  if (first === undefined) return t("inbox.someone");
  if (actorCount === 1 || second === undefined) return first;
  if (actorCount === 2) return t("inbox.two", { first, second });
  return t("inbox.several", { first, count: actorCount - 1 });
}
