import { useState } from "react";
import { workingHoursSchema, type WorkingHours } from "#contract/working-hours.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useLiveQuery, useSession } from "#renderer/kit/worker-context.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Note } from "#renderer/ui/note.tsx";
import { WorkingHoursField } from "#renderer/ui/working-hours-field.tsx";
import { usePersonalSettings } from "./use-personal-settings.ts";

/** When I work: seen by colleagues, who may then have messages delivered within it. */
export function HoursSettings() {
  const own = useSession((session) => session.me?.workingHours);
  const { info } = useLiveQuery("preferences", {});
  const start = own ?? info?.hours ?? usualHours();
  // Made anew when the hours change elsewhere: what stands in the fields is what is known.
  return (
    <HoursForm
      key={JSON.stringify(own ?? info?.hours ?? null)}
      start={start}
      isOwn={own !== undefined}
      isQuietImposed={info?.isQuietImposed === true}
    />
  );
}

interface HoursFormProps {
  start: WorkingHours;
  isOwn: boolean;
  isQuietImposed: boolean;
}

function HoursForm({ start, isOwn, isQuietImposed }: HoursFormProps) {
  const { t } = useTranslation();
  const set = usePersonalSettings();
  const [hours, setHours] = useState(start);
  const isValid = workingHoursSchema.safeParse(hours).success && hours.days.length > 0;
  const isChanged = JSON.stringify(hours) !== JSON.stringify(start);
  return (
    <section className="settings__group">
      <p className="settings__hint">{t("settings.hours.what")}</p>
      {isQuietImposed ? <Note>{t("settings.hours.imposed")}</Note> : null}
      <WorkingHoursField value={hours} onChange={setHours} />
      <div className="settings__row">
        <Button
          tone="primary"
          isDisabled={!isValid || (isOwn && !isChanged)}
          onPress={() => set("profile.update", { workingHours: hours })}
        >
          {t("settings.hours.save")}
        </Button>
        {isOwn ? (
          <Button onPress={() => set("profile.update", { workingHours: null })}>
            {t("settings.hours.remove")}
          </Button>
        ) : null}
      </div>
    </section>
  );
}

function usualHours(): WorkingHours {
  return {
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    days: [1, 2, 3, 4, 5],
    from: "09:00",
    to: "17:30",
  };
}
