import { parseAddress } from "#contract/links.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { addTargets } from "#renderer/kit/target-store.ts";
import { detached, wantedAddress } from "#renderer/kit/window-kind.ts";
import { useWorkplaceAddress } from "#renderer/kit/workplace-address.ts";

/** For an address that names another workplace than the shown one: which, and how to go there. Null otherwise. */
export function useElsewhere(link: string): { workplace: string; open: () => void } | null {
  const host = useHost();
  const shown = useWorkplaceAddress((state) => state.at);
  const workplace = parseAddress(link)?.at ?? null;
  if (workplace === null || workplace === shown) return null;
  const open = () => {
    if (detached === null) addTargets([{ link }]);
    else if (window.parvis === undefined) window.open(wantedAddress({ link }), "_blank", "noopener");
    else void host.call("window.showInMain", { link });
  };
  return { workplace, open };
}
