import { createContext, use } from "react";

/**
 * Whether Tab stops inside this message. One walks through messages with the arrows; Tab goes into the one that has the
 * focus, and not through every name, link and reaction of the conversation.
 */
export const RowFocusContext = createContext(true);

/** `tabIndex` of what can be acted on inside a message. */
export function useRowTabIndex(): 0 | -1 {
  return use(RowFocusContext) ? 0 : -1;
}
