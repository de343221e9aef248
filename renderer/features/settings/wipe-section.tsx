import { useCallback, useState, type FormEvent } from "react";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useCall } from "#renderer/kit/use-call.ts";
import { useSession } from "#renderer/kit/worker-context.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { ConfirmDialog } from "#renderer/ui/confirm-dialog.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { Note, ProblemNote } from "#renderer/ui/note.tsx";

/** Throws away everything of every account on this machine. */
export function WipeSection() {
  const { t } = useTranslation();
  const host = useHost();
  const [isAsking, setAsking] = useState(false);
  const wipe = useCall(useCallback(() => host.call("profile.wipe", {}), [host]));
  const start = () => {
    void wipe.run().then((result) => {
      if (result.ok) location.reload();
    });
  };
  return (
    <section className="settings__group">
      <h3 className="settings__heading">{t("lock.wiping.title")}</h3>
      <p className="settings__hint">{t("lock.wiping.text")}</p>
      <div className="settings__row">
        <Button tone="danger" onPress={() => setAsking(true)} isDisabled={wipe.isRunning}>
          {t("lock.wiping.start")}
        </Button>
      </div>
      {wipe.problem === null ? null : <ProblemNote problem={wipe.problem} />}
      {isAsking ? <WipeDialog onConfirm={start} onClose={() => setAsking(false)} /> : null}
    </section>
  );
}

/** A word is typed: nobody throws a machine's whole cache away by a key pressed once too often. */
function WipeDialog({ onConfirm, onClose }: { onConfirm: () => void; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const unsent = useSession((session) => session.outbox.waiting + session.outbox.failed);
  const [typed, setTyped] = useState("");
  const word = t("lock.wiping.word");
  const isTyped = typed.trim().toLocaleLowerCase(i18n.language) === word;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isTyped) return;
    onClose();
    onConfirm();
  };
  return (
    <ConfirmDialog
      title={t("lock.wiping.title")}
      action={t("lock.wiping.confirm")}
      onConfirm={onConfirm}
      onClose={onClose}
      isDisabled={!isTyped}
    >
      <p>{t("lock.wiping.sure")}</p>
      {unsent === 0 ? null : <Note tone="loss">{t("lock.lostUnsent", { count: unsent })}</Note>}
      <form onSubmit={submit}>
        <TextField
          label={t("lock.wiping.type", { word })}
          value={typed}
          onChange={setTyped}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
        />
      </form>
    </ConfirmDialog>
  );
}
