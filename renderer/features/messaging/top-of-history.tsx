import { useTranslation } from "#renderer/kit/i18n.ts";
import type { TimelineInfo } from "#contract/worker.ts";
import { usePlace } from "#renderer/parts/place-context.ts";
import { Button } from "#renderer/ui/button.tsx";

/** What stands above the first message: the beginning, or why there is no more for now. Always as high. */
export function TopOfHistory({ older, onOlder }: { older: TimelineInfo["older"]; onOlder: () => void }) {
  const { t } = useTranslation();
  const { threadId } = usePlace();
  // The root stands above a thread: that is its beginning.
  if (threadId !== undefined && older === "start")
    return <div className="timeline__top timeline__top--thread" />;
  return (
    <div className="timeline__top">
      {older === "start" ? t("timeline.start") : null}
      {older === "loading" || older === "cached" ? t("timeline.loadingOlder") : null}
      {older === "remote" ? (
        <Button tone="link" onPress={onOlder}>
          {t("timeline.loadOlder")}
        </Button>
      ) : null}
      {older === "offline" ? (
        <>
          {t("timeline.olderOffline")}
          <Button tone="link" onPress={onOlder}>
            {t("action.retry")}
          </Button>
        </>
      ) : null}
    </div>
  );
}
