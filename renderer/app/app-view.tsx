import { lazy, Suspense, useEffect } from "react";
import { I18nProvider } from "react-aria-components/I18nProvider";
import type { Account, HostBridge } from "#contract/bridge.ts";
import type { Problem } from "#contract/problem.ts";
import { HostProvider } from "#renderer/kit/host-context.tsx";
import { changeLanguage, pickLanguage, useTranslation, withWords } from "#renderer/kit/i18n.ts";
import { SettingsProvider } from "#renderer/kit/settings-context.tsx";
import { ErrorBoundary } from "#renderer/ui/error-boundary.tsx";
import { Toasts } from "#renderer/ui/toasts.tsx";
import { useApp } from "./app-store.ts";
import { applyAppearance } from "./appearance.ts";
import { FatalView } from "./fatal-view.tsx";
import { NetworkQuestions } from "./network-questions.tsx";
import { WorkspaceView } from "./workspace-view.tsx";

// Whoever has signed in meets none of these.
const InvitationView = lazy(() =>
  import("./invitation-view.tsx").then((m) => ({ default: m.InvitationView })),
);
const AddServerView = lazy(() => import("./add-server-view.tsx").then((m) => ({ default: m.AddServerView })));
const SignInView = lazy(() => import("./sign-in-view.tsx").then((m) => ({ default: m.SignInView })));
const ChooseFirstView = lazy(() =>
  withWords(["desktop"], () => import("./choose-first-view.tsx")).then((m) => ({
    default: m.ChooseFirstView,
  })),
);
const LockView = lazy(() =>
  withWords(["desktop"], () => import("./lock-view.tsx")).then((m) => ({ default: m.LockView })),
);
const UnlockView = lazy(() =>
  withWords(["desktop"], () => import("./unlock-view.tsx")).then((m) => ({ default: m.UnlockView })),
);

export function AppView({ host }: { host: HostBridge }) {
  const { i18n } = useTranslation();
  const settings = useApp((state) => state.settings);
  const isStarted = useApp((state) => state.isStarted);
  useEffect(() => {
    if (!isStarted) return;
    applyAppearance(settings);
    void changeLanguage(pickLanguage(settings.language, navigator.language));
  }, [settings, isStarted]);
  return (
    <HostProvider host={host}>
      <SettingsProvider value={settings}>
        <I18nProvider locale={i18n.language === "fr" ? "fr-FR" : "en-GB"}>
          <ErrorBoundary fallback={drawFatal}>
            <Suspense fallback={<div className="blank" />}>
              <Screen />
            </Suspense>
          </ErrorBoundary>
          <NetworkQuestions />
          <Toasts />
        </I18nProvider>
      </SettingsProvider>
    </HostProvider>
  );
}

function drawFatal(problem: Problem) {
  return <FatalView problem={problem} />;
}

/** Which screen: what stands in the way comes first. */
function Screen() {
  const { isStarted, fatal, lock, opening, secrets, accounts, accountId, ...asked } = useApp();
  const { isSigningIn, isAdding, isInvited } = asked;
  if (fatal !== null) return <FatalView problem={fatal} />;
  // The host answers within milliseconds: an empty frame is calmer than a screen that flashes by.
  if (!isStarted) return <div className="blank" />;
  if (lock?.isLocked === true) return <LockView status={lock} />;
  if (secrets?.isLocked === true) return <UnlockView status={secrets} />;
  if (isInvited) return <InvitationView />;
  const account = accounts.find(({ id }) => id === accountId);
  if (isAdding || account === undefined) return <AddServerView canGoBack={account !== undefined} />;
  if (isSigningIn || !hasCache(account)) return <SignInView account={account} />;
  if (secrets?.isPassphraseWanted === true) return <ChooseFirstView what="passphrase" />;
  if (lock?.isCodeRequired === true) return <ChooseFirstView what="code" />;
  return <WorkspaceView key={`${account.id} ${opening}`} account={account} />;
}

/** Whether there is something to show: an expired sign-in still has its cache. */
function hasCache(account: Account): boolean {
  return account.state === "signedIn" || account.state === "expired";
}
