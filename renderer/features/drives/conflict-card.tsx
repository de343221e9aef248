import { useState } from "react";
import { nameOf } from "#contract/drives.ts";
import type { OfflineConflict } from "#contract/drive-offline.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useDateWords, useTranslation } from "#renderer/kit/i18n.ts";
import { formatBytes } from "#renderer/kit/number-words.ts";
import { Button } from "#renderer/ui/button.tsx";
import { useDrives } from "./drive-store.ts";
import { useSayProblem } from "./say-problem.ts";

/** A file that was changed here and on the drive: both are kept until somebody says what becomes of them. */
export function ConflictCard({ conflict }: { conflict: OfflineConflict }) {
  const { t } = useTranslation();
  const host = useHost();
  const say = useSayProblem();
  const { drives } = useDrives();
  const [isRunning, setRunning] = useState(false);
  const { id, driveId, path, copyPath, reason, mine, theirs } = conflict;
  const drive = drives.find((each) => each.id === driveId)?.name ?? "";
  const resolve = (choice: "mine" | "theirs" | "both") => {
    setRunning(true);
    void host.call("offline.resolve", { id, choice }).then((answer) => {
      setRunning(false);
      if (!answer.ok) say(answer.error);
    });
  };
  return (
    <article className="note note--wait" aria-label={t("drives.offline.conflict", { name: nameOf(path) })}>
      <p className="note__title">
        {t(reason === "readOnly" ? "drives.offline.refusedChange" : "drives.offline.conflict", {
          name: nameOf(path),
        })}
      </p>
      <p>{t("drives.search.where", { drive, path })}</p>
      <dl className="conflict">
        <Side title={t("drives.offline.mine")} {...mine} />
        <Side title={t("drives.offline.theirs")} {...theirs} />
      </dl>
      <p>{t("drives.offline.copyIs", { name: nameOf(copyPath) })}</p>
      <div className="note__actions">
        <Button tone="primary" isDisabled={isRunning} onPress={() => resolve("both")}>
          {t("drives.offline.keepBoth")}
        </Button>
        {reason === "readOnly" ? null : (
          <Button isDisabled={isRunning} onPress={() => resolve("mine")}>
            {t("drives.offline.keepMine")}
          </Button>
        )}
        <Button isDisabled={isRunning} onPress={() => resolve("theirs")}>
          {t("drives.offline.keepTheirs")}
        </Button>
      </div>
    </article>
  );
}

interface SideProps {
  title: string;
  sizeBytes: number | null;
  modifiedAt: string | null;
}

function Side({ title, sizeBytes, modifiedAt }: SideProps) {
  const { i18n } = useTranslation();
  const dates = useDateWords();
  const facts = [
    ...(modifiedAt === null ? [] : [dates.full(modifiedAt)]),
    ...(sizeBytes === null ? [] : [formatBytes(sizeBytes, i18n.language)]),
  ];
  return (
    <div className="conflict__side">
      <dt>{title}</dt>
      <dd>{facts.join(" · ")}</dd>
    </div>
  );
}
