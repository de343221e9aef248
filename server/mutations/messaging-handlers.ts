import { messagingMutations as m } from "#contract/commands/messaging.ts";
import { bind, type BoundHandler } from "./bind.ts";
import { openConversation } from "./conversation.ts";
import { updateConversation } from "./conversation-update.ts";
import { deleteMessage } from "./delete-message.ts";
import { setDraft } from "./draft.ts";
import { editMessage } from "./edit-message.ts";
import { setFollow } from "./follow.ts";
import { removeGroup, saveGroup } from "./group.ts";
import { sendMessage } from "./message.ts";
import { pinMessage } from "./pin.ts";
import { acknowledgePost, answerPost, archivePost } from "./post.ts";
import { choosePresence, setStatus } from "./presence.ts";
import { addReaction, removeReaction } from "./reaction.ts";
import { setReadMarker } from "./read-marker.ts";
import { removeItem, saveItem } from "./saved-item.ts";
import { removeScheduled, scheduleMessage } from "./scheduled-message.ts";
import { setVote } from "./vote.ts";

export const messagingHandlers: Record<keyof typeof m, BoundHandler> = {
  "message.send": bind(m["message.send"], sendMessage),
  "message.edit": bind(m["message.edit"], editMessage),
  "message.delete": bind(m["message.delete"], deleteMessage),
  "message.pin": bind(m["message.pin"], pinMessage),
  "message.schedule": bind(m["message.schedule"], scheduleMessage),
  "scheduledMessage.remove": bind(m["scheduledMessage.remove"], removeScheduled),
  "reaction.add": bind(m["reaction.add"], addReaction),
  "reaction.remove": bind(m["reaction.remove"], removeReaction),
  "vote.set": bind(m["vote.set"], setVote),
  "post.acknowledge": bind(m["post.acknowledge"], acknowledgePost),
  "post.archive": bind(m["post.archive"], archivePost),
  "post.answer": bind(m["post.answer"], answerPost),
  "readMarker.set": bind(m["readMarker.set"], setReadMarker),
  "follow.set": bind(m["follow.set"], setFollow),
  "draft.set": bind(m["draft.set"], setDraft),
  "item.save": bind(m["item.save"], saveItem),
  "item.remove": bind(m["item.remove"], removeItem),
  "conversation.open": bind(m["conversation.open"], openConversation),
  "conversation.update": bind(m["conversation.update"], updateConversation),
  "group.save": bind(m["group.save"], saveGroup),
  "group.remove": bind(m["group.remove"], removeGroup),
  "presence.choose": bind(m["presence.choose"], choosePresence),
  "status.set": bind(m["status.set"], setStatus),
};
