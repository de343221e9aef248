import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { SecretsStatus } from "#contract/bridge.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useCall } from "#renderer/kit/use-call.ts";
import { Button } from "#renderer/ui/button.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { ProblemNote } from "#renderer/ui/note.tsx";
import { useApp } from "./app-store.ts";
import { WelcomeFrame } from "./welcome-frame.tsx";

/** Keys kept in a file under a passphrase: nothing can be read before it is given. */
export function UnlockView({ status }: { status: SecretsStatus }) {
  const { t } = useTranslation();
  const host = useHost();
  const [passphrase, setPassphrase] = useState("");
  const unlock = useCall(() => host.call("secrets.unlock", { passphrase }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void unlock.run().then((result) => {
      if (result.ok) useApp.setState({ secrets: result.value });
    });
  };
  return (
    <WelcomeFrame title={t("unlock.title")}>
      <p>{t("unlock.why")}</p>
      {status.reason === undefined ? null : <p className="field__hint">{status.reason}</p>}
      <form onSubmit={submit}>
        <TextField
          label={t("unlock.passphrase")}
          value={passphrase}
          onChange={setPassphrase}
          type="password"
          autoComplete="current-password"
          required
        />
        {unlock.problem === null ? null : <ProblemNote problem={unlock.problem} />}
        <Button type="submit" tone="primary" isDisabled={unlock.isRunning || passphrase === ""}>
          {t("unlock.submit")}
        </Button>
      </form>
    </WelcomeFrame>
  );
}
