import { AppWindow } from "lucide-react";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { detached, detachedAddress } from "#renderer/kit/window-kind.ts";
import { useGatewayPath } from "#renderer/ui/avatar.tsx";
import type { Command } from "#renderer/ui/menu.tsx";
import { accountIdSchema } from "#contract/account.ts";

/** The command that gives an object a window of its own; in the browser, a tab. Not within such a window. */
export function useDetach(): (link: string) => Command[] {
  const { t } = useTranslation();
  const host = useHost();
  const accountId = accountIdSchema.safeParse(useGatewayPath().split("/").at(-1)).data;
  return (link) => {
    if (detached !== null || accountId === undefined) return [];
    const run = () => {
      // A browser opens a tab only at the very moment of the click.
      if (window.parvis === undefined)
        window.open(detachedAddress({ accountId, link }), "_blank", "noopener");
      else void host.call("window.detach", { accountId, link });
    };
    return [{ id: "detach", label: t("action.detach"), icon: AppWindow, run }];
  };
}
