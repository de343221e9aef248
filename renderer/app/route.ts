import { moduleNames } from "#contract/capabilities.ts";
import { conversationIdSchema, type ConversationId } from "#contract/ids.ts";
import { useView } from "#renderer/kit/view-store.ts";
import type { WorkerClient } from "#renderer/kit/worker-client.ts";
import { warmTimeline } from "#renderer/features/messaging/timeline-query.ts";

/** How long what was asked ahead is held for the view that will want it. */
const HELD_MS = 5000;

/** What is open stands in the address, so that back, forward and reload work, and is remembered for the next start. */
export function startRoute(accountId: string): () => void {
  const memory = memoryOf(accountId);
  const opening = wantedConversation(accountId);
  if (location.hash === "" && opening !== null) history.replaceState(null, "", `#/c/${opening}`);
  read();
  const isNarrow = matchMedia("(max-width: 37.5em)").matches;
  if (isNarrow && location.hash === "") useView.getState().showPane("list");
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = useView.subscribe((state, before) => {
    const hash = hashOf(state);
    if (hash === null || hash === hashOf(before)) return;
    const isFirst =
      state.module === "messaging" && before.conversationId === null && before.path.length === 0;
    clearTimeout(timer);
    // Writing these down takes as long as drawing a few messages: the conversation comes first.
    timer = setTimeout(() => {
      if (state.module === "messaging" && state.conversationId !== null) {
        localStorage.setItem(memory, state.conversationId);
      }
      write(hash, isFirst);
    });
  });
  window.addEventListener("popstate", read);
  return () => {
    stop();
    clearTimeout(timer);
    window.removeEventListener("popstate", read);
    history.replaceState(null, "", location.pathname);
  };
}

/** Asks for the conversation that will be open, and its messages, before anything is drawn. */
export function askAhead(client: WorkerClient, accountId: string): void {
  const conversationId = wantedConversation(accountId);
  if (conversationId === null) return;
  // Where it was being read it was read to its end; when it was not, its own answer tells.
  warmTimeline(client, { conversationId, unread: 0 });
  const live = client.query("conversation", { conversationId });
  let isAsked = false;
  const release = live.subscribe(() => {
    const summary = live.getSnapshot().info?.summary;
    if (isAsked || summary === undefined || summary === null) return;
    isAsked = true;
    if (summary.unread > 0) warmTimeline(client, summary);
  });
  setTimeout(release, HELD_MS);
}

/** The one in the address, otherwise the one of last time. */
function wantedConversation(accountId: string): ConversationId | null {
  const written = location.hash === "" ? localStorage.getItem(memoryOf(accountId)) : inAddress();
  return conversationIdSchema.safeParse(written).data ?? null;
}

function memoryOf(accountId: string): string {
  return `parvis.open.${accountId}`;
}

function inAddress(): string {
  return location.hash.replace("#/c/", "");
}

function write(hash: string, isFirst: boolean): void {
  if (location.hash === hash) return;
  if (isFirst) history.replaceState(null, "", hash);
  else history.pushState(null, "", hash);
}

/** `#/c/CONVERSATION`, otherwise `#/MODULE/…`. Null while nothing is open yet. */
function hashOf({ module, path, conversationId }: Where): string | null {
  if (module !== "messaging" || path.length > 0)
    return `#/${[module, ...path.map(encodeURIComponent)].join("/")}`;
  return conversationId === null ? null : `#/c/${conversationId}`;
}

type Where = Pick<ReturnType<typeof useView.getState>, "module" | "path" | "conversationId">;

function read(): void {
  const { openConversation, go, ...state } = useView.getState();
  if (location.hash === hashOf(state)) return;
  const wanted = conversationIdSchema.safeParse(inAddress());
  if (wanted.success) {
    openConversation(wanted.data);
    return;
  }
  const [, name, ...path] = location.hash.split("/");
  const module = moduleNames.find((each) => each === name);
  if (module !== undefined) go(module, ...path.map(decoded));
}

/** As it stands where it was not written by us. */
function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}
