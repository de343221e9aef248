import { useEffect, useMemo, useState } from "react";
import type { CalendarFeed, NewCalendarFeed } from "#contract/calendar-feeds.ts";
import type { CalendarSummary } from "#contract/views/calendars.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useCall } from "#renderer/kit/use-call.ts";
import { useGatewayPath } from "#renderer/ui/avatar.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { CopyButton, Note, ProblemNote, SkeletonRows } from "#renderer/ui/note.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import { createFeedCalls } from "./feed-calls.ts";

interface PublishDialogProps {
  summary: CalendarSummary;
  name: string;
  onClose: () => void;
}

/** Secret addresses under which other programs read a calendar: made, and taken back. */
export function PublishDialog({ summary, name, onClose }: PublishDialogProps) {
  const { t } = useTranslation();
  const gateway = useGatewayPath();
  const calls = useMemo(() => createFeedCalls(gateway), [gateway]);
  const list = useCall(calls.list);
  const publish = useCall(calls.publish);
  const takeBack = useCall(calls.takeBack);
  const [feeds, setFeeds] = useState<readonly CalendarFeed[] | null>(null);
  const [made, setMade] = useState<NewCalendarFeed | null>(null);
  const { run } = list;
  useEffect(() => {
    void run().then((result) => {
      if (result.ok) setFeeds(result.value);
    });
  }, [run]);
  const { scope, calendar } = summary;
  const own = (feeds ?? []).filter((feed) => feed.calendarId === calendar.id);
  const problem = list.problem ?? publish.problem ?? takeBack.problem;
  const make = async () => {
    if (publish.isRunning) return;
    const result = await publish.run({ scope, calendarId: calendar.id });
    if (!result.ok) return;
    setMade(result.value);
    setFeeds([...(feeds ?? []), result.value]);
  };
  const remove = async (id: string) => {
    const result = await takeBack.run(id);
    if (!result.ok) return;
    setFeeds((feeds ?? []).filter((feed) => feed.id !== id));
    if (made?.id === id) setMade(null);
  };
  return (
    <Dialog title={t("calendar.publish.title", { name })} onClose={onClose}>
      <DialogBody>
        <p>{t("calendar.publish.hint")}</p>
        {problem === null ? null : <ProblemNote problem={problem} />}
        {made === null ? null : (
          <Note tone="wait">
            <p>{t("calendar.publish.once")}</p>
            <code className="calendar-publish__address">{made.url}</code>
            <div className="note__actions">
              <CopyButton text={made.url} label={t("calendar.publish.copy")} />
            </div>
          </Note>
        )}
        {feeds === null && list.problem === null ? <SkeletonRows count={1} /> : null}
        {own.length === 0 ? null : (
          <ul className="plain-list calendar-publish">
            {own.map((feed) => (
              <li key={feed.id} className="calendar-publish__row">
                <span>
                  {t("calendar.publish.since")} <TimeWord iso={feed.createdAt} form="full" />
                </span>
                <Button tone="danger" onPress={() => void remove(feed.id)}>
                  {t("calendar.publish.takeBack")}
                </Button>
              </li>
            ))}
          </ul>
        )}
        <DialogActions>
          <Button onPress={onClose}>{t("action.close")}</Button>
          <Button tone="primary" onPress={() => void make()} isDisabled={feeds === null}>
            {t("calendar.publish.make")}
          </Button>
        </DialogActions>
      </DialogBody>
    </Dialog>
  );
}
