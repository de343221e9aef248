import { useState } from "react";
import { nameOf, TOP } from "#contract/drives.ts";
import type { Pin } from "#contract/drive-offline.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useDateWords, useTranslation } from "#renderer/kit/i18n.ts";
import { formatBytes } from "#renderer/kit/number-words.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { Button } from "#renderer/ui/button.tsx";
import { AskedDeletions } from "./asked-deletions.tsx";
import { EntryFace } from "./entry-face.tsx";
import { useDrives } from "./drive-store.ts";
import { useDriveProblemWords } from "./drive-words.ts";
import { useSayProblem } from "./say-problem.ts";
import { UnpinDialog } from "./unpin-dialog.tsx";

/** Something that is kept here: how far it is, and what can be done with it. */
export function PinCard({ pin }: { pin: Pin }) {
  const { t, i18n } = useTranslation();
  const host = useHost();
  const say = useSayProblem();
  const go = useView((state) => state.go);
  const { drives } = useDrives();
  const [isUnpinning, setUnpinning] = useState(false);
  const { driveId, path, kind, files, bytes, progress } = pin;
  const drive = drives.find((each) => each.id === driveId)?.name ?? "";
  const name = path === TOP ? drive : nameOf(path);
  const place = kind === "folder" ? path : path.split("/").slice(0, -1).join("/");
  const reveal = () =>
    void host.call("offline.reveal", { driveId, path }).then((answer) => {
      if (!answer.ok) say(answer.error);
    });
  return (
    <article className="pin" aria-label={name}>
      <EntryFace kind={kind} name={name} />
      <div className="pin__words">
        <h2 className="pin__name">
          <bdi>{name}</bdi>
        </h2>
        <p className="field__hint">{t("drives.search.where", { drive, path })}</p>
        <PinStateLine pin={pin} />
        <p className="field__hint">
          {t("drives.offline.files", { count: files, size: formatBytes(bytes, i18n.language) })}
        </p>
        {progress === null ? null : (
          <progress
            className="transfers__bar"
            aria-label={name}
            value={progress.doneBytes + progress.doneFiles}
            max={Math.max(1, progress.totalBytes + progress.totalFiles)}
          />
        )}
        {pin.askedDeletions.map((asked) => (
          <AskedDeletions key={asked.where} pin={pin} asked={asked} />
        ))}
        <div className="pin__actions">
          <Button
            tone="quiet"
            onPress={() => go("drives", driveId, ...(place === "" ? [] : place.split("/")))}
          >
            {t("drives.open")}
          </Button>
          <Button tone="quiet" onPress={reveal}>
            {t("drives.offline.show")}
          </Button>
          <Button tone="quiet" isDisabled={pin.state === "removing"} onPress={() => setUnpinning(true)}>
            {t("drives.offline.unpin")}
          </Button>
        </div>
      </div>
      {isUnpinning ? <UnpinDialog pin={pin} name={name} onClose={() => setUnpinning(false)} /> : null}
    </article>
  );
}

function PinStateLine({ pin }: { pin: Pin }) {
  const { t } = useTranslation();
  const dates = useDateWords();
  const words = useDriveProblemWords();
  const { state, problem, syncedAt } = pin;
  const isFine = ["synced", "syncing", "counting", "waiting", "removing"].includes(state);
  const text =
    state === "synced" && syncedAt !== null
      ? t("drives.offline.syncedAt", { time: dates.ago(syncedAt) })
      : t(`drives.offline.state.${state}`);
  return (
    <p className={isFine ? "field__hint" : "pin__trouble"}>
      {problem === null || isFine ? text : `${text} ${words(problem).title}`}
    </p>
  );
}
