import { useEffect, useRef, useState, type FormEvent } from "react";
import { passphraseSchema } from "#contract/bridge.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useCall } from "#renderer/kit/use-call.ts";
import { Button } from "#renderer/ui/button.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { ProblemNote } from "#renderer/ui/note.tsx";

/** Another passphrase for the encrypted file that the keys are in. */
export function ChangePassphraseForm({ onDone, onClose }: { onDone: () => void; onClose: () => void }) {
  const { t } = useTranslation();
  const host = useHost();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [again, setAgain] = useState("");
  const [slip, setSlip] = useState<"tooShort" | "different" | null>(null);
  const form = useRef<HTMLFormElement>(null);
  // The button that had the focus has made place for it.
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  const save = useCall(() => host.call("secrets.changePassphrase", { current, next }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // The button is not disabled meanwhile: it would lose the focus, and the dialog its keys.
    if (save.isRunning) return;
    const isLongEnough = passphraseSchema.safeParse(next).success;
    const found = isLongEnough ? (next === again ? null : "different") : "tooShort";
    setSlip(found);
    save.clear();
    if (found !== null || current === "") {
      if (current === "") form.current?.querySelector("input")?.focus();
      return;
    }
    void save.run().then((result) => {
      if (result.ok) onDone();
    });
  };
  const isWrong = save.problem?.kind === "signInFailed";
  const secret = { type: "password", required: true } as const;
  return (
    <form className="settings__group" onSubmit={submit} ref={form} noValidate>
      <TextField
        {...secret}
        label={t("lock.passphrase.current")}
        value={current}
        onChange={setCurrent}
        autoComplete="current-password"
      />
      <TextField
        {...secret}
        label={t("lock.passphrase.next")}
        hint={t("passphrase.hint")}
        value={next}
        onChange={setNext}
        autoComplete="new-password"
      />
      <TextField
        {...secret}
        label={t("passphrase.again")}
        value={again}
        onChange={setAgain}
        autoComplete="new-password"
      />
      {slip === null && !isWrong ? null : (
        <p className="settings__slip" role="alert">
          {slip === null ? t("unlock.wrong") : t(`passphrase.${slip}`)}
        </p>
      )}
      {save.problem === null || isWrong ? null : <ProblemNote problem={save.problem} />}
      <div className="settings__row">
        <Button type="submit" tone="primary">
          {t("lock.passphrase.change")}
        </Button>
        <Button onPress={onClose}>{t("action.cancel")}</Button>
      </div>
    </form>
  );
}
