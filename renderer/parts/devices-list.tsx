import { KeyRound, Monitor } from "lucide-react";
import { useState } from "react";
import type { Session } from "#contract/entities/session.ts";
import { useDateWords, useTranslation } from "#renderer/kit/i18n.ts";
import { Button, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { ConfirmDialog } from "#renderer/ui/confirm-dialog.tsx";
import { EmptyState } from "#renderer/ui/note.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import "./devices-list.css";

export interface KnownDevice {
  session: Session;
  /** Ended here, and the server does not know yet. */
  isPending: boolean;
}

interface DevicesListProps {
  devices: readonly KnownDevice[];
  /** The sign-in that this window uses: it is ended by signing out, not from here. */
  ownId: string | undefined;
  onEnd: (session: Session, wipe: boolean) => void;
}

interface Asked {
  session: Session;
  wipe: boolean;
}

/** Where somebody is signed in, each with its way out. */
export function DevicesList({ devices, ownId, onEnd }: DevicesListProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Asked | null>(null);
  if (devices.length === 0) return <EmptyState>{t("devices.empty")}</EmptyState>;
  const own = devices.filter(({ session }) => session.id === ownId);
  const others = devices.filter(({ session }) => session.id !== ownId);
  return (
    <>
      <ul className="devices" aria-label={t("devices.list")}>
        {[...own, ...others].map((device) => (
          <DeviceLine
            key={device.session.id}
            device={device}
            isOwn={device.session.id === ownId}
            onAsk={(wipe) => setAsked({ session: device.session, wipe })}
          />
        ))}
      </ul>
      {asked === null ? null : <ConfirmEnd asked={asked} onConfirm={onEnd} onClose={() => setAsked(null)} />}
    </>
  );
}

interface DeviceLineProps {
  device: KnownDevice;
  isOwn: boolean;
  onAsk: (wipe: boolean) => void;
}

function DeviceLine({ device, isOwn, onAsk }: DeviceLineProps) {
  const { t } = useTranslation();
  const { session, isPending } = device;
  const name = session.device?.name ?? t("devices.unnamed");
  const shell = session.device?.shell;
  const canEnd = !isOwn && session.endedAt === undefined;
  // A program with an application password keeps nothing that it could be told to forget.
  const isProgram = shell === "dav";
  const canWipe = !isOwn && !isProgram && session.wipeAskedAt === undefined;
  const Icon = isProgram ? KeyRound : Monitor;
  return (
    <li className="devices__line">
      <Icon className="devices__icon" size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
      <div className="devices__text">
        <span className="devices__name">
          {name}
          {isOwn ? <span className="tag">{t("devices.this")}</span> : null}
        </span>
        <span className="devices__fact">
          {shell === "electron" || shell === "browser" || shell === "dav"
            ? `${t(`devices.shell.${shell}`)} · `
            : ""}
          {t("devices.seen")} <TimeWord iso={session.lastSeenAt} form="day" />
        </span>
        <DeviceState session={session} isPending={isPending} />
        {canEnd || canWipe ? (
          <div className="devices__deeds">
            {canEnd ? (
              <Button onPress={() => onAsk(false)} label={t("devices.endNamed", { name })}>
                {t("devices.end")}
              </Button>
            ) : null}
            {canWipe ? (
              <Button
                tone="danger"
                onPress={() => onAsk(true)}
                label={t(canEnd ? "devices.wipeNamed" : "devices.eraseNamed", { name })}
              >
                {t(canEnd ? "devices.wipe" : "devices.erase")}
              </Button>
            ) : null}
          </div>
        ) : null}
      </div>
    </li>
  );
}

/** What has become of a sign-in that was ended. */
function DeviceState({ session, isPending }: KnownDevice) {
  const { t } = useTranslation();
  const dates = useDateWords();
  const { endedAt, wipeAskedAt, wipedAt } = session;
  if (endedAt === undefined) return null;
  const state =
    wipedAt !== undefined
      ? t("devices.wiped", { when: dates.full(wipedAt) })
      : wipeAskedAt !== undefined
        ? t("devices.willBeWiped")
        : t("devices.ended");
  return (
    <span className="devices__state" role="status">
      {isPending ? t("devices.pending", { state }) : state}
    </span>
  );
}

interface ConfirmEndProps {
  asked: Asked;
  onConfirm: (session: Session, wipe: boolean) => void;
  onClose: () => void;
}

function ConfirmEnd({ asked: { session, wipe }, onConfirm, onClose }: ConfirmEndProps) {
  const { t } = useTranslation();
  const name = session.device?.name ?? t("devices.unnamed");
  const isProgram = session.device?.shell === "dav";
  return (
    <ConfirmDialog
      title={t(wipe ? "devices.wipeTitle" : "devices.endTitle", { name })}
      action={t(wipe ? (session.endedAt === undefined ? "devices.wipe" : "devices.erase") : "devices.end")}
      tone={wipe ? "danger" : "primary"}
      onConfirm={() => onConfirm(session, wipe)}
      onClose={onClose}
    >
      <p>{t(wipe ? "devices.wipeText" : isProgram ? "devices.endProgramText" : "devices.endText")}</p>
    </ConfirmDialog>
  );
}
