import { Archive, CalendarCheck, Columns3, Plus, Upload } from "lucide-react";
import { useState, type ReactNode } from "react";
import type { CalendarAccount } from "#contract/calendar-accounts.ts";
import { ownBoardId } from "#contract/ids.ts";
import { personScope } from "#contract/scope.ts";
import type { BoardSummary } from "#contract/views/tasks.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { matchesWords } from "#renderer/kit/text-words.ts";
import { useRoving } from "#renderer/kit/use-roving.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery, useSession } from "#renderer/kit/worker-context.tsx";
import { NOBODY } from "#renderer/parts/use-commands.ts";
import { holds, useRemoteAccounts } from "#renderer/parts/remote/remote-accounts.ts";
import { RemoteGroup } from "#renderer/parts/remote/remote-group.tsx";
import { ICON_SIZE, ICON_STROKE, IconButton } from "#renderer/ui/button.tsx";
import { EmptyState, ProblemNote, SkeletonRows } from "#renderer/ui/note.tsx";
import { SearchBox } from "#renderer/ui/search-box.tsx";
import { boardPath, minePath, parseTasksPath } from "./tasks-route.ts";
import { useTasksStore } from "./tasks-store.ts";
import { boardName } from "./task-words.ts";
import "./board-list.css";

/** The reader's own tasks first, then the boards of their spaces, then lists that lie elsewhere. */
export function BoardListView() {
  const { t } = useTranslation();
  const me = useSession((session) => session.me?.id ?? NOBODY);
  const isGuest = useSession((session) => session.me?.isGuest === true);
  const isReady = useSession((session) => session.isReady);
  const place = parseTasksPath(
    useView((state) => state.path),
    me,
  );
  const { items, status, problem } = useLiveQuery("boards", {});
  const { items: mine } = useLiveQuery("myTasks", {});
  const openDialog = useTasksStore((state) => state.openDialog);
  const [typed, setTyped] = useState("");
  const onRove = useRoving({ hasTypeToFind: true });
  const isCurrent = (summary: BoardSummary) =>
    place.kind === "board" && place.boardId === summary.board.id && place.scope === summary.scope;
  const open = items.filter(({ board }) => board.archivedAt === undefined);
  const wanted = open.filter(({ board, space }) =>
    matchesWords(`${board.name} ${space?.name ?? board.remote?.accountName ?? ""}`, typed),
  );
  const own = wanted.filter(({ space, board }) => space === null && board.remote === undefined);
  const spaces = wanted.filter(({ space }) => space !== null);
  const archived = items.filter(({ board }) => board.archivedAt !== undefined);
  const due = mine.filter(({ group }) => group === "late" || group === "today").length;
  const isKnown = status === "ready" && isReady;
  const accounts = useRemoteAccounts().filter((account) => holds(account, "VTODO"));
  const boardsOf = ({ id }: CalendarAccount) => wanted.filter(({ board }) => board.remote?.accountId === id);
  return (
    <>
      <div className="list-tools">
        <SearchBox
          label={t("tasks.filterBoards")}
          value={typed}
          onChange={setTyped}
          onKeyDown={(event) => {
            if (event.key === "Escape") setTyped("");
          }}
        />
        <IconButton
          icon={Upload}
          label={t("tasks.import.title")}
          onPress={() => openDialog({ kind: "import", scope: isGuest ? null : personScope(me) })}
        />
        <IconButton
          icon={Plus}
          label={t("tasks.newBoard")}
          onPress={() => openDialog({ kind: "newBoard", scope: null })}
        />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- arrows move between its buttons */}
      <div className="conversation-list" onKeyDown={onRove}>
        <ul className="plain-list board-places">
          <ListRow label={t("tasks.mine")} path={minePath(null)} isCurrent={place.kind === "mine"} isStop>
            <CalendarCheck size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
            <span className="board-row__name">{t("tasks.mine")}</span>
            <RowCount count={due} label={t("tasks.dueCount", { count: due })} isLate />
          </ListRow>
          {isGuest ? null : (
            <>
              {own.some(({ board }) => board.id === ownBoardId(me)) || typed !== "" ? null : (
                <ListRow
                  label={t("tasks.ownBoard")}
                  path={boardPath(personScope(me), ownBoardId(me))}
                  isCurrent={place.kind === "board" && place.boardId === ownBoardId(me)}
                >
                  <Columns3 size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
                  <span className="board-row__name">{t("tasks.ownBoard")}</span>
                </ListRow>
              )}
              {own.map((summary) => (
                <BoardRow key={summary.key} summary={summary} isCurrent={isCurrent(summary)} />
              ))}
            </>
          )}
        </ul>
        {problem === null ? null : <ProblemNote problem={problem} />}
        {!isKnown && items.length === 0 ? <SkeletonRows count={4} /> : null}
        {groupsOf(spaces).map(([spaceId, name, boards]) => (
          <section key={spaceId} aria-labelledby={`boards-${spaceId}`}>
            <div className="list-group">
              <h2 id={`boards-${spaceId}`} className="list-group__name">
                {name}
              </h2>
            </div>
            <ul className="plain-list">
              {boards.map((summary) => (
                <BoardRow key={summary.key} summary={summary} isCurrent={isCurrent(summary)} />
              ))}
            </ul>
          </section>
        ))}
        {accounts
          .filter((account) => typed === "" || boardsOf(account).length > 0)
          .map((account) => (
            <RemoteGroup key={account.id} account={account}>
              {boardsOf(account).map((summary) => (
                <BoardRow key={summary.key} summary={summary} isCurrent={isCurrent(summary)} />
              ))}
            </RemoteGroup>
          ))}
        {isKnown && spaces.length === 0 && (accounts.length === 0 || typed !== "") ? (
          <EmptyState>{typed === "" ? t("tasks.noBoards") : t("tasks.noBoardFound")}</EmptyState>
        ) : null}
        {archived.length === 0 || typed !== "" ? null : (
          <details className="board-archive">
            <summary>
              <Archive size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
              {t("tasks.archivedBoards", { count: archived.length })}
            </summary>
            <ul className="plain-list">
              {archived.map((summary) => (
                <BoardRow key={summary.key} summary={summary} isCurrent={isCurrent(summary)} />
              ))}
            </ul>
          </details>
        )}
      </div>
    </>
  );
}

