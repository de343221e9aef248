import { messagingMutations as m } from "#contract/commands/messaging.ts";
import { bind, type BoundHandler } from "./bind.ts";
import { openConversation } from "./conversation.ts";
import { setDraft } from "./draft.ts";
import { deleteMessage, editMessage, sendMessage } from "./message.ts";
import { choosePresence, setStatus } from "./presence.ts";
import { addReaction, removeReaction } from "./reaction.ts";
import { setReadMarker } from "./read-marker.ts";

export const messagingHandlers: Partial<Record<keyof typeof m, BoundHandler>> = {
  "message.send": bind(m["message.send"], sendMessage),
  "message.edit": bind(m["message.edit"], editMessage),
  "message.delete": bind(m["message.delete"], deleteMessage),
  "reaction.add": bind(m["reaction.add"], addReaction),
  "reaction.remove": bind(m["reaction.remove"], removeReaction),
  "readMarker.set": bind(m["readMarker.set"], setReadMarker),
  "draft.set": bind(m["draft.set"], setDraft),
  "presence.choose": bind(m["presence.choose"], choosePresence),
  "status.set": bind(m["status.set"], setStatus),
  "conversation.open": bind(m["conversation.open"], openConversation),
};
