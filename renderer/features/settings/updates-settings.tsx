import { useEffect, useState } from "react";
import type { UpdateStatus } from "#contract/desktop/updates.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useUpdates } from "#renderer/kit/use-updates.ts";
import { UpdateLater } from "#renderer/parts/update-later.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { CopyButton, Note, ProblemNote } from "#renderer/ui/note.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";

/** Which version this is, whether there is a newer one, and who decides about it. */
export function UpdatesSettings() {
  const { t } = useTranslation();
  const version = useVersion();
  const { status, isDeferred, check, install, defer } = useUpdates();
  if (status === null) return <div className="settings__loading" />;
  const problem = check.problem ?? install.problem ?? defer.problem;
  const isBusy = status.state === "checking" || status.state === "downloading" || check.isRunning;
  return (
    <section className="settings__group">
      <p className="settings__version">{t("updates.version", { version })}</p>
      <div role="status" className="settings__group">
        <State status={status} />
      </div>
      {status.state === "ready" ? (
        <>
          {isDeferred && status.deferredUntil !== undefined ? (
            <p className="settings__hint">
              {t("updates.deferred")} <TimeWord iso={status.deferredUntil} form="short" />
            </p>
          ) : null}
          <div className="settings__row">
            <Button tone="primary" isDisabled={install.isRunning} onPress={() => void install.run()}>
              {t("updates.install")}
            </Button>
            <UpdateLater tone="plain" onLater={(until) => void defer.run(until)} />
          </div>
          <p className="settings__hint">{t("updates.keeps")}</p>
        </>
      ) : null}
      {problem === null ? null : <ProblemNote problem={problem} />}
      {status.state === "off" ? null : (
        <div className="settings__row">
          <Button isDisabled={isBusy} onPress={() => void check.run()}>
            {t("updates.check")}
          </Button>
          <LastChecked status={status} />
        </div>
      )}
    </section>
  );
}

function useVersion(): string {
  const host = useHost();
  const [version, setVersion] = useState("");
  useEffect(() => {
    void host.call("app.info", {}).then((info) => setVersion(info.ok ? info.value.version : ""));
  }, [host]);
  return version;
}

function State({ status }: { status: UpdateStatus }) {
  const { t } = useTranslation();
  const { state, version = "", progress = 0, reason, dueAt, detail } = status;
  switch (state) {
    case "off":
      return (
        <>
          <Note>{t(`updates.off.${offReason(reason)}`)}</Note>
          {reason === "address" || reason === "signature" ? <Detail text={detail} /> : null}
        </>
      );
    case "idle":
      return dueAt === undefined ? (
        <p>{t(status.lastCheckedAt === undefined ? "updates.unknown" : "updates.newest")}</p>
      ) : (
        <Note>
          <p>{t("updates.held", { version })}</p>
          <p>
            {t("updates.heldUntil")} <TimeWord iso={dueAt} form="day" />
          </p>
        </Note>
      );
    case "checking":
      return <p>{t("updates.checking")}</p>;
    case "downloading":
      return (
        <>
          <p>{t("updates.downloading", { version })}</p>
          <progress className="progress" value={progress} max={1} aria-label={t("updates.progress")} />
        </>
      );
    case "ready":
      return <Note>{t("updates.ready", { version })}</Note>;
    case "failed":
      return (
        <Note tone={reason === "signature" ? "loss" : "wait"}>
          <p className="note__title">{t("updates.failed.title")}</p>
          <p>{t(`updates.failed.${failureReason(reason)}`)}</p>
          <Detail text={detail} />
        </Note>
      );
  }
}

type Reason = UpdateStatus["reason"];

function offReason(reason: Reason) {
  const isOther = reason === undefined || reason === "network" || reason === "disk" || reason === "other";
  return isOther ? ("notSet" as const) : reason;
}

function failureReason(reason: Reason) {
  return reason === "signature" || reason === "network" || reason === "disk" ? reason : ("other" as const);
}

/** What the help desk wants to know, in its words. */
function Detail({ text }: { text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <div className="note__actions">
      <CopyButton text={text} />
    </div>
  );
}

function LastChecked({ status: { lastCheckedAt } }: { status: UpdateStatus }) {
  const { t } = useTranslation();
  if (lastCheckedAt === undefined) return null;
  return (
    <span className="settings__hint">
      {t("updates.lastChecked")} <TimeWord iso={lastCheckedAt} form="ago" />
    </span>
  );
}
