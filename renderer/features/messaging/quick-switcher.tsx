import { CalendarDays, Square, SquareCheckBig } from "lucide-react";
import { useId, useMemo, useState, type KeyboardEvent } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { nameOf, parentPath } from "#contract/drives.ts";
import type { PlacedDocument } from "#contract/views/documents.ts";
import type { PlacedTask } from "#contract/views/tasks.ts";
import type { ConversationSummary, PersonView, QueryItem, SpaceSummary } from "#contract/worker.ts";
import { matchesWords } from "#renderer/kit/text-words.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery, useSession, useWorker } from "#renderer/kit/worker-context.tsx";
import { Avatar, EmojiAvatar } from "#renderer/ui/avatar.tsx";
import { Dialog } from "#renderer/ui/dialog.tsx";
import { SearchBox } from "#renderer/ui/search-box.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import { FileIcon } from "#renderer/parts/file-browser/file-icon.tsx";
import { openObject } from "#renderer/parts/open-object.ts";
import { ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { useEventGoals } from "./use-event-goals.ts";
import { useTaskGoals } from "./use-task-goals.ts";
import { useFileGoals, type FoundDriveFile } from "./use-file-goals.ts";
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
  | { kind: "space"; key: string; view: SpaceSummary }
  | { kind: "document"; key: string; view: PlacedDocument }
  | { kind: "task"; key: string; view: PlacedTask }
  | { kind: "event"; key: string; view: QueryItem<"eventSearch"> }
  | { kind: "driveFile"; key: string; file: FoundDriveFile };

const MAX_CONVERSATIONS = 8;
const MAX_PEOPLE = 6;
const MAX_SPACES = 4;

/** Ctrl/Cmd+K: from a few letters to any conversation, person, space, task, event or file. */
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
  const { documents, driveFiles } = useFileGoals(typed);
  const tasks = useTaskGoals(typed);
  const events = useEventGoals(typed);
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
    const files = documents.map((view): Goal => ({ kind: "document", key: `document ${view.key}`, view }));
    const ofDrives = driveFiles.map((file): Goal => ({
      kind: "driveFile",
      key: `drive ${file.driveId}/${file.path}`,
      file,
    }));
    const toDo = tasks.map((view): Goal => ({ kind: "task", key: `task ${view.key}`, view }));
    const planned = events.map((view): Goal => ({ kind: "event", key: `event ${view.key}`, view }));
    return [...found, ...others, ...joinable, ...toDo, ...planned, ...files, ...ofDrives];
  }, [conversations, people, spaces, documents, driveFiles, tasks, events, typed, t]);
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
      case "document": {
        closeDialog();
        const { scope, item } = goal.view;
        const { folderId } = item;
        const where = folderId === undefined ? {} : { folderId };
        return openObject({ kind: "row", scope, collection: "libraryItem", id: item.id, ...where });
      }
      case "task": {
        closeDialog();
        const { scope, task } = goal.view;
        return openObject({ kind: "row", scope, collection: "task", id: task.id });
      }
      case "event": {
        closeDialog();
        const { scope, objectId } = goal.view;
        return openObject({ kind: "row", scope, collection: "calendarObject", id: objectId });
      }
      case "driveFile":
        closeDialog();
        return openDriveHit(goal.file);
    }
  };
}

/** A folder itself; a file in its folder. */
function openDriveHit({ driveId, path, kind }: FoundDriveFile): void {
  const shown = kind === "folder" ? path : parentPath(path);
  useView.getState().go("drives", driveId, ...(shown === "" ? [] : shown.split("/")));
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
    case "document": {
      const { kind, item, place } = goal.view;
      return (
        <>
          <FileIcon kind={kind} />
          <span className="switcher__name">
            <bdi>{item.name}</bdi>
          </span>
          <span className="switcher__place">{place.name === "" ? t("module.documents") : place.name}</span>
        </>
      );
    }
    case "task": {
      const { task, place } = goal.view;
      const Icon = task.done === undefined ? Square : SquareCheckBig;
      return (
        <>
          <Icon size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
          <span className="switcher__name">{task.title}</span>
          <span className="switcher__place">{place.space?.name ?? t("module.tasks")}</span>
        </>
      );
    }
    case "event": {
      const { title, startsAt, calendarName } = goal.view;
      return (
        <>
          <CalendarDays size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
          <span className="switcher__name">{title}</span>
          <span className="switcher__place">
            {startsAt === null ? calendarName : <TimeWord iso={startsAt} form="day" />}
          </span>
        </>
      );
    }
    case "driveFile": {
      const { kind, path, driveName } = goal.file;
      return (
        <>
          <FileIcon kind={kind === "folder" ? "folder" : "other"} />
          <span className="switcher__name">
            <bdi>{nameOf(path)}</bdi>
          </span>
          <span className="switcher__place">{driveName}</span>
        </>
      );
    }
  }
}
