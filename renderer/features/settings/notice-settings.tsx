import { X } from "lucide-react";
import { useState } from "react";
import { UNTIL_TURNED_OFF } from "#contract/desktop/attention.ts";
import { rowIdSchema } from "#contract/ids.ts";
import type { Settings } from "#contract/settings.ts";
import type { IsoTime } from "#contract/time.ts";
import type { NotificationKind } from "#contract/entities/notification.ts";
import type { NoticeLevel } from "#contract/entities/preferences.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useSettings } from "#renderer/kit/settings-context.tsx";
import { useCall } from "#renderer/kit/use-call.ts";
import { inMinutes, tomorrowMorning } from "#renderer/kit/wall-clock.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { Button, IconButton } from "#renderer/ui/button.tsx";
import { Choices } from "#renderer/ui/field.tsx";
import { CheckBox, SelectField } from "#renderer/ui/form.tsx";
import { Note, ProblemNote } from "#renderer/ui/note.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import { Managed } from "./managed.tsx";
import { usePersonalSettings } from "./use-personal-settings.ts";

const NOTIFICATIONS = ["all", "hiddenContent", "off"] as const;
const LEVELS: readonly NoticeLevel[] = ["all", "inbox", "none"];
/** Those that can be turned down. Requests to decide cannot: others wait for them. */
const KINDS = [
  "mention",
  "direct",
  "reply",
  "comment",
  "mustRead",
  "invitation",
  "decision",
  "review",
  "report",
  "task",
  "taskDue",
  "taskNews",
  "meeting",
  "meetingNews",
] as const satisfies readonly NotificationKind[];

/** What is announced, how, and when it is not. */
export function NoticeSettings() {
  return (
    <>
      <DoNotDisturb />
      <SystemNotices />
      <KindLevels />
      <PlacesApart />
    </>
  );
}

function DoNotDisturb() {
  const { t } = useTranslation();
  const { info } = useLiveQuery("preferences", {});
  const set = usePersonalSettings();
  const until = info?.preferences?.doNotDisturbUntil;
  const quietUntil = (at: IsoTime | null) => set("preferences.set", { doNotDisturbUntil: at });
  return (
    <section className="settings__group">
      <h3 className="settings__heading">{t("settings.quiet.title")}</h3>
      {info?.quiet === "doNotDisturb" && until !== undefined ? (
        <Note tone="wait">
          {until >= UNTIL_TURNED_OFF ? (
            t("settings.quiet.endless")
          ) : (
            <>
              {t("settings.quiet.until")} <TimeWord iso={until} form="short" />
            </>
          )}
        </Note>
      ) : info?.quiet === "organisation" ? (
        <Note>{t("settings.quiet.imposed")}</Note>
      ) : info?.quiet === "ownHours" ? (
        <Note>{t("settings.quiet.ownHours")}</Note>
      ) : null}
      <div className="settings__row">
        {info?.quiet === "doNotDisturb" ? (
          <Button onPress={() => quietUntil(null)}>{t("settings.quiet.end")}</Button>
        ) : (
          <>
            <Button onPress={() => quietUntil(inMinutes(Date.now(), 60))}>{t("settings.quiet.hour")}</Button>
            <Button onPress={() => quietUntil(tomorrowMorning(Date.now()))}>
              {t("settings.quiet.tomorrow")}
            </Button>
          </>
        )}
      </div>
      <CheckBox
        label={t("settings.quiet.outsideHours")}
        hint={t("settings.quiet.outsideHoursHint")}
        isChecked={info?.preferences?.isQuietOutsideHours === true}
        onChange={(isQuietOutsideHours) => set("preferences.set", { isQuietOutsideHours })}
      />
      <CheckBox
        label={t("settings.receipts")}
        isChecked={info?.preferences?.hidesReceipts !== true}
        onChange={(isShown) => set("preferences.set", { hidesReceipts: isShown ? null : true })}
      />
    </section>
  );
}

