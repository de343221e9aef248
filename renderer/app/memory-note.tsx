import { useState } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useSession } from "#renderer/kit/worker-context.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { useApp } from "./app-store.ts";
import { useLasting } from "./use-lasting.ts";

/** Whether it was said before on this machine: once is enough. */
const SAID = "parvis.memory-note";

/** Keys in memory alone and something that waits: closing the application now would lose it. Said once, quietly. */
export function MemoryNote() {
  const { t } = useTranslation();
  const isMemory = useApp((state) => state.secrets?.store === "memory");
  const isWaiting = useSession((session) => session.outbox.waiting > 0);
  const [isSaid, setSaid] = useState(() => localStorage.getItem(SAID) !== null);
  const isShown = useLasting(isMemory && isWaiting && !isSaid ? "memory" : null);
  if (!isShown) return null;
  const done = () => {
    localStorage.setItem(SAID, "1");
    setSaid(true);
  };
  return (
    <div role="status" className="connection-line connection-line--calm">
      {t("connection.memory")}
      <Button
        tone="link"
        onPress={() => {
          done();
          useView.getState().openDialog({ kind: "account" });
        }}
      >
        {t("passphrase.choose")}
      </Button>
      <Button tone="link" onPress={done}>
        {t("connection.understood")}
      </Button>
    </div>
  );
}
