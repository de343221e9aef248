import { Ellipsis, SmilePlus } from "lucide-react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { MessageView } from "#contract/views/message-view.ts";
import { IconButton } from "#renderer/ui/button.tsx";
import { MenuButton, type Command } from "#renderer/ui/menu.tsx";
import { EmojiButton } from "#renderer/parts/emoji-button.tsx";
import { usePlace } from "#renderer/parts/place-context.ts";
import { useToggleReaction } from "#renderer/parts/reactions-view.tsx";

interface MessageToolbarProps {
  view: MessageView;
  commands: Command[];
  isPicking: boolean;
  onPickingChange: (isPicking: boolean) => void;
  isMenuOpen: boolean;
  onMenuChange: (isOpen: boolean) => void;
}

const QUICK = ["👍", "✅"];
const ON_BAR = new Set(["reply", "edit", "retry"]);

/** The commands used most, at the corner of the message under the pointer or the focus. */
export function MessageToolbar(props: MessageToolbarProps) {
  const { view, commands, isPicking, onPickingChange, isMenuOpen, onMenuChange } = props;
  const { t } = useTranslation();
  const toggle = useToggleReaction(view);
  const { canPost } = usePlace();
  return (
    <div className="message-toolbar" role="group" aria-label={t("message.actions")}>
      {canPost
        ? QUICK.map((emoji) => (
            <button
              key={emoji}
              type="button"
              className="message-toolbar__emoji"
              aria-label={t("message.reactWith", { emoji })}
              onClick={() => toggle(emoji)}
            >
              {emoji}
            </button>
          ))
        : null}
      {canPost ? (
        <EmojiButton
          icon={SmilePlus}
          label={t("message.react")}
          isOpen={isPicking}
          onOpenChange={onPickingChange}
          onPick={toggle}
        />
      ) : null}
      {commands
        .filter((command) => ON_BAR.has(command.id))
        .map((command) => (
          <IconButton key={command.id} icon={command.icon} label={command.label} onPress={command.run} />
        ))}
      <MenuButton
        label={t("message.actions")}
        commands={commands}
        isOpen={isMenuOpen}
        onOpenChange={onMenuChange}
        button={<IconButton icon={Ellipsis} label={t("message.moreActions")} />}
      />
    </div>
  );
}