function SystemNotices() {
  const { t } = useTranslation();
  const host = useHost();
  const settings = useSettings();
  const save = useCall((change: Partial<Settings>) => host.call("settings.set", change));
  return (
    <>
      <Managed setting="notifications">
        {(isManaged) => (
          <Choices
            label={t("settings.notifications.label")}
            value={settings.notifications}
            isDisabled={isManaged}
            onChange={(notifications) => void save.run({ notifications })}
            options={NOTIFICATIONS.map((value) => ({ value, label: t(`settings.notifications.${value}`) }))}
          />
        )}
      </Managed>
      {save.problem === null ? null : <ProblemNote problem={save.problem} />}
      {settings.notifications === "off" ? null : <TryOne />}
    </>
  );
}

/** Shows one, and says what became of it. */
function TryOne() {
  const { t } = useTranslation();
  const host = useHost();
  const [outcome, setOutcome] = useState<{ isShown: boolean; detail: string } | null>(null);
  const ask = useCall(() => host.call("notifications.test", {}));
  const run = async () => {
    setOutcome(null);
    const result = await ask.run();
    if (result.ok) setOutcome(result.value);
  };
  return (
    <>
      <div className="settings__row">
        <Button isDisabled={ask.isRunning} onPress={() => void run()}>
          {t("noticeTest.run")}
        </Button>
      </div>
      {outcome === null ? null : outcome.isShown ? (
        <Note>{t("noticeTest.shown")}</Note>
      ) : (
        <Note tone="wait">{t("noticeTest.notShown", { detail: outcome.detail })}</Note>
      )}
      {ask.problem === null ? null : <ProblemNote problem={ask.problem} />}
    </>
  );
}

function KindLevels() {
  const { t } = useTranslation();
  const { info } = useLiveQuery("preferences", {});
  const set = usePersonalSettings();
  const notices = info?.preferences?.notices ?? {};
  const options = LEVELS.map((value) => ({ value, label: t(`settings.level.${value}`) }));
  return (
    <section className="settings__group">
      <h3 className="settings__heading">{t("settings.kinds.title")}</h3>
      <ul className="settings__list">
        {KINDS.map((kind) => (
          <li key={kind} className="settings__line">
            <span>{t(`settings.kinds.${kind}`)}</span>
            <SelectField
              label={t(`settings.kinds.${kind}`)}
              isLabelHidden
              value={notices[kind] ?? "all"}
              options={options}
              onChange={(level) => set("preferences.set", { notices: { ...notices, [kind]: level } })}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

type PlaceLevel = "all" | "mentions" | "none" | "usual";

function PlacesApart() {
  const { t } = useTranslation();
  const { items } = useLiveQuery("placeSettings", {});
  const set = usePersonalSettings();
  const options = (["usual", "all", "mentions", "none"] as const).map((value) => ({
    value,
    label: t(`settings.place.${value}`),
  }));
  const choose = (id: string, level: PlaceLevel) =>
    set("placeSetting.set", { id: rowIdSchema.parse(id), notify: level === "usual" ? null : level });
  return (
    <section className="settings__group">
      <h3 className="settings__heading">{t("settings.place.title")}</h3>
      {items.length === 0 ? <p className="settings__hint">{t("settings.place.empty")}</p> : null}
      <ul className="settings__list">
        {items.map(({ key, name, setting }) => (
          <li key={key} className="settings__line">
            <span>
              {name}
              {setting.isMuted === true ? (
                <span className="settings__hint"> · {t("settings.place.muted")}</span>
              ) : null}
            </span>
            <span className="settings__row">
              <SelectField
                label={name}
                isLabelHidden
                value={setting.notify ?? "usual"}
                options={options}
                onChange={(level) => choose(key, level)}
              />
              {setting.isMuted === true ? (
                <IconButton
                  icon={X}
                  label={t("settings.place.unmute", { name })}
                  onPress={() => set("placeSetting.set", { id: key, isMuted: null, mutedUntil: null })}
                />
              ) : null}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
