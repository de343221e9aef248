import { useEffect, useRef, useState, type FormEvent } from "react";
import type { LockStatus } from "#contract/desktop/lock.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useCall } from "#renderer/kit/use-call.ts";
import { forgetDrafts } from "#renderer/parts/use-draft.ts";
import { Button } from "#renderer/ui/button.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { Note, ProblemNote } from "#renderer/ui/note.tsx";
import { useApp } from "./app-store.ts";
import { LostCode } from "./lost-code.tsx";
import { lockSession } from "./open-session.ts";
import { WelcomeFrame } from "./welcome-frame.tsx";

/** Nothing of the workplace is left in the window; the code brings it back where it was. */
export function LockView({ status }: { status: LockStatus }) {
  const { t } = useTranslation();
  // The views have just handed over what was being written: the worker puts it on disk, then forgets.
  useEffect(() => {
    lockSession();
    forgetDrafts();
    document.title = "Parvis";
  }, []);
  const [isLost, setLost] = useState(false);
  const what = status.method === "passphrase" ? "passphrase" : "code";
  return (
    <WelcomeFrame title={t("lock.title")}>
      {isLost ? null : (
        <>
          <p>{t(`lock.why.${what}.${status.reason ?? "asked"}`)}</p>
          <CodeForm status={status} />
        </>
      )}
      <LostCode what={what} isOpen={isLost} onOpen={setLost} />
    </WelcomeFrame>
  );
}

function CodeForm({ status }: { status: LockStatus }) {
  const { t } = useTranslation();
  const host = useHost();
  const [code, setCode] = useState("");
  const form = useRef<HTMLFormElement>(null);
  // There is nothing else to do here.
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  const waitSeconds = useSecondsLeft(status.retryAfter);
  const unlock = useCall(() => host.call("lock.unlock", { code }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void unlock.run().then(async (result) => {
      setCode("");
      if (result.ok) useApp.setState(({ opening }) => ({ lock: result.value, opening: opening + 1 }));
      else {
        // The button that was pressed is disabled now.
        form.current?.querySelector("input")?.focus();
        await refreshStatus();
      }
    });
  };
  const refreshStatus = async () => {
    const now = await host.call("lock.status", {});
    if (now.ok) useApp.setState({ lock: now.value });
  };
  const isWrong = unlock.problem?.kind === "signInFailed";
  const isWaiting = waitSeconds > 0;
  const isPassphrase = status.method === "passphrase";
  return (
    <form ref={form} onSubmit={submit}>
      <TextField
        label={t(isPassphrase ? "unlock.passphrase" : "lock.code")}
        value={code}
        onChange={setCode}
        type="password"
        autoComplete="current-password"
        required
      />
      {isWrong ? (
        <div className="note note--loss" role="alert">
          {t(isPassphrase ? "unlock.wrong" : "lock.wrong")}
        </div>
      ) : unlock.problem === null || unlock.problem.kind === "rateLimited" ? null : (
        <ProblemNote problem={unlock.problem} />
      )}
      {isWaiting ? <Note tone="wait">{t("lock.wait", { count: waitSeconds })}</Note> : null}
      <Button type="submit" tone="primary" isDisabled={unlock.isRunning || isWaiting || code === ""}>
        {t("unlock.submit")}
      </Button>
    </form>
  );
}

/** Counts down by the second. */
function useSecondsLeft(seconds: number): number {
  const [counted, setCounted] = useState({ seconds, left: seconds });
  if (counted.seconds !== seconds) setCounted({ seconds, left: seconds });
  useEffect(() => {
    if (seconds === 0) return undefined;
    const timer = setInterval(() => {
      setCounted((now) => ({ ...now, left: Math.max(0, now.left - 1) }));
    }, 1000);
    return () => clearInterval(timer);
  }, [seconds]);
  return counted.left;
}
