import { useEffect, useRef } from "react";
import type { Download } from "#contract/desktop/downloads.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { Button } from "#renderer/ui/button.tsx";

interface DownloadNoteProps {
  downloads: readonly Download[];
  /** What has come is seen there. */
  isListOpen: boolean;
  onShow: () => void;
}

/** A line while something is being downloaded or waits for a word; what has come is said once. */
export function DownloadNote({ downloads, isListOpen, onShow }: DownloadNoteProps) {
  const { t } = useTranslation();
  useSayDone({ downloads, isListOpen, onShow });
  const open = downloads.filter(({ state }) => state !== "completed" && state !== "cancelled");
  const [first] = open;
  if (first === undefined) return null;
  const waiting = open.find(({ state }) => state !== "progressing");
  return (
    <div className="connection-line connection-line--calm">
      <span role="status">
        {waiting === undefined
          ? t("downloads.running", { count: open.length, name: first.name })
          : t(waiting.reason === "metered" ? "downloads.meteredLine" : "downloads.waitingLine", {
              name: waiting.name,
            })}
      </span>
      <Button tone="link" onPress={onShow}>
        {t("downloads.title")}
      </Button>
    </div>
  );
}

function useSayDone({ downloads, isListOpen, onShow }: DownloadNoteProps): void {
  const { t } = useTranslation();
  const said = useRef<(() => void)[]>([]);
  // What was there before this page is no news. What is small has come before it was ever seen on its way.
  const known = useRef(doneIds(downloads));
  useEffect(() => {
    for (const { id, name, state } of downloads) {
      if (state !== "completed" || known.current.has(id) || isListOpen) continue;
      const dismiss = useToasts.getState().show({
        tone: "plain",
        text: t("downloads.done", { name }),
        action: { label: t("downloads.show"), run: onShow },
      });
      said.current.push(dismiss);
    }
    known.current = doneIds(downloads);
  }, [downloads, isListOpen, onShow, t]);
  useEffect(() => {
    if (!isListOpen) return;
    for (const dismiss of said.current.splice(0)) dismiss();
  }, [isListOpen]);
}

function doneIds(downloads: readonly Download[]): ReadonlySet<string> {
  return new Set(downloads.filter(({ state }) => state === "completed").map(({ id }) => id));
}
