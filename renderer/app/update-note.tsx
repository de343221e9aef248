import { useTranslation } from "#renderer/kit/i18n.ts";
import { useUpdates } from "#renderer/kit/use-updates.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { UpdateLater } from "#renderer/parts/update-later.tsx";
import { Button } from "#renderer/ui/button.tsx";

/**
 * An update waits for the person's word: said once, quietly, and not again before the time it was put off to. What became of
 * their word is said, too.
 */
export function UpdateNote() {
  const { t } = useTranslation();
  const { status, isDeferred, install, defer } = useUpdates();
  const openDialog = useView((state) => state.openDialog);
  if (install.problem !== null || defer.problem !== null) {
    return (
      <div role="status" className="connection-line">
        {t("updates.failed.title")}
        <Button tone="link" onPress={() => openDialog({ kind: "settings", section: "updates" })}>
          {t("connection.see")}
        </Button>
        <Button
          tone="link"
          onPress={() => {
            install.clear();
            defer.clear();
          }}
        >
          {t("action.close")}
        </Button>
      </div>
    );
  }
  if (status?.state !== "ready" || isDeferred) return null;
  return (
    <div role="status" className="connection-line connection-line--calm">
      {t("updates.ready", { version: status.version ?? "" })}
      <Button tone="link" isDisabled={install.isRunning} onPress={() => void install.run()}>
        {t("updates.restart")}
      </Button>
      <UpdateLater tone="link" onLater={(until) => void defer.run(until)} />
    </div>
  );
}
