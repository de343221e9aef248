import { useState } from "react";
import type { z } from "zod";
import type { askedDeletionsSchema, Pin } from "#contract/drive-offline.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { Button } from "#renderer/ui/button.tsx";
import { useSayProblem } from "./say-problem.ts";

interface AskedDeletionsProps {
  pin: Pin;
  asked: z.infer<typeof askedDeletionsSchema>;
}

const SHOWN = 5;

/** More would be deleted than usual: nothing is, until somebody says so. */
export function AskedDeletions({ pin, asked }: AskedDeletionsProps) {
  const { t } = useTranslation();
  const host = useHost();
  const say = useSayProblem();
  const [isRunning, setRunning] = useState(false);
  const { driveId, path } = pin;
  const { where, files, ofFiles, examples } = asked;
  const choose = (choice: "delete" | "restore") => {
    setRunning(true);
    void host.call("offline.confirmDeletions", { driveId, path, where, choice }).then((answer) => {
      setRunning(false);
      if (!answer.ok) say(answer.error);
    });
  };
  return (
    <div className="note note--wait" role="alert">
      <p className="note__title">{t(`drives.offline.asked.${where}`, { count: files, of: ofFiles })}</p>
      <ul className="pin__examples">
        {examples.slice(0, SHOWN).map((example) => (
          <li key={example}>
            <bdi>{example}</bdi>
          </li>
        ))}
      </ul>
      <div className="note__actions">
        <Button tone="primary" isDisabled={isRunning} onPress={() => choose("restore")}>
          {t("drives.offline.restore")}
        </Button>
        <Button tone="danger" isDisabled={isRunning} onPress={() => choose("delete")}>
          {t(`drives.offline.deleteThem.${where}`)}
        </Button>
      </div>
    </div>
  );
}
