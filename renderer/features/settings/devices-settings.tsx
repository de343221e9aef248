import type { Session } from "#contract/entities/session.ts";
import { personScope } from "#contract/scope.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useLiveQuery, useWorker } from "#renderer/kit/worker-context.tsx";
import { DevicesList } from "#renderer/parts/devices-list.tsx";
import { useReportProblem } from "#renderer/parts/use-commands.ts";
import { AppPasswordSection } from "./app-password-section.tsx";
import { useOwnAccount } from "./use-own-account.ts";

/** Where the person is signed in to this workplace, and how to end it from here. */
export function DevicesSettings() {
  const { t } = useTranslation();
  const client = useWorker();
  const report = useReportProblem();
  const account = useOwnAccount();
  const { status, items } = useLiveQuery("devices", {});
  const end = ({ id, personId }: Session, wipe: boolean) => {
    const args = { id, personId, wipe };
    const scope = personScope(personId);
    void client.call("mutate", { name: "session.end", scope, args }).then((result) => {
      if (!result.ok) report(result.error);
    });
  };
  return (
    <>
      <p className="settings__hint">{t("devices.intro")}</p>
      {status === "ready" ? (
        <DevicesList devices={items} ownId={account?.sessionId} onEnd={end} />
      ) : (
        <div className="settings__loading" />
      )}
      {account === undefined ? null : <AppPasswordSection serverUrl={account.serverUrl} />}
    </>
  );
}
