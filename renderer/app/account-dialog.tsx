import { useState } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { Account } from "#contract/bridge.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { formatBytes } from "#renderer/kit/number-words.ts";
import { useCall } from "#renderer/kit/use-call.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useSession, useWorker } from "#renderer/kit/worker-context.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { Note, ProblemNote } from "#renderer/ui/note.tsx";
import { chooseAccount, setAccount, useApp } from "./app-store.ts";
import { closeSession, lockSession } from "./open-session.ts";
import { SecretsFacts } from "./secrets-facts.tsx";
import { sentOf } from "./use-unsent.ts";

/** Who is signed in where, how the connection is, where keys are kept; other accounts; signing out. */
export function AccountDialog({ account }: { account: Account }) {
  const { t, i18n } = useTranslation();
  const close = useView((state) => state.closeDialog);
  const me = useSession((session) => session.me);
  const connection = useSession((session) => session.connection);
  const storage = useSession((session) => session.storage);
  const server = useSession((session) => session.capabilities?.server ?? null);
  const { secrets, info, accounts } = useApp();
  return (
    <Dialog title={t("account.title")} onClose={close}>
      <DialogBody>
        <dl className="account-facts">
          <dt>{t("account.signedInAs")}</dt>
          <dd>
            {me?.displayName ?? "–"}
            {me?.email === undefined ? null : ` · ${me.email}`}
          </dd>
          <dt>{t("account.workplace")}</dt>
          <dd>
            {account.name}
            {account.isEmbedded ? ` (${t("account.embedded")})` : ` · ${account.serverUrl}`}
            {server === null ? null : ` · ${server.product} ${server.version}`}
          </dd>
          <dt>{t("account.connection")}</dt>
          <dd>{t(`account.state.${connection}`)}</dd>
          {secrets === null ? null : (
            <>
              <dt>{t("account.secrets")}</dt>
              <dd>
                <SecretsFacts secrets={secrets} />
              </dd>
            </>
          )}
          {storage === null ? null : (
            <>
              <dt>{t("account.storage")}</dt>
              <dd>{t("account.storageUsed", { size: formatBytes(storage.usedBytes, i18n.language) })}</dd>
            </>
          )}
          <dt>{t("account.version")}</dt>
          <dd>{info === null ? "–" : `${info.version} · ${t(`account.shell.${info.shell}`)}`}</dd>
        </dl>
        <OtherAccounts accounts={accounts.filter(({ id }) => id !== account.id)} />
        <SignOut account={account} />
      </DialogBody>
    </Dialog>
  );
}

function switchTo(account: Account): void {
  closeSession();
  chooseAccount(account.id);
}

function OtherAccounts({ accounts }: { accounts: readonly Account[] }) {
  const { t } = useTranslation();
  return (
    <div className="note__actions">
      {accounts.map((account) => (
        <Button key={account.id} onPress={() => switchTo(account)}>
          {t("account.switchTo", { name: account.name })}
        </Button>
      ))}
      <Button onPress={() => useApp.setState({ isAdding: true })}>{t("account.add")}</Button>
    </div>
  );
}

/** Signing out empties the cache of this machine; what was not sent would be lost, so that alone asks first. */
function SignOut({ account }: { account: Account }) {
  const { t } = useTranslation();
  const host = useHost();
  const client = useWorker();
  const unsent = useSession((session) => sentOf(session.outbox) + session.outbox.failed);
  const [isAsking, setAsking] = useState(false);
  const signOut = useCall(async () => {
    const cleared = await client.call("cache.clear", {});
    if (!cleared.ok) return cleared;
    const result = await host.call("accounts.signOut", { accountId: account.id });
    if (result.ok) {
      // The worker lets go of the cache, whichever comes first: this, or the news that it is to be deleted.
      lockSession();
      setAccount(result.value);
    }
    return result;
  });
  const start = () => {
    if (unsent > 0 && !isAsking) setAsking(true);
    else void signOut.run();
  };
  return (
    <>
      {isAsking ? <Note tone="loss">{t("account.unsent", { count: unsent })}</Note> : null}
      {signOut.problem === null ? null : <ProblemNote problem={signOut.problem} />}
      <DialogActions>
        {isAsking ? <Button onPress={() => setAsking(false)}>{t("action.cancel")}</Button> : null}
        <Button tone={isAsking ? "danger" : "plain"} onPress={start} isDisabled={signOut.isRunning}>
          {isAsking ? t("account.signOutAnyway") : t("account.signOut")}
        </Button>
      </DialogActions>
    </>
  );
}
