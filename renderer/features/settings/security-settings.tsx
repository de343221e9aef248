import { useCallback, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { LockStatus } from "#contract/desktop/lock.ts";
import type { Settings } from "#contract/settings.ts";
import { useHost, useHostEvent } from "#renderer/kit/host-context.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useSettings } from "#renderer/kit/settings-context.tsx";
import { useCall } from "#renderer/kit/use-call.ts";
import { Button } from "#renderer/ui/button.tsx";
import { CheckBox, SelectField } from "#renderer/ui/form.tsx";
import { ProblemNote } from "#renderer/ui/note.tsx";
import { KeySection } from "./key-section.tsx";
import { LockCodeForm } from "./lock-code-form.tsx";
import { Managed } from "./managed.tsx";
import { WipeSection } from "./wipe-section.tsx";

/** Who can see what is on this machine: the lock, the keys, and throwing everything away. */
export function SecuritySettings() {
  const status = useLockStatus();
  if (status === null) return <div className="settings__loading" />;
  return (
    <>
      <LockSection status={status} />
      <KeySection />
      <WipeSection />
    </>
  );
}

function useLockStatus(): LockStatus | null {
  const host = useHost();
  const [status, setStatus] = useState<LockStatus | null>(null);
  useHostEvent("lockChanged", (event) => setStatus(event.status));
  useEffect(() => {
    void host.call("lock.status", {}).then((result) => {
      if (result.ok) setStatus(result.value);
    });
  }, [host]);
  return status;
}

function LockSection({ status }: { status: LockStatus }) {
  const { t } = useTranslation();
  const host = useHost();
  const [form, setForm] = useState<"choose" | "change" | "remove" | null>(null);
  const lock = useCall(useCallback(() => host.call("lock.lock", {}), [host]));
  const canLock = status.method !== "none";
  const section = useRef<HTMLElement>(null);
  const close = () => {
    // The field that had the focus goes with the form: it stays in the dialog.
    flushSync(() => setForm(null));
    section.current?.querySelector("button")?.focus();
  };
  return (
    <section className="settings__group" ref={section}>
      <h3 className="settings__heading">{t("lock.settings.title")}</h3>
      <p className="settings__hint">{t(`lock.settings.method.${status.method}`)}</p>
      {form === null ? (
        <div className="settings__row">
          {canLock ? (
            <Button tone="primary" onPress={() => void lock.run()} isDisabled={lock.isRunning}>
              {t("lock.now")}
            </Button>
          ) : null}
          {status.method === "code" ? (
            <>
              <Button onPress={() => setForm("change")}>{t("lock.settings.change")}</Button>
              <Button onPress={() => setForm("remove")}>{t("lock.settings.remove")}</Button>
            </>
          ) : (
            <Button onPress={() => setForm("choose")}>{t("lock.settings.choose")}</Button>
          )}
        </div>
      ) : (
        <LockCodeForm kind={form} onClose={close} />
      )}
      {lock.problem === null ? null : <ProblemNote problem={lock.problem} />}
      <WhenToLock canLock={canLock} />
    </section>
  );
}

const MINUTES = ["0", "5", "10", "15", "30", "60"] as const;

function WhenToLock({ canLock }: { canLock: boolean }) {
  const { t } = useTranslation();
  const host = useHost();
  const { lockAfterMinutes, lockWithSystem } = useSettings();
  const save = useCall((change: Partial<Settings>) => host.call("settings.set", change));
  const chosen = String(lockAfterMinutes);
  const choices = MINUTES.some((one) => one === chosen) ? MINUTES : [...MINUTES, chosen];
  return (
    <>
      {canLock ? null : <p className="settings__hint">{t("lock.settings.codeFirst")}</p>}
      <Managed setting="lockAfterMinutes">
        {(isManaged) => (
          <SelectField
            label={t("lock.settings.after")}
            value={chosen}
            isDisabled={isManaged || !canLock}
            onChange={(minutes) => void save.run({ lockAfterMinutes: Number(minutes) })}
            options={choices.map((value) => ({
              value,
              label:
                value === "0"
                  ? t("lock.settings.never")
                  : t("lock.settings.minutes", { count: Number(value) }),
            }))}
          />
        )}
      </Managed>
      <Managed setting="lockWithSystem">
        {(isManaged) => (
          <CheckBox
            label={t("lock.settings.withSystem")}
            isChecked={lockWithSystem}
            isDisabled={isManaged || !canLock}
            onChange={(isOn) => void save.run({ lockWithSystem: isOn })}
          />
        )}
      </Managed>
      {save.problem === null ? null : <ProblemNote problem={save.problem} />}
    </>
  );
}
