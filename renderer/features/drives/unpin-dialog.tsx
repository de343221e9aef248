import { useState } from "react";
import type { Pin } from "#contract/drive-offline.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useCall } from "#renderer/kit/use-call.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { DriveProblem } from "./drive-problem.tsx";

interface UnpinDialogProps {
  pin: Pick<Pin, "driveId" | "path">;
  name: string;
  onClose: () => void;
}

/** Takes something off this machine; changes that the drive does not have yet are asked about. */
export function UnpinDialog({ pin, name, onClose }: UnpinDialogProps) {
  const { t } = useTranslation();
  const host = useHost();
  const [unsynced, setUnsynced] = useState(0);
  const { driveId, path } = pin;
  const unpin = useCall((changes: "ask" | "keep" | "discard") =>
    host.call("offline.unpin", { driveId, path, changes }),
  );
  const run = (changes: "ask" | "keep" | "discard") =>
    void unpin.run(changes).then((answer) => {
      if (!answer.ok) return;
      if (answer.value.isUnpinned) onClose();
      else setUnsynced(answer.value.unsyncedFiles);
    });
  return (
    <Dialog title={t("drives.offline.unpinTitle", { name })} onClose={onClose}>
      <DialogBody>
        <p>
          {unsynced === 0 ? t("drives.offline.unpinText") : t("drives.offline.unsynced", { count: unsynced })}
        </p>
        {unpin.problem === null ? null : <DriveProblem problem={unpin.problem} />}
        <DialogActions>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          {unsynced === 0 ? (
            <Button tone="primary" isDisabled={unpin.isRunning} onPress={() => run("ask")}>
              {t("drives.offline.unpin")}
            </Button>
          ) : (
            <>
              <Button tone="danger" isDisabled={unpin.isRunning} onPress={() => run("discard")}>
                {t("drives.offline.discardChanges")}
              </Button>
              <Button tone="primary" isDisabled={unpin.isRunning} onPress={() => run("keep")}>
                {t("drives.offline.keepChanges")}
              </Button>
            </>
          )}
        </DialogActions>
      </DialogBody>
    </Dialog>
  );
}
