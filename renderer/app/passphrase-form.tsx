import { useState, type FormEvent } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { passphraseSchema, type SecretsStatus } from "#contract/bridge.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useCall } from "#renderer/kit/use-call.ts";
import { Button } from "#renderer/ui/button.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { CopyButton, Note, ProblemNote } from "#renderer/ui/note.tsx";
import { useApp } from "./app-store.ts";

/** Where keys are kept, in words. Where that is memory, what it costs and what to do about it. */
export function SecretsFacts({ secrets }: { secrets: SecretsStatus }) {
  const { t } = useTranslation();
  const [isChoosing, setChoosing] = useState(false);
  const { store, reason } = secrets;
  return (
    <>
      {t(`account.store.${store}`)}
      {store === "memory" ? (
        <Note tone="wait">
          <p>{t("passphrase.why")}</p>
          {isChoosing ? (
            <PassphraseForm onClose={() => setChoosing(false)} />
          ) : (
            <div className="note__actions">
              <Button tone="primary" onPress={() => setChoosing(true)}>
                {t("passphrase.choose")}
              </Button>
              {reason === undefined ? null : <CopyButton text={reason} />}
            </div>
          )}
        </Note>
      ) : reason === undefined || store === "passphraseFile" ? null : (
        <CopyButton text={reason} />
      )}
    </>
  );
}

/** A passphrase typed twice: it begins the encrypted file with the keys that are kept elsewhere until now. */
export function PassphraseForm({ onClose }: { onClose?: () => void }) {
  const { t } = useTranslation();
  const host = useHost();
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const [slip, setSlip] = useState<"tooShort" | "different" | null>(null);
  const begin = useCall(() => host.call("secrets.unlock", { passphrase }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = !passphraseSchema.safeParse(passphrase).success
      ? "tooShort"
      : passphrase === again
        ? null
        : "different";
    setSlip(found);
    if (found !== null) return;
    void begin.run().then((result) => {
      if (result.ok) useApp.setState({ secrets: result.value });
    });
  };
  return (
    <form className="passphrase-form" onSubmit={submit} noValidate>
      <TextField
        label={t("passphrase.first")}
        hint={t("passphrase.hint")}
        value={passphrase}
        onChange={setPassphrase}
        type="password"
        autoComplete="new-password"
        required
      />
      <TextField
        label={t("passphrase.again")}
        value={again}
        onChange={setAgain}
        type="password"
        autoComplete="new-password"
        required
      />
      {slip === null ? null : (
        <p className="passphrase-form__slip" role="alert">
          {t(`passphrase.${slip}`)}
        </p>
      )}
      {begin.problem === null ? null : <ProblemNote problem={begin.problem} />}
      <div className="note__actions">
        <Button type="submit" tone="primary" isDisabled={begin.isRunning}>
          {t("passphrase.keep")}
        </Button>
        {onClose === undefined ? null : <Button onPress={onClose}>{t("action.cancel")}</Button>}
      </div>
    </form>
  );
}
