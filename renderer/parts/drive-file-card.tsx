import { HardDrive } from "lucide-react";
import type { ReactNode } from "react";
import { nameOf } from "#contract/drives.ts";
import type { ObjectTarget } from "#contract/links.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { plainWords } from "#renderer/kit/link-host.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { ICON_STROKE } from "#renderer/ui/button.tsx";
import { useRowTabIndex } from "./row-focus.ts";
import "./link-card.css";

type DriveFileTarget = Extract<ObjectTarget, { kind: "driveFile" }>;

interface DriveFileProps {
  target: DriveFileTarget;
}

/** A file of a drive that somebody cites: whether it can be reached from here is found out when it is opened. */
export function DriveFileCard({ target }: DriveFileProps) {
  const { t } = useTranslation();
  const tabIndex = useRowTabIndex();
  return (
    <button type="button" className="link-card" tabIndex={tabIndex} onClick={() => openDriveFile(target)}>
      <HardDrive size={20} strokeWidth={ICON_STROKE} aria-hidden />
      <span className="link-card__words">
        <span className="link-card__title">
          <bdi>{titleOf(target)}</bdi>
        </span>
        <span className="link-card__line">
          <span className="link-card__excerpt">
            {t("linkCard.onDrive", { address: plainWords(target.address) })}
          </span>
        </span>
      </span>
    </button>
  );
}

/** The same within a line of text. */
export function DriveFileLink({ target, children }: DriveFileProps & { children: ReactNode }) {
  const tabIndex = useRowTabIndex();
  return (
    <button type="button" className="place-link" tabIndex={tabIndex} onClick={() => openDriveFile(target)}>
      {children ?? titleOf(target)}
    </button>
  );
}

/** The module of drives looks for the one that has this address. */
function openDriveFile({ address, path }: Omit<DriveFileTarget, "kind">): void {
  useView.getState().go("drives", "at", address, path);
}

function titleOf({ address, path }: DriveFileTarget): string {
  return plainWords(path === "" ? address : nameOf(path));
}
