import { ArrowLeft, CloudOff, FolderOpen, Pause, Play, RefreshCw } from "lucide-react";
import { nameOf } from "#contract/drives.ts";
import type { Result } from "#contract/result.ts";
import type { LeftOut, OfflineStatus } from "#contract/drive-offline.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { formatBytes } from "#renderer/kit/number-words.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { IconButton, ICON_STROKE } from "#renderer/ui/button.tsx";
import { EmptyState, Note, SkeletonRows } from "#renderer/ui/note.tsx";
import { ConflictCard } from "./conflict-card.tsx";
import { useDrives } from "./drive-store.ts";
import { putOffline, useLeftOut, useOffline } from "./offline-store.ts";
import { PinCard } from "./pin-card.tsx";
import { WorkingCopyList } from "./working-copies.tsx";
import { useSayProblem } from "./say-problem.ts";
import "./offline.css";

/** All that is kept on this machine: how it stands, what is to be decided, what could not be kept. */
export function OfflineView() {
  const { t } = useTranslation();
  const { status, conflicts } = useOffline();
  return (
    <div className="drive-page">
      <header className="pane-head">
        <BackToList />
        <div className="pane-head__words">
          <h1 className="pane-head__title">{t("drives.offline.title")}</h1>
          {status === null ? null : <Sum status={status} />}
        </div>
        {status === null || !status.isAllowed ? null : <Tools status={status} />}
      </header>
      {status === null ? (
        <SkeletonRows count={4} />
      ) : (
        <div className="offline">
          {status.isAllowed ? null : <Note>{t("drives.offline.notAllowed")}</Note>}
          {status.isThrottled ? <Note tone="wait">{t("drives.offline.throttled")}</Note> : null}
          {conflicts.map((conflict) => (
            <ConflictCard key={conflict.id} conflict={conflict} />
          ))}
          {status.pins.length === 0 && status.isAllowed ? (
            <EmptyState>{t("drives.offline.none")}</EmptyState>
          ) : null}
          {status.pins.map((pin) => (
            <PinCard key={`${pin.driveId}/${pin.path}`} pin={pin} />
          ))}
          <WorkingCopyList />
          <LeftOutList />
        </div>
      )}
    </div>
  );
}

function BackToList() {
  const { t } = useTranslation();
  const showPane = useView((state) => state.showPane);
  return (
    <span className="only-narrow">
      <IconButton icon={ArrowLeft} label={t("drives.backToList")} onPress={() => showPane("list")} />
    </span>
  );
}

function Sum({ status }: { status: OfflineStatus }) {
  const { t, i18n } = useTranslation();
  const words = (bytes: number) => formatBytes(bytes, i18n.language);
  const { bytes, budgetBytes } = status;
  return (
    <p className="pane-head__sub">
      {budgetBytes === null
        ? t("drives.offline.used", { used: words(bytes) })
        : t("drives.offline.usedOf", { used: words(bytes), budget: words(budgetBytes) })}
    </p>
  );
}

function Tools({ status }: { status: OfflineStatus }) {
  const { t } = useTranslation();
  const host = useHost();
  const say = useSayProblem();
  const set = (channel: "offline.pause" | "offline.resume") =>
    void host.call(channel, {}).then((answer) => {
      if (answer.ok) putOffline(answer.value);
      else say(answer.error);
    });
  const ask = (asked: Promise<Result<null>>) =>
    void asked.then((answer) => {
      if (!answer.ok) say(answer.error);
    });
  return (
    <>
      <IconButton
        icon={FolderOpen}
        label={t("drives.offline.reveal")}
        onPress={() => ask(host.call("offline.revealFolder", { folder: "all" }))}
      />
      {status.pins.length === 0 ? null : (
        <>
          <IconButton
            icon={RefreshCw}
            label={t("drives.offline.syncNow")}
            onPress={() => ask(host.call("offline.syncNow", {}))}
          />
          {status.isPaused ? (
            <IconButton
              icon={Play}
              label={t("drives.offline.resume")}
              onPress={() => set("offline.resume")}
            />
          ) : (
            <IconButton icon={Pause} label={t("drives.offline.pause")} onPress={() => set("offline.pause")} />
          )}
        </>
      )}
    </>
  );
}

function LeftOutList() {
  const { t } = useTranslation();
  const { drives } = useDrives();
  const leftOut = useLeftOut();
  if (leftOut.length === 0) return null;
  const where = ({ driveId, path }: LeftOut) => {
    const drive = drives.find(({ id }) => id === driveId)?.name ?? "";
    return t("drives.search.where", { drive, path });
  };
  return (
    <section aria-labelledby="left-out">
      <h2 id="left-out" className="offline__title">
        {t("drives.offline.leftOut", { count: leftOut.length })}
      </h2>
      <ul className="plain-list">
        {leftOut.map((each) => (
          <li key={`${each.driveId}/${each.where}/${each.path}`} className="left-out">
            <bdi className="left-out__name">{nameOf(each.path)}</bdi>
            <span className="field__hint">{where(each)}</span>
            <span className="field__hint">{t(`drives.offline.reason.${each.reason}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The way there, in the list of drives. */
export function OfflineRow() {
  const { t } = useTranslation();
  const go = useView((state) => state.go);
  const isCurrent = useView((state) => state.path[0] === "offline");
  const { status, conflicts } = useOffline();
  if (status === null || (!status.isAllowed && status.pins.length === 0)) return null;
  const asked = conflicts.length + status.pins.filter((pin) => pin.askedDeletions.length > 0).length;
  return (
    <button
      type="button"
      className="drive-row"
      data-roving={t("drives.offline.title")}
      onClick={() => go("drives", "offline")}
      {...(isCurrent ? { "aria-current": "page" as const } : {})}
    >
      <CloudOff size={20} strokeWidth={ICON_STROKE} aria-hidden />
      <span className="drive-row__words">
        <span className="drive-row__name">{t("drives.offline.title")}</span>
      </span>
      {asked === 0 ? null : <span className="tag">{t("drives.offline.toDecide", { count: asked })}</span>}
    </button>
  );
}
