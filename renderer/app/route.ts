import { conversationIdSchema } from "#contract/ids.ts";
import { useView } from "#renderer/kit/view-store.ts";

/** What is open stands in the address, so that back, forward and reload work, and is remembered for the next start. */
export function startRoute(accountId: string): () => void {
  const memory = `parvis.open.${accountId}`;
  const remembered = conversationIdSchema.safeParse(localStorage.getItem(memory));
  if (location.hash === "" && remembered.success) history.replaceState(null, "", `#/c/${remembered.data}`);
  read();
  const isNarrow = matchMedia("(max-width: 37.5em)").matches;
  if (isNarrow && !location.hash.startsWith("#/c/")) useView.getState().showPane("list");
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = useView.subscribe((state, before) => {
    if (state.conversationId === before.conversationId || state.conversationId === null) return;
    const { conversationId } = state;
    const isFirst = before.conversationId === null;
    clearTimeout(timer);
    // Writing these down takes as long as drawing a few messages: the conversation comes first.
    timer = setTimeout(() => write(memory, conversationId, isFirst));
  });
  window.addEventListener("popstate", read);
  return () => {
    stop();
    clearTimeout(timer);
    window.removeEventListener("popstate", read);
    history.replaceState(null, "", location.pathname);
  };
}

function write(memory: string, conversationId: string, isFirst: boolean): void {
  const hash = `#/c/${conversationId}`;
  localStorage.setItem(memory, conversationId);
  if (location.hash === hash) return;
  if (isFirst) history.replaceState(null, "", hash);
  else history.pushState(null, "", hash);
}

function read(): void {
  const wanted = conversationIdSchema.safeParse(location.hash.replace("#/c/", ""));
  if (wanted.success && wanted.data !== useView.getState().conversationId) {
    useView.getState().openConversation(wanted.data);
  }
}
