import { useEffect, useState } from "react";
import type { Download, DownloadAction } from "#contract/desktop/downloads.ts";
import { useHost, useHostEvent } from "#renderer/kit/host-context.tsx";
import { useProblemWords } from "#renderer/kit/problem-words.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";

const NONE: readonly Download[] = [];

/** The downloads of this run, newest first; only in the desktop shell. */
export function useDownloads() {
  const host = useHost();
  const words = useProblemWords();
  const [downloads, setDownloads] = useState<readonly Download[] | null>(null);
  useHostEvent("downloadsChanged", (event) => setDownloads(event.downloads));
  useEffect(() => {
    void host.call("downloads.list", {}).then((answer) => {
      if (answer.ok) setDownloads(answer.value);
    });
  }, [host]);
  const act = async (id: string, action: DownloadAction) => {
    const answer = await host.call("downloads.act", { id, action });
    if (!answer.ok) useToasts.getState().show({ tone: "danger", text: words(answer.error).title });
  };
  return { downloads: downloads ?? NONE, isKnown: downloads !== null, act };
}
