import type { ConversationSummary } from "#contract/worker.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { CommandMenu, ContextMenu } from "#renderer/ui/menu.tsx";
import { useConversationCommands } from "./use-conversation-commands.ts";

/** The menu in the head of the open conversation. */
export function ConversationMenu({ summary, onJump }: { summary: ConversationSummary; onJump: () => void }) {
  const { t } = useTranslation();
  const commands = useConversationCommands(summary, onJump);
  return <CommandMenu commands={commands()} label={t("conversation.actions")} />;
}

interface RowMenuProps {
  summary: ConversationSummary;
  at: { x: number; y: number };
  onClose: () => void;
}

/** The same commands in the list of conversations. */
export function ConversationRowMenu({ summary, at, onClose }: RowMenuProps) {
  const { t } = useTranslation();
  const commands = useConversationCommands(summary);
  return <ContextMenu at={at} commands={commands()} label={t("conversation.actions")} onClose={onClose} />;
}
