import { createContext, use, type ComponentType } from "react";
import type { ConversationId, SpaceId } from "#contract/ids.ts";

/** What a tab of a space's page is given. */
export interface SpaceTabProps {
  spaceId: SpaceId;
  /** The space's wall. */
  conversationId: ConversationId;
}

/**
 * Tabs of a space's page that another module draws: modules do not import each other, `app/` introduces them. The page
 * itself (head, tabs in the order of the space's functions, channels, about, members) is the communities module's.
 */
export interface SpaceTabs {
  wall?: ComponentType<SpaceTabProps>;
  news?: ComponentType<SpaceTabProps>;
  documents?: ComponentType<SpaceTabProps>;
  tasks?: ComponentType<SpaceTabProps>;
  calendar?: ComponentType<SpaceTabProps>;
}

const Context = createContext<SpaceTabs>({});

export const SpaceTabsProvider = Context;

export function useSpaceTabs(): SpaceTabs {
  return use(Context);
}
