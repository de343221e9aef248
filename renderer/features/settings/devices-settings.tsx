import { useEffect, useState } from "react";
import { gatewayPath } from "#contract/bridge.ts";
import type { Session } from "#contract/entities/session.ts";
import { personScope } from "#contract/scope.ts";
import { useHost, useHostEvent } from "#renderer/kit/host-context.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useLiveQuery, useWorker } from "#renderer/kit/worker-context.tsx";
import { DevicesList } from "#renderer/parts/devices-list.tsx";
import { useReportProblem } from "#renderer/parts/use-commands.ts";
import { useGatewayPath } from "#renderer/ui/avatar.tsx";

/** Where the person is signed in to this workplace, and how to end it from here. */
export function DevicesSettings() {
  const { t } = useTranslation();
  const client = useWorker();
  const report = useReportProblem();
  const ownId = useOwnSessionId();
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
        <DevicesList devices={items} ownId={ownId} onEnd={end} />
      ) : (
        <div className="settings__loading" />
      )}
    </>
  );
}

/** Which of the sign-ins is the one of this window. */
function useOwnSessionId(): string | undefined {
  const host = useHost();
  const gateway = useGatewayPath();
  const [id, setId] = useState<string>();
  useHostEvent("accountsChanged", ({ accounts }) =>
    setId(accounts.find((account) => gatewayPath(account.id) === gateway)?.sessionId),
  );
  useEffect(() => {
    void host.call("accounts.list", {}).then((result) => {
      if (result.ok) setId(result.value.find((account) => gatewayPath(account.id) === gateway)?.sessionId);
    });
  }, [host, gateway]);
  return id;
}
