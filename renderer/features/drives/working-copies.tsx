import { ExternalLink } from "lucide-react";
import { useEffect } from "react";
import { create } from "zustand";
import type { HostBridge } from "#contract/bridge.ts";
import { nameOf } from "#contract/drives.ts";
import type { WorkingCopy } from "#contract/working-copies.ts";
import { useHost, useHostEvent } from "#renderer/kit/host-context.tsx";
import { useDateWords, useTranslation } from "#renderer/kit/i18n.ts";
import { Button, ICON_STROKE } from "#renderer/ui/button.tsx";
import { useDrives } from "./drive-store.ts";
import { useDriveProblemWords } from "./drive-words.ts";
import { useSayProblem } from "./say-problem.ts";

const useStore = create<{ copies: readonly WorkingCopy[]; isKnown: boolean }>(() => ({
  copies: [],
  isKnown: false,
}));

/** Files of drives that are open in programs of this machine. */
function useWorkingCopies(): readonly WorkingCopy[] {
  const host = useHost();
  const { copies } = useStore();
  useHostEvent("workingCopiesChanged", (event) => useStore.setState({ copies: event.copies, isKnown: true }));
  useEffect(() => {
    if (!useStore.getState().isKnown) void load(host);
  }, [host]);
  return copies;
}

async function load(host: HostBridge): Promise<void> {
  const answer = await host.call("workingCopies.list", {});
  if (answer.ok) useStore.setState({ copies: answer.value, isKnown: true });
}

/** Each with how it stands; closing sends what is to be sent. */
export function WorkingCopyList() {
  const { t } = useTranslation();
  const copies = useWorkingCopies();
  if (copies.length === 0) return null;
  return (
    <section aria-labelledby="working-copies" className="working-copies">
      <h2 id="working-copies" className="offline__title">
        {t("drives.copies.title")}
      </h2>
      {copies.map((copy) => (
        <WorkingCopyCard key={copy.id} copy={copy} />
      ))}
    </section>
  );
}

function WorkingCopyCard({ copy }: { copy: WorkingCopy }) {
  const { t } = useTranslation();
  const host = useHost();
  const say = useSayProblem();
  const { drives, libraries } = useDrives();
  const { id, driveId, path, conflictWith } = copy;
  const drive = [...drives, ...libraries].find((each) => each.id === driveId)?.name ?? "";
  const name = nameOf(path);
  const close = () =>
    void host.call("workingCopies.close", { id }).then((answer) => {
      if (!answer.ok) say(answer.error);
    });
  const show = () =>
    void host.call("workingCopies.open", { driveId, path }).then((answer) => {
      if (!answer.ok) say(answer.error);
    });
  return (
    <article className="pin" aria-label={name}>
      <ExternalLink size={20} strokeWidth={ICON_STROKE} aria-hidden />
      <div className="pin__words">
        <h3 className="pin__name">
          <bdi>{name}</bdi>
        </h3>
        <p className="field__hint">{t("drives.search.where", { drive, path })}</p>
        <CopyState copy={copy} />
        {conflictWith === null ? null : (
          <p className="pin__trouble">{t("drives.copies.conflict", { name: nameOf(conflictWith) })}</p>
        )}
        <div className="pin__actions">
          <Button tone="quiet" onPress={show}>
            {t("drives.copies.show")}
          </Button>
          <Button tone="quiet" onPress={close}>
            {t("drives.copies.close")}
          </Button>
        </div>
      </div>
    </article>
  );
}

function CopyState({ copy }: { copy: WorkingCopy }) {
  const { t } = useTranslation();
  const dates = useDateWords();
  const words = useDriveProblemWords();
  const { state, isReadOnly, savedAt, problem } = copy;
  if (isReadOnly) return <p className="field__hint">{t("drives.copies.readOnly")}</p>;
  if (problem !== null) {
    return (
      <p className="pin__trouble">
        {t("drives.copies.waiting")} {words(problem).title}
      </p>
    );
  }
  const text =
    state === "open" && savedAt !== null
      ? t("drives.copies.savedAt", { time: dates.ago(savedAt) })
      : t(`drives.copies.${state}`);
  return <p className="field__hint">{text}</p>;
}
