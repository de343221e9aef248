import { useEffect } from "react";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";

/** A wide window never opens on an empty pane: the latest conversation stands there. A narrow one shows the list. */
export function useFirstConversation(): void {
  const { items } = useLiveQuery("conversations", {});
  const isChosen = useView(
    (state) => state.conversationId !== null || state.path.length > 0 || state.module !== "messaging",
  );
  const first = items[0]?.conversationId;
  useEffect(() => {
    if (isChosen || first === undefined || matchMedia("(max-width: 37.5em)").matches) return;
    const { dialog, openConversation, openDialog } = useView.getState();
    openConversation(first);
    // What the person has opened in the meantime stays open.
    if (dialog !== null) openDialog(dialog);
  }, [first, isChosen]);
}
