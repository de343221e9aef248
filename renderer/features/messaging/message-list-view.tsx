import { ArrowDown, ArrowUp } from "lucide-react";
import {
  memo,
  use,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from "react";
import { Virtualizer, type VirtualizerHandle } from "virtua";
import { withoutMarks } from "#contract/plain-words.ts";
import { isoTimeSchema } from "#contract/time.ts";
import type { MessageView, PersonBrief } from "#contract/views/message-view.ts";
import { useDateWords, useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useRoving } from "#renderer/kit/use-roving.ts";
import { useLiveSubscription, useWorker } from "#renderer/kit/worker-context.tsx";
import { Button, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { ProblemNote, SkeletonRows } from "#renderer/ui/note.tsx";
import { MessageRow } from "./message-row.tsx";
import { usePlace } from "#renderer/parts/place-context.ts";
import { buildRows, hasGrownAtTop, type TimelineRow } from "./timeline-rows.ts";
import { firstWindow, type TimelineStart } from "./timeline-query.ts";
import { TopOfHistory } from "./top-of-history.tsx";
import { placeReaders, ReceiptsContext } from "./receipts.tsx";
import { useReadMarker } from "./use-read-marker.ts";
import { useHoldOff } from "./use-hold-off.ts";
import "./message-list.css";

interface MessageListProps {
  label: string;
  at: TimelineStart;
  unread: number;
  /** Opens the list anew at its end, when the window read from the cache is somewhere else. */
  onGoToEnd: () => void;
  /** Opens it anew at what is unread, when that lies before the window. */
  onGoToUnread?: () => void;
  /** Told whether the window reaches the newest message. */
  onNewest?: (isNewest: boolean) => void;
  /** Drawn above the first message: the root of a thread. */
  header?: (root: MessageView | null) => ReactNode;
}

const MORE_COUNT = 200;
/** How many screens before an end more is asked for: a fast wheel passes one in 0.2 s. */
const NEAR_SCREENS = 3;
const END_PX = 48;

/**
 * One conversation or thread, oldest first: opens where reading stopped, follows its end, grows where it is scrolled.
 * Memoised: what is typed beside it, and the draft it becomes, do not draw it again.
 */
export const MessageListView = memo(function MessageListView({
  label,
  at,
  unread,
  onGoToEnd,
  onGoToUnread,
  onNewest,
  header,
}: MessageListProps) {
  const { t } = useTranslation();
  const place = usePlace();
  const client = useWorker();
  const dates = useDateWords();
  const onRove = useRoving();
  const [snapshot, live] = useLiveSubscription(
    "timeline",
    firstWindow(place.conversationId, at, place.threadId),
  );
  const { items, info } = snapshot;
  const unreadAfter = info?.unreadAfter ?? null;
  const rows = useMemo(
    () => buildRows(items, { unreadAfter: at === "unread" ? unreadAfter : null, dayKey: dates.dayKey }),
    [items, unreadAfter, at, dates],
  );
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const isPlaced = useRef(false);
  const isAtEnd = useRef(at === "end");
  const [isEndSeen, setEndSeen] = useState<boolean | null>(at === "end" ? true : null);
  const [missed, setMissed] = useState(0);
  const isAtNewest = info?.newer === "end";

  const newIndex = useMemo(() => rows.findIndex((row) => row.kind === "new"), [rows]);
  const [isNewAbove, setNewAbove] = useState(false);
  const receipts = use(ReceiptsContext);
  const readers = useMemo(() => placeReaders(items, receipts), [items, receipts]);

  const isShift = useGrownAtTop(items);
  const before = useRef<readonly MessageView[]>([]);
  const isExtending = useRef(false);

  const extend = useCallback(
    (direction: "older" | "newer") => {
      if (isExtending.current) return;
      isExtending.current = true;
      void client
        .call("timeline.extend", { subscriptionId: live.id, direction, count: MORE_COUNT })
        .finally(() => {
          isExtending.current = false;
        });
    },
    [client, live],
  );

  const holdOff = useHoldOff(scroller, list, isAtEnd);
  const look = useCallback(() => {
    const box = scroller.current;
    if (box === null || !isPlaced.current) return;
    const below = box.scrollHeight - box.scrollTop - box.clientHeight;
    isAtEnd.current = isAtNewest && below < END_PX && !holdOff.isLeaving();
    setEndSeen(isAtEnd.current);
    setNewAbove(newIndex >= 0 && (list.current?.getItemOffset(newIndex) ?? 0) < box.scrollTop - END_PX);
    if (isAtEnd.current) setMissed(0);
    const nearPx = box.clientHeight * NEAR_SCREENS;
    if (box.scrollTop < nearPx && (info?.older === "cached" || info?.older === "remote")) extend("older");
    if (below < nearPx && info?.newer === "cached") extend("newer");
  }, [extend, info, isAtNewest, newIndex, holdOff]);

  const toEnd = useCallback(() => {
    list.current?.scrollToIndex(rows.length - 1, { align: "end" });
  }, [rows.length]);
  const keepEnd = useCallback(() => {
    if (isAtEnd.current) toEnd();
  }, [toEnd]);

  useLayoutEffect(() => {
    if (items.length === 0 || info?.isLoaded !== true) return;
    if (!isPlaced.current) {
      isPlaced.current = true;
      goToStart(list.current, rows, at);
    } else if (isAtEnd.current && !isShift) {
      toEnd();
    }
  }, [items, info, rows, at, isShift, toEnd]);

  useEffect(() => {
    onNewest?.(isAtNewest);
    // A changed list may end elsewhere without a scroll: look again.
    if (rows.length > 0) look();
  }, [rows, look, onNewest, isAtNewest]);

  const announce = useToasts((state) => state.announce);
  useEffect(() => {
    const arrived = newArrivals(before.current, items);
    before.current = items;
    if (arrived.length === 0) return;
    const others = arrived.filter((view) => !view.isMine);
    const latest = others.at(-1);
    if (latest !== undefined) {
      announce(
        t("message.arrived", {
          name: latest.author.displayName,
          text: withoutMarks(latest.message.body).slice(0, 200),
        }),
      );
    }
    if (arrived.some((view) => view.isMine)) {
      // What is still being drawn of it, a card or a picture, is followed too.
      isAtEnd.current = true;
      toEnd();
    } else if (!isAtEnd.current) setMissed((count) => count + others.length);
  }, [items, announce, t, toEnd]);

  useEffect(() => {
    const box = scroller.current;
    if (box === null) return undefined;
    const observer = new ResizeObserver(keepEnd);
    observer.observe(box);
    return () => observer.disconnect();
  }, [keepEnd]);

  const lastSettled = items.findLast((view) => view.pending === null);
  useReadMarker({
    place,
    seenUpTo: isEndSeen === true ? (lastSettled?.message.sentAt ?? null) : null,
    unread: place.threadId === undefined ? unread : (info?.root?.thread?.unread ?? 0),
  });

  if (snapshot.status === "failed" && snapshot.problem !== null) {
    return (
      <div className="timeline">
        <ProblemNote problem={snapshot.problem} kept={t("timeline.kept")} />
      </div>
    );
  }
  const isEmpty = info?.isLoaded === true && items.length === 0;
  // After a long absence the newest are not in the window yet: the count of the conversation knows them.
  const news = Math.max(missed, unread);
  return (
    <div className="timeline-frame">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows move between its articles */}
      <div
        ref={scroller}
        className="timeline"
        role="log"
        aria-live="off"
        aria-label={label}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a box that scrolls must be reachable by keyboard
        tabIndex={0}
        onKeyDown={onRove}
      >
        {header === undefined ? <div className="timeline__fill" /> : null}
        {header?.(info?.root ?? null)}
        {info?.isLoaded === true ? null : <SkeletonRows count={6} />}
        {isEmpty ? (
          <p className="timeline__empty">
            {place.threadId === undefined ? t("timeline.empty") : t("thread.empty")}
          </p>
        ) : null}
        {items.length === 0 ? null : (
          <Virtualizer
            ref={list}
            scrollRef={scroller}
            data={rows}
            shift={isShift}
            onScroll={look}
            onResize={keepEnd}
            bufferSize={200}
          >
            {(row) => (
              <RowView
                key={row.key}
                row={row}
                older={info?.older ?? "start"}
                target={at}
                readers={row.kind === "message" ? readers.get(row.key) : undefined}
                onOlder={extend}
              />
            )}
          </Virtualizer>
        )}
      </div>
      <UnreadAbove
        unread={unread}
        isHere={newIndex >= 0}
        isAbove={isNewAbove}
        onHere={() => list.current?.scrollToIndex(newIndex, { align: "start", offset: -64 })}
        onElsewhere={at === "unread" ? undefined : onGoToUnread}
      />
      {isEndSeen !== false || items.length === 0 ? null : (
        <div className="timeline__jump">
          <Button onPress={isAtNewest ? toEnd : onGoToEnd}>
            <ArrowDown size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
            {news > 0 ? t("timeline.newMessages", { count: news }) : t("timeline.toEnd")}
          </Button>
        </div>
      )}
    </div>
  );
});

interface UnreadAboveProps {
  unread: number;
  /** The line of what is new is in the window. */
  isHere: boolean;
  isAbove: boolean;
  onHere: () => void;
  onElsewhere: (() => void) | undefined;
}

/** What was not read lies above: the way there. */
function UnreadAbove({ unread, isHere, isAbove, onHere, onElsewhere }: UnreadAboveProps) {
  const { t } = useTranslation();
  const onPress = isHere ? (isAbove ? onHere : undefined) : unread > 0 ? onElsewhere : undefined;
  if (onPress === undefined) return null;
  return (
    <div className="timeline__jump timeline__jump--top">
      <Button onPress={onPress}>
        <ArrowUp size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
        {t("jump.toUnread")}
      </Button>
    </div>
  );
}

/** Whether the latest change put older messages above; virtua then holds the list from its end. */
function useGrownAtTop(items: readonly MessageView[]): boolean {
  const [seen, setSeen] = useState({ items, isShift: false });
  if (seen.items === items) return seen.isShift;
  const isShift = hasGrownAtTop(seen.items, items);
  setSeen({ items, isShift });
  return isShift;
}

interface RowViewProps {
  row: TimelineRow;
  older: Parameters<typeof TopOfHistory>[0]["older"];
  target: string;
  readers: readonly PersonBrief[] | undefined;
  onOlder: (direction: "older") => void;
}

function RowView({ row, older, target, readers, onOlder }: RowViewProps) {
  const { t } = useTranslation();
  const dates = useDateWords();
  switch (row.kind) {
    case "top":
      return <TopOfHistory older={older} onOlder={() => onOlder("older")} />;
    case "day":
      return (
        <div className="day-line" role="separator" aria-label={dates.day(row.iso)}>
          <span>{dates.day(row.iso)}</span>
        </div>
      );
    case "new":
      return (
        <div className="new-line" role="separator" aria-label={t("timeline.newFromHere")}>
          <span>{t("timeline.newFromHere")}</span>
        </div>
      );
    case "message":
      return (
        <MessageRow
          view={row.view}
          isFirst={row.isFirst}
          isTarget={row.view.message.id === target}
          {...(readers === undefined ? {} : { readers })}
        />
      );
  }
}

/** Where a list opens: at the line of what is new, at a message or day that was asked for, otherwise at its end. */
function goToStart(list: VirtualizerHandle | null, rows: readonly TimelineRow[], at: string): void {
  const isTime = isoTimeSchema.safeParse(at).success;
  const isWanted = (row: TimelineRow) => {
    if (at === "unread") return row.kind === "new";
    if (row.kind !== "message") return false;
    return isTime ? row.view.message.sentAt >= at : row.view.message.id === at;
  };
  const index = rows.findIndex(isWanted);
  if (index < 0) list?.scrollToIndex(rows.length - 1, { align: "end" });
  else if (at === "unread") list?.scrollToIndex(index, { align: "start", offset: -64 });
  // The line of its day stands above it.
  else if (isTime) list?.scrollToIndex(Math.max(0, index - 1), { align: "start" });
  else list?.scrollToIndex(index, { align: "center" });
}

/** What came after the end of the list as it was; a page of newer history is not news. */
function newArrivals(before: readonly MessageView[], after: readonly MessageView[]): readonly MessageView[] {
  const last = before.at(-1);
  if (last === undefined) return [];
  const from = after.findIndex((view) => view.key === last.key);
  const arrived = from < 0 ? [] : after.slice(from + 1);
  return arrived.length >= MORE_COUNT ? [] : arrived;
}
