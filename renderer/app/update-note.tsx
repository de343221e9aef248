import { useTranslation } from "#renderer/kit/i18n.ts";
import { useUpdates } from "#renderer/kit/use-updates.ts";
import { UpdateLater } from "#renderer/parts/update-later.tsx";
import { Button } from "#renderer/ui/button.tsx";

/** An update waits for the person's word: said once, quietly, and not again before the time it was put off to. */
export function UpdateNote() {
  const { t } = useTranslation();
  const { status, isDeferred, install, defer } = useUpdates();
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
