import { useCallback, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { HostBridge, SecretsStatus } from "#contract/bridge.ts";
import { ok } from "#contract/result.ts";
import { useHost, useHostEvent } from "#renderer/kit/host-context.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useCall } from "#renderer/kit/use-call.ts";
import { PassphraseForm } from "#renderer/parts/passphrase-form.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Note, ProblemNote } from "#renderer/ui/note.tsx";
import { ChangePassphraseForm } from "./change-passphrase-form.tsx";

/** Where the keys are, what opens them, and new ones. */
export function KeySection() {
  const { t } = useTranslation();
  const host = useHost();
  const secrets = useSecrets();
  const [isAsked, setAsked] = useState(false);
  const [change, setChange] = useState<"none" | "first" | "asked" | "done">("none");
  const rotate = useCall(useCallback(() => rotateAll(host), [host]));
  const section = useRef<HTMLElement>(null);
  const start = () => {
    // Not disabled meanwhile: it would lose the focus, and the dialog its keys.
    if (rotate.isRunning) return;
    void rotate.run().then((result) => {
      setAsked(result.ok);
      if (result.ok) setChange("none");
    });
  };
  const close = (next: "none" | "done") => {
    // The field that had the focus goes with the form: it stays in the dialog.
    flushSync(() => setChange(next));
    section.current?.querySelector("button")?.focus();
  };
  return (
    <section className="settings__group" ref={section}>
      <h3 className="settings__heading">{t("lock.keys.title")}</h3>
      <p className="settings__hint">
        {t("lock.keys.text")} {secrets === null ? null : t(`lock.keys.store.${secrets.store}`)}
      </p>
      {change === "first" ? (
        <PassphraseForm onChosen={() => close("none")} onClose={() => close("none")} />
      ) : change === "asked" ? (
        <ChangePassphraseForm onDone={() => close("done")} onClose={() => close("none")} />
      ) : (
        <div className="settings__row">
          <Button tone={change === "done" ? "primary" : "plain"} onPress={start}>
            {t("lock.keys.rotate")}
          </Button>
          {secrets?.store === "passphraseFile" ? (
            <Button onPress={() => setChange("asked")}>{t("lock.passphrase.change")}</Button>
          ) : secrets?.store === "memory" ? (
            <Button onPress={() => setChange("first")}>{t("passphrase.choose")}</Button>
          ) : null}
        </div>
      )}
      <div role="status">
        {change === "done" ? (
          <Note tone="wait">
            <p className="note__title">{t("lock.passphrase.done")}</p>
            <p>{t("lock.passphrase.offer")}</p>
          </Note>
        ) : null}
        {isAsked ? <p className="settings__hint">{t("lock.keys.rotating")}</p> : null}
      </div>
      {rotate.problem === null ? null : <ProblemNote problem={rotate.problem} />}
    </section>
  );
}

function useSecrets(): SecretsStatus | null {
  const host = useHost();
  const [secrets, setSecrets] = useState<SecretsStatus | null>(null);
  useHostEvent("secretsChanged", (event) => setSecrets(event.status));
  useEffect(() => {
    void host.call("secrets.status", {}).then((result) => {
      if (result.ok) setSecrets(result.value);
    });
  }, [host]);
  return secrets;
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
