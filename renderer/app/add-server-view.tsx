import { useState, type FormEvent } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useCall } from "#renderer/kit/use-call.ts";
import { Button } from "#renderer/ui/button.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { ProblemNote } from "#renderer/ui/note.tsx";
import { chooseAccount, setAccount, useApp } from "./app-store.ts";
import { WelcomeFrame } from "./welcome-frame.tsx";

/** The address of a workplace: looked up first, so that a slip of the pen is said in words. */
export function AddServerView({ canGoBack }: { canGoBack: boolean }) {
  const { t } = useTranslation();
  const host = useHost();
  const [address, setAddress] = useState("");
  const add = useCall(async (serverUrl: string) => {
    const probe = await host.call("accounts.probe", { serverUrl });
    if (!probe.ok) return probe;
    return host.call("accounts.add", { serverUrl: probe.value.serverUrl });
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void add.run(address.trim()).then((result) => {
      if (!result.ok) return;
      setAccount(result.value);
      chooseAccount(result.value.id);
    });
  };
  return (
    <WelcomeFrame title={t("addServer.title")}>
      <form onSubmit={submit}>
        <TextField
          label={t("addServer.address")}
          hint={t("addServer.hint")}
          value={address}
          onChange={setAddress}
          inputMode="url"
          autoComplete="url"
          spellCheck={false}
          required
        />
        {add.problem === null ? null : <ProblemNote problem={add.problem} />}
        <div className="welcome__more">
          <Button type="submit" tone="primary" isDisabled={add.isRunning || address.trim() === ""}>
            {add.isRunning ? t("addServer.looking") : t("addServer.continue")}
          </Button>
          {canGoBack ? (
            <Button onPress={() => useApp.setState({ isAdding: false })}>{t("action.cancel")}</Button>
          ) : null}
          <Button tone="link" onPress={() => useApp.setState({ isInvited: true })}>
            {t("invitation.have")}
          </Button>
        </div>
      </form>
    </WelcomeFrame>
  );
}
