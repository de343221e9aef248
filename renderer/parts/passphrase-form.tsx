import { useEffect, useRef, useState, type FormEvent } from "react";
import { passphraseSchema } from "#contract/bridge.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useCall } from "#renderer/kit/use-call.ts";
import { Button } from "#renderer/ui/button.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { ProblemNote } from "#renderer/ui/note.tsx";
import "./passphrase-form.css";

/** A passphrase typed twice: it begins the encrypted file with the keys that are kept elsewhere until now. */
export function PassphraseForm({ onChosen, onClose }: { onChosen?: () => void; onClose?: () => void }) {
  const { t } = useTranslation();
  const host = useHost();
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const [slip, setSlip] = useState<"tooShort" | "different" | null>(null);
  const form = useRef<HTMLFormElement>(null);
  // The button that had the focus has made place for it.
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
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
    // What it changes is told to everybody by the host.
    void begin.run().then((result) => {
      if (result.ok) onChosen?.();
    });
  };
  return (
    <form className="passphrase-form" onSubmit={submit} ref={form} noValidate>
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
