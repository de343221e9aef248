import { useState, type FormEvent } from "react";
import { lockCodeSchema } from "#contract/desktop/lock.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useCall } from "#renderer/kit/use-call.ts";
import { Button } from "#renderer/ui/button.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { ProblemNote } from "#renderer/ui/note.tsx";

interface LockCodeFormProps {
  kind: "choose" | "change" | "remove";
  /** Without it, there is no way around choosing. */
  onClose?: () => void;
}

/** Choosing, changing or taking away the code that Parvis locks with. */
export function LockCodeForm({ kind, onClose }: LockCodeFormProps) {
  const { t } = useTranslation();
  const host = useHost();
  const [current, setCurrent] = useState("");
  const [code, setCode] = useState("");
  const [again, setAgain] = useState("");
  const [slip, setSlip] = useState<"tooShort" | "different" | null>(null);
  const save = useCall(() =>
    kind === "remove"
      ? host.call("lock.removeCode", { current })
      : host.call("lock.setCode", { code, ...(kind === "change" ? { current } : {}) }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found =
      kind === "remove"
        ? null
        : lockCodeSchema.safeParse(code).success
          ? code === again
            ? null
            : "different"
          : "tooShort";
    setSlip(found);
    if (found !== null) return;
    void save.run().then((result) => {
      if (result.ok) onClose?.();
    });
  };
  const isWrong = save.problem?.kind === "signInFailed";
  return (
    <form autoComplete="off" className="settings__group" onSubmit={submit} noValidate>
      {kind === "choose" ? null : (
        <TextField
          label={t("lock.settings.current")}
          value={current}
          onChange={setCurrent}
          type="password"
          autoComplete="current-password"
          required
        />
      )}
      {kind === "remove" ? null : (
        <>
          <TextField
            label={t("lock.settings.code")}
            hint={t("lock.settings.codeHint")}
            value={code}
            onChange={setCode}
            type="password"
            autoComplete="new-password"
            required
          />
          <TextField
            label={t("lock.settings.again")}
            value={again}
            onChange={setAgain}
            type="password"
            autoComplete="new-password"
            required
          />
        </>
      )}
      {slip === null ? null : (
        <p className="settings__slip" role="alert">
          {t(`lock.settings.${slip}`)}
        </p>
      )}
      {isWrong ? (
        <p className="settings__slip" role="alert">
          {t("lock.wrong")}
        </p>
      ) : save.problem === null ? null : (
        <ProblemNote problem={save.problem} />
      )}
      <div className="settings__row">
        <Button type="submit" tone="primary" isDisabled={save.isRunning}>
          {t(`lock.settings.${kind}`)}
        </Button>
        {onClose === undefined ? null : <Button onPress={onClose}>{t("action.cancel")}</Button>}
      </div>
    </form>
  );
}
