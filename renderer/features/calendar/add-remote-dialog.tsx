import { useState, type FormEvent } from "react";
import {
  calendarAccountKinds,
  type CalendarComponent,
  type NewCalendarAccount,
} from "#contract/calendar-accounts.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useCall } from "#renderer/kit/use-call.ts";
import { useWorkplaceAddress } from "#renderer/kit/workplace-address.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { Choices, TextField } from "#renderer/ui/field.tsx";
import { RemoteProblem } from "#renderer/parts/remote/remote-problem.tsx";

type Kind = NewCalendarAccount["kind"];

/** A CalDAV account, or a calendar to subscribe to: it is only added once it was reached. */
export function AddRemoteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const host = useHost();
  const accountId = useWorkplaceAddress((state) => state.accountId);
  const show = useToasts((state) => state.show);
  const [kind, setKind] = useState<Kind>("caldav");
  const [address, setAddress] = useState("");
  const [name, setName] = useState("");
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const add = useCall((wanted: NewCalendarAccount) => host.call("calendarAccounts.add", wanted));
  const begin = async () => {
    if (accountId === null || add.isRunning) return;
    const answer = await add.run({
      accountId,
      kind,
      address: address.trim(),
      ...(name.trim() === "" ? {} : { name: name.trim() }),
      ...(username === "" ? {} : { username, password }),
    });
    if (!answer.ok) return;
    const { name: added, calendars } = answer.value;
    const countOf = (component: CalendarComponent) =>
      calendars.filter((calendar) => calendar.holds.includes(component)).length;
    const counts = [
      { count: countOf("VEVENT"), key: "remote.calendars" },
      { count: countOf("VTODO"), key: "remote.lists" },
    ] as const;
    const told = counts.flatMap(({ count, key }) => (count === 0 ? [] : [t(key, { count })]));
    const what = told.length === 0 ? t("remote.nothing") : told.join(", ");
    show({ text: t("remote.added", { name: added, what }), tone: "plain" });
    onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void begin();
  };
  return (
    <Dialog title={t("remote.title")} onClose={onClose}>
      <DialogBody>
        <form className="draft-form" autoComplete="off" onSubmit={submit}>
          <Choices
            label={t("remote.kind")}
            value={kind}
            onChange={setKind}
            options={calendarAccountKinds.map((value) => ({
              value,
              label: t(`remote.kinds.${value}`),
            }))}
          />
          <TextField
            label={t("remote.address")}
            hint={t(`remote.addressHint.${kind}`)}
            value={address}
            onChange={setAddress}
            inputMode="url"
            spellCheck={false}
            required
            maxLength={2000}
          />
          <TextField
            label={t("remote.username")}
            {...(kind === "subscription" ? { hint: t("remote.usernameHint") } : {})}
            value={username}
            onChange={setUsername}
            autoComplete="off"
            spellCheck={false}
            maxLength={320}
          />
          <TextField
            label={t("remote.password")}
            hint={t("remote.passwordHint")}
            type="password"
            value={password}
            onChange={setPassword}
            autoComplete="off"
            maxLength={1000}
          />
          <TextField
            label={t("remote.name")}
            hint={t("remote.nameHint")}
            value={name}
            onChange={setName}
            maxLength={200}
          />
          {add.problem === null ? null : <RemoteProblem problem={add.problem} />}
          <DialogActions>
            <Button onPress={onClose}>{t("action.cancel")}</Button>
            <Button type="submit" tone="primary" isDisabled={add.isRunning || address.trim() === ""}>
              {add.isRunning ? t("remote.looking") : t("remote.add")}
            </Button>
          </DialogActions>
        </form>
      </DialogBody>
    </Dialog>
  );
}
