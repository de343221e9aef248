import { useState } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { SelectField } from "#renderer/ui/form.tsx";
import { endOfDay, inDays, useInviteGuests } from "./invite-guests.ts";
import type { OpenCommunity } from "./space-page.tsx";

const LINK_DAYS = ["2", "7", "14", "30"] as const;
type LinkDays = (typeof LINK_DAYS)[number];

const EMAIL = /^\S+@\S+\.\S+$/u;

export function InviteGuestDialog({ community, onClose }: { community: OpenCommunity; onClose: () => void }) {
  const { t } = useTranslation();
  const { space } = community.view;
  const invite = useInviteGuests(space.id);
  const show = useToasts((state) => state.show);
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  const [days, setDays] = useState<LinkDays>("14");
  const [until, setUntil] = useState("");
  const accessUntil = until === "" ? undefined : endOfDay(until);
  const [nowMs] = useState(() => Date.now());
  const isPast = accessUntil !== undefined && Date.parse(accessUntil) <= nowMs;
  const canSend = EMAIL.test(email.trim()) && !isPast;
  const submit = async () => {
    const kept = await invite([
      {
        email,
        expiresAt: inDays(Number(days)),
        ...(name.trim() === "" ? {} : { name: name.trim() }),
        ...(accessUntil === undefined ? {} : { accessUntil }),
      },
    ]);
    if (kept === 0) return;
    show({ tone: "plain", text: t("guest.invited", { email: email.trim() }) });
    onClose();
  };
  return (
    <Dialog title={t("guest.inviteTo", { name: space.name })} onClose={onClose}>
      <form
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          if (canSend) void submit();
        }}
      >
        <DialogBody>
          <p>{t("guest.explain")}</p>
          <TextField
            label={t("guest.email")}
            type="email"
            value={email}
            onChange={setEmail}
            maxLength={320}
            autoComplete="off"
            required
          />
          <TextField label={t("guest.name")} value={name} onChange={setName} maxLength={200} />
          <SelectField
            label={t("guest.linkFor")}
            value={days}
            onChange={setDays}
            options={LINK_DAYS.map((value) => ({ value, label: t("guest.days", { count: Number(value) }) }))}
          />
          <TextField
            label={t("guest.accessEnd")}
            hint={isPast ? t("guest.accessPast") : t("guest.accessHint")}
            type="date"
            value={until}
            onChange={setUntil}
          />
          <DialogActions>
            <Button onPress={onClose}>{t("action.cancel")}</Button>
            <Button tone="primary" type="submit" isDisabled={!canSend}>
              {t("guest.invite")}
            </Button>
          </DialogActions>
        </DialogBody>
      </form>
    </Dialog>
  );
}
