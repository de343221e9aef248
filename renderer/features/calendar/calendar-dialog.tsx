import { useState } from "react";
import { labelColours, type LabelColour } from "#contract/entities/task.ts";
import { personScope, scopeSchema, spaceScope, type Scope } from "#contract/scope.ts";
import type { CalendarSummary } from "#contract/views/calendars.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useLiveQuery, useSession } from "#renderer/kit/worker-context.tsx";
import { NOBODY } from "#renderer/parts/use-commands.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { FieldGroup, SelectField } from "#renderer/ui/form.tsx";
import { calendarName } from "./calendar-words.ts";
import { useEventDeeds } from "./use-event-deeds.ts";

/** Where the reader may make a calendar: at home, and in their spaces that have one. */
function useCalendarPlaces(): readonly { scope: Scope; name: string }[] {
  const { t } = useTranslation();
  const me = useSession((session) => session.me?.id ?? NOBODY);
  const isGuest = useSession((session) => session.me?.isGuest === true);
  const { items } = useLiveQuery("spaces", {});
  const spaces = items.filter(({ role, space }) => {
    const isOn = space.functions?.find(({ name }) => name === "calendar")?.isOn ?? true;
    return role !== null && role !== "guest" && space.archivedAt === undefined && isOn;
  });
  const own = isGuest ? [] : [{ scope: personScope(me), name: t("calendar.forMyself") }];
  return [...own, ...spaces.map(({ space }) => ({ scope: spaceScope(space.id), name: space.name }))];
}

interface CalendarDialogProps {
  scope: Scope | null;
  /** One that is changed; null for a new one. */
  summary: CalendarSummary | null;
  onClose: () => void;
}

export function CalendarDialog({ scope, summary, onClose }: CalendarDialogProps) {
  const { t } = useTranslation();
  const me = useSession((session) => session.me?.id ?? NOBODY);
  const { commands, run } = useEventDeeds();
  const places = useCalendarPlaces();
  const [place, setPlace] = useState<Scope | null>(scope);
  const [name, setName] = useState(summary === null ? "" : calendarName(t, summary, me));
  const [colour, setColour] = useState<LabelColour>(summary?.calendar.colour ?? "green");
  const where = place ?? places[0]?.scope ?? null;
  const keep = async () => {
    const title = name.trim();
    if (title === "" || where === null) return;
    const isKept =
      summary === null
        ? await run(commands.createCalendar(where, { name: title, colour }))
        : await run(commands.changeCalendar(summary.scope, summary.calendar, { name: title, colour }));
    if (isKept) onClose();
  };
  return (
    <Dialog title={t(summary === null ? "calendar.newCalendar" : "calendar.editCalendar")} onClose={onClose}>
      <form
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          void keep();
        }}
      >
        <DialogBody>
          <TextField label={t("calendar.name")} value={name} onChange={setName} maxLength={200} required />
          {summary === null ? (
            <SelectField
              label={t("calendar.where")}
              value={where ?? ""}
              options={places.map((each) => ({ value: each.scope as string, label: each.name }))}
              onChange={(picked) => setPlace(scopeSchema.parse(picked))}
            />
          ) : null}
          <FieldGroup label={t("calendar.colour")}>
            <div className="calendar-colours">
              {labelColours.map((each) => (
                <button
                  key={each}
                  type="button"
                  className="calendar-colours__choice"
                  data-colour={each}
                  aria-pressed={each === colour}
                  aria-label={t(`calendar.colourName.${each}`)}
                  onClick={() => setColour(each)}
                />
              ))}
            </div>
          </FieldGroup>
          <DialogActions>
            <Button onPress={onClose}>{t("action.cancel")}</Button>
            <Button tone="primary" type="submit" isDisabled={name.trim() === "" || where === null}>
              {t(summary === null ? "calendar.create" : "action.save")}
            </Button>
          </DialogActions>
        </DialogBody>
      </form>
    </Dialog>
  );
}
