import { childPath, type DriveEntry, type DriveId } from "#contract/drives.ts";
import { createId } from "#contract/ids.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useSayProblem } from "./say-problem.ts";
import type { Target } from "./target-dialog.tsx";

export type Placed = Pick<DriveEntry, "path" | "name">;

/** Puts entries of a drive into a folder of any drive, one after the other; the first that fails is said, the rest is left. */
export function usePlacing() {
  const { t } = useTranslation();
  const host = useHost();
  const say = useSayProblem();
  return async (
    channel: "drives.move" | "drives.copy",
    from: { driveId: DriveId; entries: readonly Placed[] },
    to: Target,
  ): Promise<void> => {
    let done = 0;
    for (const { path, name } of from.entries) {
      const operation = createId();
      const stop = sayLasting(t("drives.working"), () => void host.call("drives.cancel", { operation }), t);
      const answer = await host
        .call(channel, {
          driveId: from.driveId,
          path,
          toDriveId: to.driveId,
          to: childPath(to.path, name),
          operation,
        })
        .finally(stop);
      if (!answer.ok) {
        say(answer.error);
        break;
      }
      done += 1;
    }
    if (done === 0) return;
    const name = from.entries[0]?.name ?? "";
    const word = channel === "drives.move" ? "moved" : "copied";
    const text = done === 1 ? t(`drives.${word}`, { name }) : t(`drives.${word}Several`, { count: done });
    useToasts.getState().show({ tone: "plain", text });
  };
}

const SOON_MS = 1000;

/** A line with a way out for what takes longer than a second. Returns its end. */
function sayLasting(text: string, cancel: () => void, t: (key: "action.cancel") => string): () => void {
  let dismiss: (() => void) | undefined;
  const timer = setTimeout(() => {
    const action = { label: t("action.cancel"), run: cancel };
    dismiss = useToasts.getState().show({ tone: "plain", text, action }, 3_600_000);
  }, SOON_MS);
  return () => {
    clearTimeout(timer);
    dismiss?.();
  };
}
