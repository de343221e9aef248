import { useState } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { CheckBox } from "#renderer/ui/form.tsx";
import { useTransfers, type Taken, type TakenQuestion } from "./transfers.ts";

/** Asked when a file is sent whose name is taken. */
export function TakenDialog() {
  const question = useTransfers((state) => state.question);
  if (question === null) return null;
  return <TakenChoice key={question.name} question={question} />;
}

function TakenChoice({ question }: { question: TakenQuestion }) {
  const { t } = useTranslation();
  const [isForAll, setForAll] = useState(false);
  const { name, hasMore, answer } = question;
  const choose = (taken: Taken) => answer(taken, isForAll);
  return (
    <Dialog title={t("drives.keep.title", { name })} onClose={() => choose("skip")}>
      <DialogBody>
        <p>{t("drives.keep.text")}</p>
        {hasMore ? (
          <CheckBox label={t("drives.keep.forAll")} isChecked={isForAll} onChange={setForAll} />
        ) : null}
        <DialogActions>
          <Button onPress={() => choose("skip")}>{t("drives.keep.skip")}</Button>
          <Button tone="danger" onPress={() => choose("replace")}>
            {t("drives.keep.replace")}
          </Button>
          <Button tone="primary" onPress={() => choose("both")}>
            {t("drives.keep.both")}
          </Button>
        </DialogActions>
      </DialogBody>
    </Dialog>
  );
}
