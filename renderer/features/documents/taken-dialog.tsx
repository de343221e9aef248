import { useState } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { CheckBox } from "#renderer/ui/form.tsx";
import type { TakenChoice, TakenQuestion } from "./documents-store.ts";

/** Names that are taken: each may be decided by itself, or all at once. */
export function TakenDialog({ question }: { question: TakenQuestion }) {
  const { t } = useTranslation();
  const { names, deed, answer } = question;
  const [decided, setDecided] = useState<ReadonlyMap<string, TakenChoice>>(new Map());
  const [isForAll, setForAll] = useState(true);
  const left = names.filter((name) => !decided.has(name));
  const [name = ""] = left;
  const choose = (choice: TakenChoice) => {
    const now = isForAll ? left : [name];
    const next = new Map([...decided, ...now.map((each) => [each, choice] as const)]);
    if (next.size >= names.length) answer(next);
    else setDecided(next);
  };
  return (
    <Dialog title={t("documents.taken.title", { count: left.length, name })} onClose={() => answer(null)}>
      <DialogBody>
        {left.length > 1 ? (
          <>
            <ul className="documents-names">
              {left.slice(0, MOST_SHOWN).map((each) => (
                <li key={each}>
                  <bdi>{each}</bdi>
                </li>
              ))}
              {left.length > MOST_SHOWN ? (
                <li>{t("documents.taken.more", { count: left.length - MOST_SHOWN })}</li>
              ) : null}
            </ul>
            <CheckBox
              label={t("documents.taken.forAll", { count: left.length })}
              isChecked={isForAll}
              onChange={setForAll}
              {...(isForAll ? {} : { hint: t("documents.taken.now", { name }) })}
            />
          </>
        ) : null}
        <p>{t(`documents.taken.${deed}`)}</p>
        <DialogActions>
          <Button onPress={() => choose("skip")}>{t("documents.taken.skip")}</Button>
          <Button onPress={() => choose("replace")}>{t("documents.taken.replace")}</Button>
          <Button tone="primary" onPress={() => choose("both")}>
            {t("documents.taken.both")}
          </Button>
        </DialogActions>
      </DialogBody>
    </Dialog>
  );
}

const MOST_SHOWN = 6;
