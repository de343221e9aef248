import type { MessageView } from "#contract/views/message-view.ts";

/** One line of the message list. */
export type TimelineRow =
  | { kind: "top"; key: string }
  | { kind: "day"; key: string; iso: string }
  | { kind: "new"; key: string }
  | { kind: "message"; key: string; view: MessageView; isFirst: boolean };

export interface RowOptions {
  /** `sentAt` after which messages are new; null when there is no line to draw. */
  unreadAfter: string | null;
  dayKey: (iso: string) => string;
}

const SAME_BREATH_MS = 5 * 60_000;

/** Whether a message stands under the name of the one before. */
function continues(before: MessageView | undefined, view: MessageView): boolean {
  if (before === undefined) return false;
  const a = before.message;
  const b = view.message;
  return (
    a.authorId === b.authorId &&
    a.notice === undefined &&
    b.notice === undefined &&
    Date.parse(b.sentAt) - Date.parse(a.sentAt) < SAME_BREATH_MS
  );
}

/** Days, the new-message line, and who stands under whose name. */
export function buildRows(views: readonly MessageView[], { unreadAfter, dayKey }: RowOptions): TimelineRow[] {
  const rows: TimelineRow[] = [{ kind: "top", key: "top" }];
  let before: MessageView | undefined;
  let day = "";
  let hasNewLine = unreadAfter === null;
  for (const view of views) {
    const { sentAt } = view.message;
    const viewDay = dayKey(sentAt);
    if (viewDay !== day) {
      rows.push({ kind: "day", key: `day ${viewDay}`, iso: sentAt });
      day = viewDay;
      before = undefined;
    }
    if (!hasNewLine && unreadAfter !== null && sentAt > unreadAfter && !view.isMine) {
      rows.push({ kind: "new", key: "new" });
      hasNewLine = true;
      before = undefined;
    }
    rows.push({ kind: "message", key: view.key, view, isFirst: !continues(before, view) });
    before = view;
  }
  return rows;
}

/** Whether older messages were put before the ones that were there: the list is then held from its end. */
export function hasGrownAtTop(before: readonly MessageView[], after: readonly MessageView[]): boolean {
  const first = before[0];
  if (first === undefined || after[0] === undefined || after[0].key === first.key) return false;
  return after.some((view) => view.key === first.key);
}
