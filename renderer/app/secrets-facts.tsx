import { useState } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { SecretsStatus } from "#contract/bridge.ts";
import { PassphraseForm } from "#renderer/parts/passphrase-form.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { CopyButton, Note } from "#renderer/ui/note.tsx";

/** Where keys are kept, in words. Where that is memory, what it costs and what to do about it. */
export function SecretsFacts({ secrets }: { secrets: SecretsStatus }) {
  const { t } = useTranslation();
  const [isChoosing, setChoosing] = useState(false);
  const { store, reason } = secrets;
  return (
    <>
      {t(`account.store.${store}`)}
      {store === "memory" ? (
        <Note tone="wait">
          <p>{t("passphrase.why")}</p>
          {isChoosing ? (
            <PassphraseForm onClose={() => setChoosing(false)} />
          ) : (
            <div className="note__actions">
              <Button tone="primary" onPress={() => setChoosing(true)}>
                {t("passphrase.choose")}
              </Button>
              {reason === undefined ? null : <CopyButton text={reason} />}
            </div>
          )}
        </Note>
      ) : reason === undefined || store === "passphraseFile" ? null : (
        <CopyButton text={reason} />
      )}
    </>
  );
}
