import {
  CalendarDays,
  FolderOpen,
  HardDrive,
  Inbox,
  MessageCircle,
  Newspaper,
  SquareCheckBig,
  UsersRound,
  type LucideIcon,
} from "lucide-react";
import { lazy, type ComponentType } from "react";
import type { ModuleName } from "#contract/capabilities.ts";
import { withWords } from "#renderer/kit/i18n.ts";
import { MessagingContent, MessagingList } from "#renderer/features/messaging/messaging-module.tsx";

export interface ModuleEntry {
  name: ModuleName;
  icon: LucideIcon;
  /** What stands in the list pane. */
  List: ComponentType;
  /** What stands in the content pane. */
  Content: ComponentType;
}

const inbox = () => withWords(["inbox"], () => import("#renderer/features/inbox/inbox-module.tsx"));
const feed = () => withWords(["feed"], () => import("#renderer/features/feed/feed-module.tsx"));
const communities = () =>
  withWords(["communities"], () => import("#renderer/features/communities/communities-module.tsx"));
const documents = () =>
  withWords(["documents"], () => import("#renderer/features/documents/documents-module.tsx"));
// A space shows its wall and its news.
const communitiesPane = () => withWords(["communities", "feed"], () => import("./communities-pane.tsx"));

const tasks = () => withWords(["tasks"], () => import("#renderer/features/tasks/tasks-module.tsx"));

const calendar = () =>
  withWords(["calendar"], () => import("#renderer/features/calendar/calendar-module.tsx"));

const drives = () =>
  withWords(["documents", "drives"], () => import("#renderer/features/drives/drives-module.tsx"));

const messaging: ModuleEntry = {
  name: "messaging",
  icon: MessageCircle,
  List: MessagingList,
  Content: MessagingContent,
};

/** What this version can show; a module appears once the workplace has it and the person's organisation wants it. */
const known: readonly ModuleEntry[] = [
  {
    name: "inbox",
    icon: Inbox,
    List: lazy(() => inbox().then((m) => ({ default: m.InboxList }))),
    Content: lazy(() => inbox().then((m) => ({ default: m.InboxContent }))),
  },
  messaging,
  {
    name: "feed",
    icon: Newspaper,
    List: lazy(() => feed().then((m) => ({ default: m.FeedList }))),
    Content: lazy(() => feed().then((m) => ({ default: m.FeedContent }))),
  },
  {
    name: "communities",
    icon: UsersRound,
    List: lazy(() => communities().then((m) => ({ default: m.CommunitiesList }))),
    Content: lazy(() => communitiesPane().then((m) => ({ default: m.CommunitiesPane }))),
  },
  {
    name: "tasks",
    icon: SquareCheckBig,
    List: lazy(() => tasks().then((m) => ({ default: m.TasksList }))),
    Content: lazy(() => tasks().then((m) => ({ default: m.TasksContent }))),
  },
  {
    name: "calendar",
    icon: CalendarDays,
    List: lazy(() => calendar().then((m) => ({ default: m.CalendarList }))),
    Content: lazy(() => calendar().then((m) => ({ default: m.CalendarContent }))),
  },
  {
    name: "documents",
    icon: FolderOpen,
    List: lazy(() => documents().then((m) => ({ default: m.DocumentsList }))),
    Content: lazy(() => documents().then((m) => ({ default: m.DocumentsContent }))),
  },
  {
    name: "drives",
    icon: HardDrive,
    List: lazy(() => drives().then((m) => ({ default: m.DrivesList }))),
    Content: lazy(() => drives().then((m) => ({ default: m.DrivesContent }))),
  },
];

/** `wanted`: what the person's organisation has switched on, absent for everything; `hidden`: what this machine leaves out. */
export function visibleModules(
  offered: readonly string[],
  wanted: readonly string[] | undefined,
  hidden: readonly string[],
): readonly ModuleEntry[] {
  return known.filter(
    ({ name }) => offered.includes(name) && (wanted?.includes(name) ?? true) && !hidden.includes(name),
  );
}

export function moduleNamed(name: ModuleName): ModuleEntry {
  return known.find((entry) => entry.name === name) ?? messaging;
}

/** With one or two modules there is little to choose: the rail stays away. */
export const RAIL_FROM = 2;
