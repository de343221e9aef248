import { useEffect, useState } from "react";
import { gatewayPath, type Account } from "#contract/bridge.ts";
import { useHost, useHostEvent } from "#renderer/kit/host-context.tsx";
import { useGatewayPath } from "#renderer/ui/avatar.tsx";

/** The account that this window shows. */
export function useOwnAccount(): Account | undefined {
  const host = useHost();
  const gateway = useGatewayPath();
  const [account, setAccount] = useState<Account>();
  useHostEvent("accountsChanged", ({ accounts }) =>
    setAccount(accounts.find(({ id }) => gatewayPath(id) === gateway)),
  );
  useEffect(() => {
    void host.call("accounts.list", {}).then((result) => {
      if (result.ok) setAccount(result.value.find(({ id }) => gatewayPath(id) === gateway));
    });
  }, [host, gateway]);
  return account;
}
