import type { Section } from "#contract/entities/preferences.ts";
import type { ConversationSummary, SpaceSummary } from "#contract/worker.ts";

type Named = Pick<ConversationSummary, "kind" | "name" | "members">;

/** What a conversation is called: its name, or the people in it. */
export function conversationTitle(conversation: Named, alone: string): string {
  if (conversation.name !== "") return conversation.name;
  if (conversation.members.length === 0) return alone;
  return conversation.members.map((person) => person.displayName).join(", ");
}

export type GroupKind = "unread" | "favourites" | "section" | "direct" | "space";
/** Which conversations the list has; archived ones only where they are asked for. */
export type Shown = "all" | "unread" | "archived";

export interface ConversationGroup {
  key: string;
  kind: GroupKind;
  name: string;
  emoji: string;
  /** One's own heading; null for all others. */
  section: Section | null;
  conversations: ConversationSummary[];
}

export interface GroupOptions {
  locale: string;
  /** The open conversation stays where it was found, so that nothing moves while it is being read. */
  keepInUnread: string | null;
  /** One's own headings, in their order; those without conversations are left out when something is looked for. */
  sections?: readonly Section[];
  hasEmptySections?: boolean;
  shown?: Shown;
}

/** Whether it waits to be read: one that is muted only when the reader is named. */
export function isWaiting({ unread, mentions, isMuted }: ConversationSummary): boolean {
  return mentions > 0 || (unread > 0 && !isMuted);
}

function isShown(conversation: ConversationSummary, shown: Shown, kept: string | null): boolean {
  if (shown === "archived") return conversation.isArchived;
  if (conversation.conversationId === kept) return true;
  if (conversation.isArchived && conversation.failed === 0) return false;
  return shown === "all" || conversation.unread > 0 || conversation.mentions > 0;
}

/**
 * What waits first, then favourites, one's own sections, direct and group conversations by activity, and the channels of
 * each space by name.
 */
export function groupConversations(
  conversations: readonly ConversationSummary[],
  options: GroupOptions,
): ConversationGroup[] {
  const { locale, keepInUnread, sections = [], hasEmptySections = false, shown = "all" } = options;
  const unread = emptyGroup("unread", "unread");
  const favourites = emptyGroup("favourites", "favourites");
  const direct = emptyGroup("direct", "direct");
  const own = new Map(sections.map((section) => [String(section.id), sectionGroup(section)]));
  const spaces = new Map<string, ConversationGroup>();
  const groupOf = (conversation: ConversationSummary) => {
    if (isWaiting(conversation) || conversation.conversationId === keepInUnread) return unread;
    if (conversation.isFavourite) return favourites;
    const section = own.get(conversation.sectionId ?? "");
    if (section !== undefined) return section;
    return conversation.space === null ? direct : spaceGroup(spaces, conversation.space);
  };
  for (const conversation of conversations) {
    if (isShown(conversation, shown, keepInUnread)) groupOf(conversation).conversations.push(conversation);
  }
  const collator = collatorOf(locale);
  const bySpace = [...spaces.values()].sort((a, b) => collator.compare(a.name, b.name));
  for (const group of bySpace) group.conversations.sort((a, b) => collator.compare(a.name, b.name));
  return [unread, favourites, ...own.values(), direct, ...bySpace].filter(
    (group) => group.conversations.length > 0 || (hasEmptySections && group.section !== null),
  );
}

function emptyGroup(key: string, kind: GroupKind, name = "", emoji = ""): ConversationGroup {
  return { key, kind, name, emoji, section: null, conversations: [] };
}

function sectionGroup(section: Section): ConversationGroup {
  return { ...emptyGroup(section.id, "section", section.name), section };
}

/** Gives the new groups, but the very object of the time before where a group is unchanged: its view is not redrawn. */
export function createGroupKeeper(): (groups: readonly ConversationGroup[]) => readonly ConversationGroup[] {
  let before = new Map<string, ConversationGroup>();
  return (groups) => {
    const kept = groups.map((group) => {
      const same = before.get(group.key);
      return same !== undefined && isSameGroup(same, group) ? same : group;
    });
    before = new Map(kept.map((group) => [group.key, group]));
    return kept;
  };
}

function isSameGroup(a: ConversationGroup, b: ConversationGroup): boolean {
  return (
    a.name === b.name &&
    a.emoji === b.emoji &&
    a.section === b.section &&
    a.conversations.length === b.conversations.length &&
    a.conversations.every((conversation, index) => conversation === b.conversations[index])
  );
}

const collators = new Map<string, Intl.Collator>();

function collatorOf(locale: string): Intl.Collator {
  const made = collators.get(locale) ?? new Intl.Collator(locale, { sensitivity: "base", numeric: true });
  collators.set(locale, made);
  return made;
}

function spaceGroup(
  groups: Map<string, ConversationGroup>,
  space: NonNullable<ConversationSummary["space"]>,
): ConversationGroup {
  const known = groups.get(space.id);
  if (known !== undefined) return known;
  const made = emptyGroup(space.id, "space", space.name, space.emoji);
  groups.set(space.id, made);
  return made;
}

/** Members open channels in their space; guests do not, and an archived space takes none. */
export function canCreateChannel({ space, role }: SpaceSummary): boolean {
  return (role === "animator" || role === "member") && space.archivedAt === undefined;
}

export function canKeepChannels(space: SpaceSummary, isAdministrator: boolean): boolean {
  return space.role === "animator" || (isAdministrator && space.role !== null);
}
