import { useCallback, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { HostBridge, SecretsStatus } from "#contract/bridge.ts";
import type { LockStatus } from "#contract/desktop/lock.ts";
import { ok } from "#contract/result.ts";
import type { Settings } from "#contract/settings.ts";
import { useHost, useHostEvent } from "#renderer/kit/host-context.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useSettings } from "#renderer/kit/settings-context.tsx";
import { useCall } from "#renderer/kit/use-call.ts";
import { useSession } from "#renderer/kit/worker-context.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { ConfirmDialog } from "#renderer/ui/confirm-dialog.tsx";
import { CheckBox, SelectField } from "#renderer/ui/form.tsx";
import { Note, ProblemNote } from "#renderer/ui/note.tsx";
import { LockCodeForm } from "./lock-code-form.tsx";
import { Managed } from "./managed.tsx";

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

function KeySection() {
  const { t } = useTranslation();
  const host = useHost();
  const [secrets, setSecrets] = useState<SecretsStatus | null>(null);
  const [isAsked, setAsked] = useState(false);
  const rotate = useCall(useCallback(() => rotateAll(host), [host]));
  useEffect(() => {
    void host.call("secrets.status", {}).then((result) => {
      if (result.ok) setSecrets(result.value);
    });
  }, [host]);
  return (
    <section className="settings__group">
      <h3 className="settings__heading">{t("lock.keys.title")}</h3>
      {secrets === null ? null : <p className="settings__hint">{t(`account.store.${secrets.store}`)}</p>}
      <p className="settings__hint">{t("lock.keys.text")}</p>
      <div className="settings__row">
        <Button onPress={() => void rotate.run().then((result) => setAsked(result.ok))}>
          {t("lock.keys.rotate")}
        </Button>
      </div>
      {isAsked ? (
        <p role="status" className="settings__hint">
          {t("lock.keys.rotating")}
        </p>
      ) : null}
      {rotate.problem === null ? null : <ProblemNote problem={rotate.problem} />}
    </section>
  );
}

async function rotateAll(host: HostBridge) {
  const accounts = await host.call("accounts.list", {});
  if (!accounts.ok) return accounts;
  for (const { id, state } of accounts.value) {
    if (state === "signedOut") continue;
    const result = await host.call("cache.rotate", { accountId: id });
    if (!result.ok) return result;
  }
  return ok(null);
}

function WipeSection() {
  const { t } = useTranslation();
  const host = useHost();
  const [isAsking, setAsking] = useState(false);
  const unsent = useSession((session) => session.outbox.waiting + session.outbox.failed);
  const wipe = useCall(useCallback(() => host.call("profile.wipe", {}), [host]));
  const start = () => {
    void wipe.run().then((result) => {
      if (result.ok) location.reload();
    });
  };
  return (
    <section className="settings__group">
      <h3 className="settings__heading">{t("lock.wiping.title")}</h3>
      <p className="settings__hint">{t("lock.wiping.text")}</p>
      <div className="settings__row">
        <Button tone="danger" onPress={() => setAsking(true)} isDisabled={wipe.isRunning}>
          {t("lock.wiping.start")}
        </Button>
      </div>
      {wipe.problem === null ? null : <ProblemNote problem={wipe.problem} />}
      {isAsking ? (
        <ConfirmDialog
          title={t("lock.wiping.title")}
          action={t("lock.wiping.confirm")}
          onConfirm={start}
          onClose={() => setAsking(false)}
        >
          <p>{t("lock.wiping.sure")}</p>
          {unsent === 0 ? null : <Note tone="loss">{t("account.unsent", { count: unsent })}</Note>}
        </ConfirmDialog>
      ) : null}
    </section>
  );
}
