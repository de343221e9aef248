import { useId, useMemo, useState, type KeyboardEvent } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { ConversationSummary, PersonView, SpaceSummary } from "#contract/worker.ts";
import { matchesWords } from "#renderer/kit/text-words.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery, useSession, useWorker } from "#renderer/kit/worker-context.tsx";
import { Avatar, EmojiAvatar } from "#renderer/ui/avatar.tsx";
import { Dialog } from "#renderer/ui/dialog.tsx";
import { SearchBox } from "#renderer/ui/search-box.tsx";
import { ConversationFace } from "./conversation-header.tsx";
import { conversationTitle } from "./conversation-words.ts";
import { GuestTag } from "#renderer/parts/person-marks.tsx";
import { warmTimeline } from "./timeline-query.ts";
import { useCommands, useReportProblem } from "#renderer/parts/use-commands.ts";
import { useOpenDirect } from "#renderer/parts/use-open-direct.ts";
import "./quick-switcher.css";

type Goal =
  | { kind: "conversation"; key: string; summary: ConversationSummary }
  | { kind: "person"; key: string; view: PersonView }
  | { kind: "space"; key: string; view: SpaceSummary };

const MAX_CONVERSATIONS = 8;
const MAX_PEOPLE = 6;
const MAX_SPACES = 4;

/** Ctrl/Cmd+K: from a few letters to any conversation, person or space. */
export function QuickSwitcher() {
  const { t } = useTranslation();
  const listId = useId();
  const close = useView((state) => state.closeDialog);
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState(0);
  const goals = useGoals(typed);
  const go = useGo();
  const activeIndex = Math.min(active, goals.length - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    const goal = goals[activeIndex];
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined && goals.length > 0) {
      event.preventDefault();
      setActive((activeIndex + step + goals.length) % goals.length);
    }
    if (event.key === "Enter" && goal !== undefined) {
      event.preventDefault();
      go(goal);
    }
  };
  return (
    <Dialog title={t("switcher.title")} onClose={close} isTitleHidden>
      <div className="switcher">
        <SearchBox
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- this dialog is one field: one types at once
          autoFocus
          label={t("switcher.label")}
          value={typed}
          onChange={(value) => {
            setTyped(value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
          role="combobox"
          aria-expanded={goals.length > 0}
          aria-controls={listId}
          aria-activedescendant={goals.length > 0 ? `${listId}-${activeIndex}` : undefined}
        />
        <div className="switcher__list" role="listbox" id={listId} aria-label={t("switcher.results")}>
          {goals.map((goal, index) => (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the field keeps the focus and the keys (ARIA combobox)
            <div
              key={goal.key}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === activeIndex}
              className="switcher__item"
              ref={index === activeIndex ? showRow : undefined}
              onClick={() => go(goal)}
            >
              <GoalFace goal={goal} />
            </div>
          ))}
        </div>
        {goals.length === 0 ? <p className="switcher__none">{t("switcher.none", { text: typed })}</p> : null}
        <p className="switcher__hint">{t("switcher.hint")}</p>
      </div>
    </Dialog>
  );
}

function showRow(row: HTMLElement | null): void {
  row?.scrollIntoView({ block: "nearest" });
}

function useGoals(typed: string): Goal[] {
  const { t } = useTranslation();
  const { items: conversations } = useLiveQuery("conversations", {});
  const { items: spaces } = useLiveQuery("spaces", {});
  const { items: people } = useLiveQuery("people", { text: typed.trim(), limit: MAX_PEOPLE });
  return useMemo(() => {
    const found = conversations
      .filter((item) =>
        matchesWords(`${conversationTitle(item, t("conversation.alone"))} ${item.space?.name ?? ""}`, typed),
      )
      .slice(0, MAX_CONVERSATIONS)
      .map((summary) => ({ kind: "conversation" as const, key: summary.key, summary }));
    if (typed.trim() === "") return found;
    // A person whose conversation is already listed is that conversation.
    const listed = new Set(found.flatMap(directPartner));
    const others = people
      .filter(({ person }) => !listed.has(person.id))
      .map((view): Goal => ({ kind: "person", key: `person ${view.key}`, view }));
    const joinable = spaces
      .filter(
        (item) =>
          item.role === null && item.space.visibility === "open" && matchesWords(item.space.name, typed),
      )
      .slice(0, MAX_SPACES)
      .map((view): Goal => ({ kind: "space", key: `space ${view.key}`, view }));
    return [...found, ...others, ...joinable];
  }, [conversations, people, spaces, typed, t]);
}

/** The one person of a direct conversation of two. */
function directPartner({ summary }: { summary: ConversationSummary }): string[] {
  const [only, ...more] = summary.members;
  return summary.kind === "direct" && only !== undefined && more.length === 0 ? [only.id] : [];
}

function useGo(): (goal: Goal) => void {
  const client = useWorker();
  const commands = useCommands();
  const report = useReportProblem();
  const openDirect = useOpenDirect();
  return (goal) => {
    const { openConversation, closeDialog } = useView.getState();
    switch (goal.kind) {
      case "conversation":
        warmTimeline(client, goal.summary);
        return openConversation(goal.summary.conversationId);
      case "person":
        closeDialog();
        return openDirect([goal.view.person.id]);
      case "space":
        closeDialog();
        void commands
          .joinSpace(goal.view.space.id)
          .then((result) => (result.ok ? undefined : report(result.error)));
        return undefined;
    }
  };
}

function GoalFace({ goal }: { goal: Goal }) {
  const { t } = useTranslation();
  const me = useSession((session) => session.me?.id);
  switch (goal.kind) {
    case "conversation":
      return (
        <>
          <ConversationFace summary={goal.summary} />
          <span className="switcher__name">{conversationTitle(goal.summary, t("conversation.alone"))}</span>
          <span className="switcher__place">
            {goal.summary.space?.name ?? t(`conversation.kind.${goal.summary.kind}`)}
          </span>
        </>
      );
    case "person": {
      const { person, presence } = goal.view;
      return (
        <>
          <Avatar person={{ ...person, photo: person.photo ?? null, presence }} size="small" hasPresence />
          <span className="switcher__name">
            {person.id === me ? t("person.youNamed", { name: person.displayName }) : person.displayName}
          </span>
          <GuestTag person={person} />
          <span className="switcher__place">{person.jobTitle ?? person.service ?? t("switcher.person")}</span>
        </>
      );
    }
    case "space":
      return (
        <>
          <EmojiAvatar emoji={goal.view.space.emoji ?? "•"} />
          <span className="switcher__name">{goal.view.space.name}</span>
          <span className="switcher__place">{t("spaces.join")}</span>
        </>
      );
  }
}
