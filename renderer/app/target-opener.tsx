import { useEffect, useMemo, useRef } from "react";
import type { Account, OpenTarget } from "#contract/bridge.ts";
import { formatLink, parseObjectLink, parseLink } from "#contract/links.ts";
import type { ObjectRef } from "#contract/entities/object-ref.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { dropTarget, useTargets } from "#renderer/kit/target-store.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useLiveQuery, useSession } from "#renderer/kit/worker-context.tsx";
import { openObject, openPlace } from "#renderer/parts/open-object.ts";
import { chooseAccount, useApp } from "./app-store.ts";
import { placeOfTarget } from "./target-account.ts";

/** While the workplace is still being read, what a link leads to may be on its way. */
const PATIENCE_MS = 10_000;

/** Shows what was asked for from outside: a link, a notification, the tray. */
export function TargetOpener({ account }: { account: Account }) {
  const { t } = useTranslation();
  const target = useTargets(({ waiting }) => waiting[0]);
  const accounts = useApp((state) => state.accounts);
  const place = useMemo(
    () => (target === undefined ? null : placeOfTarget(target, account, accounts)),
    [target, account, accounts],
  );
  useEffect(() => {
    if (target === undefined || place === null) return;
    if (place.kind === "account") chooseAccount(place.account.id);
    if (place.kind !== "missing") return;
    const text = t("targets.noWorkplace", { workplace: place.workplace });
    useToasts.getState().show({ tone: "plain", text });
    dropTarget(target);
  }, [place, t, target]);
  if (target === undefined || place?.kind !== "here") return null;
  return <LinkOpener key={target.link} target={target} onDone={() => dropTarget(target)} />;
}

interface LinkOpenerProps {
  target: Pick<OpenTarget, "link">;
  onDone: () => void;
}

/** Goes to one link as soon as it is known what it leads to. */
export function LinkOpener({ target: { link }, onDone }: LinkOpenerProps) {
  const target = parseLink(link);
  if (target?.kind === "place" || target?.kind === "desk" || target?.kind === "item")
    return <PlaceOpener target={target} onDone={onDone} />;
  return <ObjectOpener link={link} onDone={onDone} />;
}

interface PlaceOpenerProps {
  target: Parameters<typeof openPlace>[0];
  onDone: () => void;
}

/** Everybody has it: nothing has to be looked up. */
function PlaceOpener({ target, onDone }: PlaceOpenerProps) {
  const wanted = useRef(target);
  useEffect(() => {
    openPlace(wanted.current);
    onDone();
  }, [onDone]);
  return null;
}

function ObjectOpener({ link, onDone }: { link: string; onDone: () => void }) {
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
  const target = parseObjectLink(link);
  const isWithin = target?.kind === "message" || target?.kind === "thread";
  const around = isWithin
    ? formatLink({ kind: "conversation", conversationId: target.conversationId })
    : link;
  const own = useLiveQuery("card", { link });
  const place = useLiveQuery("card", { link: around });
  const isReady = own.status !== "loading" && place.status !== "loading";
  const exact = own.info?.card?.object ?? null;
  if (exact !== null || !isReady) return { object: exact, isReady };
  const found = place.info?.card?.object;
  if (!isWithin || found?.kind !== "conversation") return { object: null, isReady };
  const { conversationId, threadId } = target;
  const messageId = target.kind === "thread" ? target.threadId : target.messageId;
  const thread = threadId === undefined ? {} : { threadId };
  return { object: { kind: "message", scope: found.scope, conversationId, messageId, ...thread }, isReady };
}
