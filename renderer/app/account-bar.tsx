import { Moon, Send, Settings } from "lucide-react";
import { lazy, Suspense } from "react";
import { Button as AriaButton } from "react-aria-components/Button";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { Account } from "#contract/bridge.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery, useSession } from "#renderer/kit/worker-context.tsx";
import { NOBODY } from "#renderer/parts/use-commands.ts";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { IconButton, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { LazyMenuButton } from "#renderer/ui/menu.tsx";
import { Count } from "#renderer/ui/note.tsx";
import { sentOf } from "./use-unsent.ts";

const AccountMenu = lazy(() => import("./account-menu.tsx").then((m) => ({ default: m.AccountMenu })));

/** Who I am here and how I show, what I have sent that is not settled, and the settings. */
export function AccountBar({ account }: { account: Account }) {
  const { t } = useTranslation();
  const openDialog = useView((state) => state.openDialog);
  const outbox = useSession((session) => session.outbox);
  const pending = sentOf(outbox) + outbox.failed;
  return (
    <div className="account-bar">
      <LazyMenuButton
        button={
          <AriaButton className="account-bar__me">
            <MyFace account={account} />
          </AriaButton>
        }
      >
        <Suspense fallback={<div className="menu" />}>
          <AccountMenu />
        </Suspense>
      </LazyMenuButton>
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

function MyFace({ account }: { account: Account }) {
  const { t } = useTranslation();
  const me = useSession((session) => session.me);
  const { info } = useLiveQuery("person", { personId: me?.id ?? NOBODY });
  const view = info?.view ?? null;
  const presence = view?.presence ?? "offline";
  const status = view?.status ?? null;
  return (
    <>
      {me === null ? null : (
        <Avatar person={{ ...me, photo: me.photo ?? null, presence }} size="small" hasPresence />
      )}
      <span className="account-bar__words">
        <span className="account-bar__name">{me?.displayName ?? account.name}</span>
        {status === null ? null : (
          <span className="account-bar__status">
            {status.emoji} {status.text}
          </span>
        )}
      </span>
      <QuietMark />
      <span className="visually-hidden">
        {t(`presence.${presence}`)}, {t("availability.open")}
      </span>
    </>
  );
}

/** A moon while nothing is announced. */
function QuietMark() {
  const { t } = useTranslation();
  const { info } = useLiveQuery("preferences", {});
  if (info === null || info.quiet === null) return null;
  return (
    <Moon
      size={ICON_SIZE}
      strokeWidth={ICON_STROKE}
      role="img"
      aria-label={t(`availability.quiet.${info.quiet}`)}
    />
  );
}
