import { useEffect } from "react";
import type { Account, OpenTarget } from "#contract/bridge.ts";
import { formatLink, parseLink } from "#contract/links.ts";
import type { ObjectRef } from "#contract/entities/object-ref.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useLiveQuery, useSession } from "#renderer/kit/worker-context.tsx";
import { openObject } from "#renderer/parts/open-object.ts";
import { chooseAccount, useApp } from "./app-store.ts";
import { dropTarget, useTargets } from "./target-store.ts";

/** While the workplace is still being read, what a link leads to may be on its way. */
const PATIENCE_MS = 10_000;

/** Shows what was asked for from outside: a link, a notification, the tray. */
export function TargetOpener({ account }: { account: Account }) {
  const target = useTargets(({ waiting }) => waiting[0]);
  const isElsewhere = useApp(
    ({ accounts }) =>
      target?.accountId !== undefined &&
      target.accountId !== account.id &&
      accounts.some(({ id }) => id === target.accountId),
  );
  useEffect(() => {
    if (isElsewhere && target?.accountId !== undefined) chooseAccount(target.accountId);
  }, [isElsewhere, target]);
  if (target === undefined || isElsewhere) return null;
  return <LinkOpener key={target.link} target={target} onDone={() => dropTarget(target)} />;
}

interface LinkOpenerProps {
  target: Pick<OpenTarget, "link">;
  onDone: () => void;
}

/** Goes to one link as soon as it is known what it leads to. */
export function LinkOpener({ target: { link }, onDone }: LinkOpenerProps) {
  const { t } = useTranslation();
  const { object, isReady } = useObjectOf(link);
  const isReading = useSession(({ sync, connection }) => sync.isRunning || connection === "connecting");
  useEffect(() => {
    if (object !== null) {
      openObject(object);
      onDone();
      return undefined;
    }
    if (!isReady) return undefined;
    const timer = setTimeout(
      () => {
        useToasts.getState().show({ tone: "plain", text: t("targets.unknown") });
        onDone();
      },
      isReading ? PATIENCE_MS : 500,
    );
    return () => clearTimeout(timer);
  }, [object, isReady, isReading, onDone, t]);
  return null;
}

/** A message that is not kept here is still shown in its place: that of its conversation is known. */
function useObjectOf(link: string): { object: ObjectRef | null; isReady: boolean } {
  const target = parseLink(link);
  const around =
    target?.kind === "message"
      ? formatLink({ kind: "conversation", conversationId: target.conversationId })
      : link;
  const own = useLiveQuery("card", { link });
  const place = useLiveQuery("card", { link: around });
  const isReady = own.status !== "loading" && place.status !== "loading";
  const exact = own.info?.card?.object ?? null;
  if (exact !== null || !isReady) return { object: exact, isReady };
  const found = place.info?.card?.object;
  if (target?.kind !== "message" || found?.kind !== "conversation") return { object: null, isReady };
  return { object: { ...target, scope: found.scope }, isReady };
}
