import { Send, Settings } from "lucide-react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { Account } from "#contract/bridge.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useSession } from "#renderer/kit/worker-context.tsx";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { IconButton } from "#renderer/ui/button.tsx";
import { Count } from "#renderer/ui/note.tsx";

/** Who I am here, what I have sent that is not settled, and the settings. */
export function AccountBar({ account }: { account: Account }) {
  const { t } = useTranslation();
  const openDialog = useView((state) => state.openDialog);
  const me = useSession((session) => session.me);
  const outbox = useSession((session) => session.outbox);
  const pending = outbox.waiting + outbox.failed;
  return (
    <div className="account-bar">
      <button
        type="button"
        className="account-bar__me"
        aria-haspopup="dialog"
        onClick={() => openDialog({ kind: "account" })}
      >
        {me === null ? null : <Avatar person={{ ...me, photo: me.photo ?? null }} size="small" />}
        <span className="account-bar__name">{me?.displayName ?? account.name}</span>
        <span className="visually-hidden">{t("account.open")}</span>
      </button>
      {pending > 0 ? (
        <IconButton
          icon={Send}
          label={t("outbox.open", { count: pending })}
          onPress={() => openDialog({ kind: "outbox" })}
        >
          <Count value={pending} isWaiting={outbox.failed > 0} label="" />
        </IconButton>
      ) : null}
      <IconButton
        icon={Settings}
        label={t("settings.title")}
        shortcut="Ctrl+,"
        onPress={() => openDialog({ kind: "settings" })}
      />
    </div>
  );
}
