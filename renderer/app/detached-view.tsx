import { useEffect, useState } from "react";
import type { Account } from "#contract/bridge.ts";
import { MessagingDialogs, MessagingSide } from "#renderer/features/messaging/messaging-module.tsx";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { wantedAddress, type DetachedObject } from "#renderer/kit/window-kind.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { ConnectionLine } from "./connection-line.tsx";
import { DesktopParts } from "./desktop-parts.tsx";
import { keepToPlace } from "./detached-place.ts";
import { ModulePane } from "./module-pane.tsx";
import { moduleNamed } from "./modules.ts";
import { LinkOpener } from "./target-opener.tsx";
import "./frame.css";

interface DetachedViewProps {
  account: Account;
  object: DetachedObject;
  isElectron: boolean;
}

/** A window of its own for one object: neither rail nor list, and what leads elsewhere opens in the main window. */
export function DetachedView({ account, object, isElectron }: DetachedViewProps) {
  const { t } = useTranslation();
  const host = useHost();
  const [isOpened, setOpened] = useState(false);
  const side = useView((state) => state.side);
  const pane = useView((state) => state.pane);
  const { Content } = moduleNamed(useView((state) => state.module));
  const { info } = useLiveQuery("card", { link: object.link });
  const title = info?.card?.title;
  useEffect(() => {
    // A browser writes the titles of its tabs down in its history, in clear.
    if (title !== undefined && isElectron) document.title = `${title} · Parvis`;
  }, [title, isElectron]);
  useEffect(() => {
    if (!isOpened) return undefined;
    return keepToPlace((link) => {
      const target = { accountId: object.accountId, link };
      if (isElectron) void host.call("window.showInMain", target);
      else window.open(wantedAddress(target), "_blank", "noopener");
    });
  }, [host, isElectron, isOpened, object.accountId]);
  return (
    <div
      className="frame frame--detached"
      data-pane={pane === "side" ? "side" : "content"}
      data-side={side !== null || undefined}
    >
      <div className="frame__panes">
        <main className="pane pane--content">
          <h1 className="visually-hidden">{account.name}</h1>
          {isOpened ? (
            <ModulePane>
              <Content />
            </ModulePane>
          ) : (
            <LinkOpener target={object} onDone={() => setOpened(true)} />
          )}
        </main>
        {side === null ? null : (
          <aside className="pane pane--side" aria-label={t("frame.side")}>
            <MessagingSide />
          </aside>
        )}
      </div>
      <ConnectionLine account={account} />
      <MessagingDialogs />
      <DesktopParts account={account} isElectron={isElectron} isDetached />
    </div>
  );
}
