import type { Space, SpaceTemplate } from "#contract/entities/space.ts";
import { wallId } from "#contract/ids.ts";

interface ChannelOfSpace {
  conversationId: string;
  name: string;
  topic: string;
  isArchived: boolean;
}

/** A template from a community that works well: its settings and channels, nothing of its people or their words. */
export function templateFrom(space: Space, channels: readonly ChannelOfSpace[], id: string): SpaceTemplate {
  const { summary, kind, visibility, emoji, topics, functions, welcome, rules, sections } = space;
  const settings = { kind, visibility, summary, emoji, topics, functions, welcome, rules, sections };
  const wall = wallId(space.id);
  return {
    id,
    name: space.name.slice(0, 100),
    space: {
      ...Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)),
      kind,
      visibility,
    },
    channels: channels
      .filter(({ conversationId, isArchived }) => conversationId !== wall && !isArchived)
      .slice(0, 30)
      .map(({ name, topic }) => (topic === "" ? { name } : { name, topic })),
  };
}
