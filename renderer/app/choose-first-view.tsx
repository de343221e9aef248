import { useTranslation } from "#renderer/kit/i18n.ts";
import { LockCodeForm } from "#renderer/features/settings/lock-code-form.tsx";
import "#renderer/features/settings/settings.css";
import { PassphraseForm } from "#renderer/parts/passphrase-form.tsx";
import { WelcomeFrame } from "./welcome-frame.tsx";

/** The organisation wants something chosen that guards this machine's cache: nothing else is shown before. */
export function ChooseFirstView({ what }: { what: "code" | "passphrase" }) {
  const { t } = useTranslation();
  return (
    <WelcomeFrame title={t(`lock.first.title.${what}`)}>
      <p>{t(`lock.first.why.${what}`)}</p>
      {what === "code" ? <LockCodeForm kind="choose" /> : <PassphraseForm />}
    </WelcomeFrame>
  );
}
