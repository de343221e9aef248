import { formatLink, parseObjectLink } from "#contract/links.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { detached } from "#renderer/kit/window-kind.ts";
import { useDetach } from "#renderer/parts/use-detach.ts";
import { targetOfPlace } from "./place-link.ts";

/** Gives what is open here a window of its own: the thread in whose pane one is, otherwise the content. */
export function useDetachHere(): () => void {
  const { t } = useTranslation();
  const detach = useDetach();
  return () => {
    // It has one already.
    if (detached !== null) return;
    const link = linkHere();
    if (link !== null) for (const { run } of detach(link)) run();
    else useToasts.getState().show({ tone: "plain", text: t("targets.nothingToDetach") });
  };
}

function linkHere(): string | null {
  const { side, ...place } = useView.getState();
  const isAtSide = document.activeElement?.closest(".pane--side") !== null;
  const conversationId = side?.kind === "thread" ? (side.conversationId ?? place.conversationId) : null;
  if (isAtSide && side?.kind === "thread" && conversationId !== null)
    return formatLink({ kind: "thread", conversationId, threadId: side.threadId });
  const target = targetOfPlace({ ...place, targetId: null });
  const link = target === null ? null : formatLink(target);
  return link !== null && parseObjectLink(link) !== null ? link : null;
}
