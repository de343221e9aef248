import { useState } from "react";
import { spaceScope } from "#contract/scope.ts";
import type { CommunityMember } from "#contract/views/communities.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useWriter } from "#renderer/parts/use-writer.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { endOfDay } from "./invite-guests.ts";

/** Until when somebody from outside may come in. */
export function AccessEndDialog({ member, onClose }: { member: CommunityMember; onClose: () => void }) {
  const { t } = useTranslation();
  const { write } = useWriter();
  const { spaceId, personId, expiresAt } = member.membership;
  const [day, setDay] = useState(expiresAt?.slice(0, 10) ?? "");
  const [nowMs] = useState(() => Date.now());
  const end = day === "" ? undefined : endOfDay(day);
  const isPast = end !== undefined && Date.parse(end) <= nowMs;
  const save = async () => {
    const access = end === undefined ? {} : { expiresAt: end };
    const args = { spaceId, personId, role: "guest" as const, ...access };
    if (await write("membership.set", spaceScope(spaceId), args)) onClose();
  };
  const name = member.person?.displayName ?? t("person.unknown");
  return (
    <Dialog title={t("guest.accessOf", { name })} onClose={onClose}>
      <form
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isPast) void save();
        }}
      >
        <DialogBody>
          <TextField
            label={t("guest.accessEnd")}
            hint={isPast ? t("guest.accessPast") : t("guest.accessHint")}
            type="date"
            value={day}
            onChange={setDay}
          />
          <DialogActions>
            <Button onPress={onClose}>{t("action.cancel")}</Button>
            <Button tone="primary" type="submit" isDisabled={isPast}>
              {t("action.save")}
            </Button>
          </DialogActions>
        </DialogBody>
      </form>
    </Dialog>
  );
}
