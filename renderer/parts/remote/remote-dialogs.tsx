import { useState, type FormEvent } from "react";
import type { CalendarAccount } from "#contract/calendar-accounts.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useCall } from "#renderer/kit/use-call.ts";
import { Button } from "#renderer/ui/button.tsx";
import { ConfirmDialog } from "#renderer/ui/confirm-dialog.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { RemoteProblem } from "./remote-problem.tsx";
import { useRemoteProblemWords } from "./remote-words.ts";

interface AccountDialogProps {
  account: CalendarAccount;
  onClose: () => void;
}

/** Kept once the server accepted it. */
export function RemotePasswordDialog({ account: { id, name, username }, onClose }: AccountDialogProps) {
  const { t } = useTranslation();
  const host = useHost();
  const [password, setPassword] = useState("");
  const refresh = useCall(() => host.call("calendarAccounts.refresh", { id, password }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (refresh.isRunning) return;
    void refresh.run().then((answer) => {
      if (answer.ok) onClose();
    });
  };
  return (
    <Dialog title={t("remote.passwordTitle", { name })} onClose={onClose}>
      <DialogBody>
        <form className="draft-form" autoComplete="off" onSubmit={submit}>
          <TextField
            label={t("remote.passwordOf", { username: username ?? name })}
            hint={t("remote.passwordHint")}
            type="password"
            value={password}
            onChange={setPassword}
            autoComplete="off"
            required
            maxLength={1000}
          />
          {refresh.problem === null ? null : <RemoteProblem problem={refresh.problem} />}
          <DialogActions>
            <Button onPress={onClose}>{t("action.cancel")}</Button>
            <Button type="submit" tone="primary" isDisabled={refresh.isRunning || password === ""}>
              {refresh.isRunning ? t("remote.looking") : t("remote.connect")}
            </Button>
          </DialogActions>
        </form>
      </DialogBody>
    </Dialog>
  );
}

export function RemoveRemoteDialog({ account: { id, name }, onClose }: AccountDialogProps) {
  const { t } = useTranslation();
  const host = useHost();
  const words = useRemoteProblemWords();
  const show = useToasts((state) => state.show);
  const remove = async () => {
    const answer = await host.call("calendarAccounts.remove", { id });
    if (answer.ok) show({ text: t("remote.removed", { name }), tone: "plain" });
    else show({ text: t("toast.problem", { ...words(answer.error) }), tone: "danger" });
  };
  return (
    <ConfirmDialog
      title={t("remote.removeTitle", { name })}
      action={t("remote.remove")}
      onClose={onClose}
      onConfirm={() => void remove()}
    >
      <p>{t("remote.removeText")}</p>
    </ConfirmDialog>
  );
}
