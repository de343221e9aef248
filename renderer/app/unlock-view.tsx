import { useEffect, useRef, useState, type FormEvent } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { SecretsStatus } from "#contract/bridge.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useCall } from "#renderer/kit/use-call.ts";
import { Button } from "#renderer/ui/button.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { CopyButton, ProblemNote } from "#renderer/ui/note.tsx";
import { useApp } from "./app-store.ts";
import { LostCode } from "./lost-code.tsx";
import { WelcomeFrame } from "./welcome-frame.tsx";

/** Nothing can be read before the keys are open: a passphrase for the file, the system's own prompt for a keyring. */
export function UnlockView({ status }: { status: SecretsStatus }) {
  const { t } = useTranslation();
  const isFile = status.store === "passphraseFile";
  const [isLost, setLost] = useState(false);
  return (
    <WelcomeFrame title={t("unlock.title")}>
      <p>{isFile ? t("unlock.why") : t("unlock.keyring")}</p>
      {isLost ? null : <OpenForm status={status} isFile={isFile} />}
      {isFile ? <LostCode what="passphrase" isOpen={isLost} onOpen={setLost} /> : null}
    </WelcomeFrame>
  );
}

function OpenForm({ status, isFile }: { status: SecretsStatus; isFile: boolean }) {
  const { t } = useTranslation();
  const host = useHost();
  const form = useRef<HTMLFormElement>(null);
  // There is nothing else to do here.
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  const [passphrase, setPassphrase] = useState("");
  // A keyring asks for its password by itself and reads none from here; the channel wants one all the same.
  const unlock = useCall(() => host.call("secrets.unlock", { passphrase: isFile ? passphrase : "-" }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void unlock.run().then((result) => {
      if (result.ok) useApp.setState({ secrets: result.value });
    });
  };
  const isWrong = isFile && unlock.problem?.kind === "locked";
  return (
    <form onSubmit={submit} ref={form}>
      {isFile ? (
        <TextField
          label={t("unlock.passphrase")}
          value={passphrase}
          onChange={setPassphrase}
          type="password"
          autoComplete="current-password"
          required
        />
      ) : null}
      {isWrong ? (
        <div className="note note--loss" role="alert">
          {t("unlock.wrong")}
        </div>
      ) : unlock.problem === null ? null : (
        <ProblemNote problem={unlock.problem} />
      )}
      <Button type="submit" tone="primary" isDisabled={unlock.isRunning || (isFile && passphrase === "")}>
        {isFile ? t("unlock.submit") : t("action.retry")}
      </Button>
      {isFile || status.reason === undefined ? null : <CopyButton text={status.reason} />}
    </form>
  );
}
