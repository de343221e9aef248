import { useEffect, useId, useRef, useState } from "react";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useCall } from "#renderer/kit/use-call.ts";
import { Button } from "#renderer/ui/button.tsx";
import { ProblemNote } from "#renderer/ui/note.tsx";
import { useApp } from "./app-store.ts";

type What = "code" | "passphrase";

/** The way out for whoever has forgotten what opens Parvis: said first what it costs, then done. `isOpen` hides the form. */
export function LostCode({
  what,
  isOpen,
  onOpen,
}: {
  what: What;
  isOpen: boolean;
  onOpen: (is: boolean) => void;
}) {
  const { t } = useTranslation();
  if (isOpen) return <WhatItCosts what={what} onBack={() => onOpen(false)} />;
  return (
    <Button tone="quiet" onPress={() => onOpen(true)}>
      {t(`lock.lost.${what}`)}
    </Button>
  );
}

/** There is no way around it: what it sealed is thrown away, and the cache is fetched anew. */
function WhatItCosts({ what, onBack }: { what: What; onBack: () => void }) {
  const { t } = useTranslation();
  const host = useHost();
  // Of one account alone is it known how much waits.
  const unsent = useApp((state) => (state.accounts.length === 1 ? state.unsent : null));
  const box = useRef<HTMLDivElement>(null);
  const [title, text] = [useId(), useId()];
  const [isGone, setGone] = useState(false);
  const wipe = useCall(() => host.call("profile.wipe", {}));
  // The button that had the focus is gone; read out is what is asked, and nothing is done by a second Enter.
  useEffect(() => box.current?.focus(), []);
  const start = () => {
    void wipe.run().then((result) => {
      if (!result.ok) return;
      setGone(true);
      location.reload();
    });
  };
  return (
    <div
      className="note note--loss"
      role="group"
      aria-labelledby={title}
      aria-describedby={text}
      tabIndex={-1}
      ref={box}
    >
      <p className="note__title" id={title}>
        {t(`lock.lostTitle.${what}`)}
      </p>
      <div id={text}>
        <p>{t("lock.lostText")}</p>
        <p>
          {unsent === null
            ? t("lock.lostUnknown")
            : unsent === 0
              ? t("lock.lostNothing")
              : t("lock.lostUnsent", { count: unsent })}
        </p>
      </div>
      {wipe.problem === null ? null : <ProblemNote problem={wipe.problem} />}
      <div className="note__actions">
        <Button onPress={onBack}>{t("action.cancel")}</Button>
        <Button tone="danger" onPress={start} isDisabled={wipe.isRunning || isGone}>
          {t("lock.wipe")}
        </Button>
      </div>
    </div>
  );
}
