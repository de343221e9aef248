import { useRef, useState } from "react";
import type { Scope } from "#contract/scope.ts";
import type { CalendarSummary } from "#contract/views/calendars.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useLiveQuery, useSession, useWorker } from "#renderer/kit/worker-context.tsx";
import { NOBODY } from "#renderer/parts/use-commands.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { SelectField } from "#renderer/ui/form.tsx";
import { Note } from "#renderer/ui/note.tsx";
import { calendarName } from "./calendar-words.ts";
import { importPlan, type ImportPlan } from "./import-plan.ts";
import { readReply, type Present, type ReplyReading } from "./reply-plan.ts";
import { ReplyView } from "./reply-view.tsx";
import { useEventDeeds } from "./use-event-deeds.ts";

async function objectsIn(client: ReturnType<typeof useWorker>, scope: Scope): Promise<Present[]> {
  const { items } = await client.once("calendarObjects", { scope });
  return items.map(({ object }) => ({ scope, object }));
}

/** Events from a file of another program: shown before anything is made of it. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const me = useSession((session) => session.me?.id ?? NOBODY);
  const client = useWorker();
  const show = useToasts((state) => state.show);
  const { commands, run } = useEventDeeds();
  const { items } = useLiveQuery("calendars", {});
  const writable = items.filter(({ canWrite }) => canWrite);
  const [into, setInto] = useState<string | null>(null);
  const [bytes, setBytes] = useState<Uint8Array | null>(null);
  const [plan, setPlan] = useState<ImportPlan | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [done, setDone] = useState<number | null>(null);
  const [reply, setReply] = useState<Exclude<ReplyReading, { kind: "other" }> | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const target = writable.find(({ calendar }) => calendar.id === into) ?? writable[0];
  const look = async (content: Uint8Array, { scope }: CalendarSummary) => {
    const present = await objectsIn(client, scope);
    const reading = importPlan(
      content,
      present.map(({ object }) => object),
    );
    setPlan(reading.ok ? reading.plan : null);
    setProblem(reading.ok ? null : reading.message);
  };
  const read = async (file: File | undefined) => {
    if (file === undefined || target === undefined) return;
    const content = new Uint8Array(await file.arrayBuffer());
    const scopes = new Set(items.filter(({ isMade }) => isMade).map(({ scope }) => scope));
    const present = await Promise.all([...scopes].map((scope) => objectsIn(client, scope)));
    const answer = readReply(content, present.flat(), { me });
    setReply(answer.kind === "other" ? null : answer);
    if (answer.kind !== "other") return;
    setBytes(content);
    await look(content, target);
  };
  const carryOut = async ({ added, changed }: ImportPlan, { scope, calendar }: CalendarSummary) => {
    let count = 0;
    setDone(count);
    const next = () => setDone((count += 1));
    for (const event of added) {
      if (!(await run(commands.add(scope, calendar.id, event)))) return setDone(null);
      next();
    }
    for (const { object, data } of changed) {
      if (!(await run(commands.apply(scope, object, { data, added: null })))) return setDone(null);
      next();
    }
    show({ text: t("calendar.import.done", { count }), tone: "plain" });
    onClose();
  };
  const count = plan === null ? 0 : plan.added.length + plan.changed.length;
  return (
    <Dialog title={t("calendar.import.title")} onClose={onClose}>
      <DialogBody>
        <p>{t("calendar.import.hint")}</p>
        <input
          ref={input}
          className="visually-hidden"
          type="file"
          accept=".ics,text/calendar"
          tabIndex={-1}
          aria-label={t("calendar.import.choose")}
          onChange={(event) => void read(event.target.files?.[0])}
        />
        <Button onPress={() => input.current?.click()}>{t("calendar.import.choose")}</Button>
        {reply === null ? (
          <>
            <SelectField
              label={t("calendar.import.into")}
              value={target?.calendar.id ?? ""}
              options={writable.map((summary) => {
                const name = calendarName(t, summary, me);
                const place = summary.calendar.remote?.accountName ?? summary.space?.name;
                return {
                  value: summary.calendar.id,
                  label: place === undefined ? name : `${place} – ${name}`,
                };
              })}
              onChange={(id) => {
                setInto(id);
                const next = writable.find(({ calendar }) => calendar.id === id);
                if (bytes !== null && next !== undefined) void look(bytes, next);
              }}
            />
            {problem === null ? null : (
              <Note tone="loss">
                <p className="note__title">{t("calendar.import.unreadable")}</p>
                <p>{problem}</p>
              </Note>
            )}
            {plan === null ? null : (
              <ul className="calendar-import" role="status">
                <li>{t("calendar.import.added", { count: plan.added.length })}</li>
                {plan.changed.length === 0 ? null : (
                  <li>{t("calendar.import.changed", { count: plan.changed.length })}</li>
                )}
                {plan.same === 0 ? null : <li>{t("calendar.import.same", { count: plan.same })}</li>}
                {plan.skipped === 0 ? null : <li>{t("calendar.import.skipped", { count: plan.skipped })}</li>}
              </ul>
            )}
            {done === null ? null : (
              <progress value={done} max={count} aria-label={t("calendar.import.title")} />
            )}
            <DialogActions>
              <Button onPress={onClose}>{t("action.cancel")}</Button>
              <Button
                tone="primary"
                isDisabled={plan === null || count === 0 || target === undefined || done !== null}
                onPress={() => {
                  if (plan !== null && target !== undefined) void carryOut(plan, target);
                }}
              >
                {t("calendar.import.carryOut", { count })}
              </Button>
            </DialogActions>
          </>
        ) : (
          <ReplyView reply={reply} onClose={onClose} />
        )}
      </DialogBody>
    </Dialog>
  );
}
