import { useState } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { Button as AriaButton } from "react-aria-components/Button";
import { TooltipTrigger } from "react-aria-components/Tooltip";
import type { MessageView, PersonBrief, ReactionSummary } from "#contract/views/message-view.ts";
import { formatList } from "#renderer/kit/number-words.ts";
import { usePersonName } from "#renderer/kit/person-words.ts";
import { useSession, useWorker } from "#renderer/kit/worker-context.tsx";
import { HintBubble } from "#renderer/ui/button.tsx";
import { usePlace } from "./place-context.ts";
import { useRowTabIndex } from "./row-focus.ts";
import { useCommands, useReportProblem } from "./use-commands.ts";

export function useToggleReaction(view: MessageView): (emoji: string) => void {
  const commands = useCommands();
  const report = useReportProblem();
  const { scope } = usePlace();
  return (emoji) => {
    const isOn = view.reactions.some((reaction) => reaction.emoji === emoji && reaction.isMine);
    void commands.setReaction(scope, view.message, emoji, !isOn).then((result) => {
      if (!result.ok) report(result.error);
    });
  };
}

export function ReactionsView({ view }: { view: MessageView }) {
  const { t } = useTranslation();
  const toggle = useToggleReaction(view);
  return (
    <div className="reactions" role="group" aria-label={t("message.reactions")}>
      {view.reactions.map((reaction) => (
        <ReactionButton key={reaction.emoji} view={view} reaction={reaction} onToggle={toggle} />
      ))}
    </div>
  );
}

interface ReactionButtonProps {
  view: MessageView;
  reaction: ReactionSummary;
  onToggle: (emoji: string) => void;
}

const FEW = 12;

function ReactionButton({ view, reaction, onToggle }: ReactionButtonProps) {
  const { t, i18n } = useTranslation();
  const nameOf = usePersonName();
  const client = useWorker();
  const me = useSession((session) => session.me?.id);
  const [everyone, setEveryone] = useState<readonly PersonBrief[] | null>(null);
  const { canPost } = usePlace();
  const people = everyone ?? reaction.people;
  const names = people.slice(0, FEW).map((person) => (person.id === me ? t("person.you") : nameOf(person)));
  const rest = reaction.count - names.length;
  const who = formatList(rest > 0 ? [...names, t("reaction.others", { count: rest })] : names, i18n.language);
  const loadEveryone = (isOpen: boolean) => {
    if (!isOpen || everyone !== null || reaction.count <= reaction.people.length) return;
    const { conversationId, id: messageId } = view.message;
    void client
      .call("message.reactors", { conversationId, messageId, emoji: reaction.emoji })
      .then((result) => {
        if (result.ok) setEveryone(result.value);
      });
  };
  return (
    <TooltipTrigger delay={300} closeDelay={0} onOpenChange={loadEveryone}>
      <AriaButton
        className="reaction"
        excludeFromTabOrder={useRowTabIndex() < 0}
        aria-pressed={reaction.isMine}
        isDisabled={!canPost}
        aria-label={t("reaction.label", { emoji: reaction.emoji, count: reaction.count })}
        onPress={() => onToggle(reaction.emoji)}
      >
        <span aria-hidden>{reaction.emoji}</span>
        <span aria-hidden>{reaction.count}</span>
      </AriaButton>
      <HintBubble label={who} />
    </TooltipTrigger>
  );
}
