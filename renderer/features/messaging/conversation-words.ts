import type { ConversationSummary, SpaceSummary } from "#contract/worker.ts";

type Named = Pick<ConversationSummary, "kind" | "name" | "members">;

/** What a conversation is called: its name, or the people in it. */
export function conversationTitle(conversation: Named, alone: string): string {
  if (conversation.name !== "") return conversation.name;
  if (conversation.members.length === 0) return alone;
  return conversation.members.map((person) => person.displayName).join(", ");
}

export type GroupKind = "unread" | "direct" | "space";

export interface ConversationGroup {
  key: string;
  kind: GroupKind;
  name: string;
  emoji: string;
  conversations: ConversationSummary[];
}

export interface GroupOptions {
  locale: string;
  /** The open conversation stays where it was found, so that nothing moves while it is being read. */
  keepInUnread: string | null;
}

/** Unread first, then direct and group conversations by activity, then the channels of each space by name. */
export function groupConversations(
  conversations: readonly ConversationSummary[],
  { locale, keepInUnread }: GroupOptions,
): ConversationGroup[] {
  const unread: ConversationSummary[] = [];
  const direct: ConversationSummary[] = [];
  const spaces = new Map<string, ConversationGroup>();
  for (const conversation of conversations) {
    if (conversation.unread > 0 || conversation.conversationId === keepInUnread) unread.push(conversation);
    else if (conversation.space === null) direct.push(conversation);
    else spaceGroup(spaces, conversation.space).conversations.push(conversation);
  }
  const collator = collatorOf(locale);
  const bySpace = [...spaces.values()].sort((a, b) => collator.compare(a.name, b.name));
  for (const group of bySpace) group.conversations.sort((a, b) => collator.compare(a.name, b.name));
  const groups: ConversationGroup[] = [
    { key: "unread", kind: "unread", name: "", emoji: "", conversations: unread },
    { key: "direct", kind: "direct", name: "", emoji: "", conversations: direct },
    ...bySpace,
  ];
  return groups.filter((group) => group.conversations.length > 0);
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
  const made: ConversationGroup = {
    key: space.id,
    kind: "space",
    name: space.name,
    emoji: space.emoji,
    conversations: [],
  };
  groups.set(space.id, made);
  return made;
}

export function canCreateChannel(space: SpaceSummary, isAdministrator: boolean): boolean {
  return space.role === "animator" || (isAdministrator && space.role !== null);
}
