import { useCallback, useEffect, useState, type FormEvent } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { Account } from "#contract/bridge.ts";
import type { Capabilities } from "#contract/capabilities.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useCall } from "#renderer/kit/use-call.ts";
import { Button } from "#renderer/ui/button.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { Note, ProblemNote } from "#renderer/ui/note.tsx";
import { setAccount, useApp } from "./app-store.ts";
import { WelcomeFrame } from "./welcome-frame.tsx";

/** Signing in the way this workplace offers: in the system's browser, or with a name and password. */
export function SignInView({ account }: { account: Account }) {
  const { t } = useTranslation();
  const host = useHost();
  const look = useCall(
    useCallback(
      () => host.call("accounts.probe", { serverUrl: account.serverUrl }),
      [host, account.serverUrl],
    ),
  );
  const [capabilities, setCapabilities] = useState<Capabilities | null>(null);
  const { run } = look;
  const probe = useCallback(() => {
    void run().then((result) => {
      if (result.ok) setCapabilities(result.value.capabilities);
    });
  }, [run]);
  useEffect(probe, [probe]);
  const isErased = useApp(({ condemned }) => condemned !== null && !condemned.includes(account.id));
  const remove = useCall(() => host.call("accounts.remove", { accountId: account.id }));
  return (
    <WelcomeFrame title={t("signIn.title", { name: account.name })}>
      <p className="field__hint">{account.serverUrl}</p>
      {account.wipedAt === undefined ? null : (
        <Note>{t(isErased ? "signIn.wiped" : "signIn.wiping", { name: account.name })}</Note>
      )}
      {look.problem === null ? null : (
        <ProblemNote problem={look.problem}>
          <Button onPress={probe}>{t("action.retry")}</Button>
        </ProblemNote>
      )}
      {capabilities === null ? null : <SignInMethods account={account} methods={capabilities.signIn} />}
      <div className="welcome__more">
        <Button tone="link" onPress={() => useApp.setState({ isAdding: true })}>
          {t("signIn.otherServer")}
        </Button>
        <Button tone="link" onPress={() => useApp.setState({ isInvited: true })}>
          {t("invitation.have")}
        </Button>
        {account.state === "expired" ? (
          <Button tone="link" onPress={() => useApp.setState({ isSigningIn: false })}>
            {t("signIn.later")}
          </Button>
        ) : null}
        {account.isEmbedded ? null : (
          <Button tone="link" onPress={() => void remove.run()}>
            {t("signIn.remove")}
          </Button>
        )}
      </div>
    </WelcomeFrame>
  );
}

function SignInMethods({ account, methods }: { account: Account; methods: Capabilities["signIn"] }) {
  const { t } = useTranslation();
  const browser = methods.find((method) => method.kind === "oidc");
  const hasPassword = methods.some((method) => method.kind === "password");
  return (
    <>
      {browser === undefined ? null : <BrowserSignIn account={account} label={browser.label} />}
      {browser !== undefined && hasPassword ? <p className="welcome__or">{t("signIn.or")}</p> : null}
      {hasPassword ? <PasswordSignIn account={account} /> : null}
    </>
  );
}

function BrowserSignIn({ account, label }: { account: Account; label: string | undefined }) {
  const { t } = useTranslation();
  const host = useHost();
  const signIn = useCall(() => host.call("accounts.signInWithBrowser", { accountId: account.id }));
  const start = () => {
    void signIn.run().then((result) => {
      if (result.ok) finish(result.value);
    });
  };
  const cancel = () => void host.call("accounts.cancelSignIn", { accountId: account.id });
  return (
    <>
      {signIn.isRunning ? (
        <>
          <p>{t("signIn.inBrowser")}</p>
          <Button onPress={cancel}>{t("action.cancel")}</Button>
        </>
      ) : (
        <Button tone="primary" onPress={start}>
          {label === undefined ? t("signIn.withBrowser") : t("signIn.with", { name: label })}
        </Button>
      )}
      {signIn.problem === null || signIn.problem.kind === "cancelled" ? null : (
        <ProblemNote problem={signIn.problem} />
      )}
    </>
  );
}

export function PasswordSignIn({ account }: { account: Account }) {
  const { t } = useTranslation();
  const host = useHost();
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const signIn = useCall(() =>
    host.call("accounts.signInWithPassword", { accountId: account.id, username, password }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void signIn.run().then((result) => {
      if (result.ok) finish(result.value);
    });
  };
  return (
    <form onSubmit={submit}>
      <TextField
        label={t("signIn.username")}
        value={username}
        onChange={setUsername}
        autoComplete="username"
        spellCheck={false}
        required
        {...(account.isEmbedded ? { hint: t("signIn.demoHint") } : {})}
      />
      <TextField
        label={t("signIn.password")}
        value={password}
        onChange={setPassword}
        type="password"
        autoComplete="current-password"
        required
      />
      {signIn.problem === null ? null : <ProblemNote problem={signIn.problem} />}
      <Button
        type="submit"
        tone="primary"
        isDisabled={signIn.isRunning || username === "" || password === ""}
      >
        {signIn.isRunning ? t("signIn.running") : t("signIn.submit")}
      </Button>
    </form>
  );
}

function finish(account: Account): void {
  setAccount(account);
  useApp.setState({ isSigningIn: false });
}