/** They come in the order of their spaces. */
function groupsOf(boards: readonly BoardSummary[]): [string, string, BoardSummary[]][] {
  const groups = new Map<string, [string, string, BoardSummary[]]>();
  for (const summary of boards) {
    const id = summary.space?.id ?? "";
    const group = groups.get(id) ?? [id, summary.space?.name ?? "", []];
    group[2].push(summary);
    groups.set(id, group);
  }
  return [...groups.values()];
}

function BoardRow({ summary, isCurrent }: { summary: BoardSummary; isCurrent: boolean }) {
  const { t } = useTranslation();
  const me = useSession((session) => session.me?.id ?? NOBODY);
  const { scope, board, open, late } = summary;
  const name = boardName(t, board, me);
  const label =
    late > 0 ? t("tasks.openAndLate", { count: open, late }) : t("tasks.openCount", { count: open });
  return (
    <ListRow label={name} path={boardPath(scope, board.id)} isCurrent={isCurrent}>
      {board.emoji === undefined ? (
        <Columns3 size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
      ) : (
        <span aria-hidden>{board.emoji}</span>
      )}
      <span className="board-row__name">{name}</span>
      <RowCount count={open} label={label} isLate={late > 0} />
    </ListRow>
  );
}

function RowCount({ count, label, isLate }: { count: number; label: string; isLate: boolean }) {
  if (count === 0) return null;
  return (
    <span className="board-row__count" data-late={isLate || undefined} title={label}>
      <span aria-hidden>{count}</span>
      <span className="visually-hidden">{label}</span>
    </span>
  );
}

interface ListRowProps {
  label: string;
  path: string[];
  isCurrent: boolean;
  isStop?: boolean;
  children: ReactNode;
}

function ListRow({ label, path, isCurrent, isStop = false, children }: ListRowProps) {
  const open = () => {
    const { go, showPane } = useView.getState();
    go("tasks", ...path);
    showPane("content");
  };
  return (
    <li>
      <button
        type="button"
        className="board-row"
        aria-current={isCurrent ? "page" : undefined}
        data-roving={label}
        tabIndex={isCurrent || isStop ? 0 : -1}
        onClick={open}
      >
        {children}
      </button>
    </li>
  );
}
