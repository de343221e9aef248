import type { PersonId } from "#contract/ids.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useComposerStore } from "./composer-store.ts";
import type { Later } from "./message-commands.ts";
import { placeKey } from "./write.ts";
import { useCommands, useReportProblem } from "./use-commands.ts";

interface Begin {
  name?: string | undefined;
  /** When the text that will be written goes. */
  later?: Later;
}

/** Opens the conversation with these people, made if it is not there yet. */
export function useOpenDirect(): (people: PersonId[], begin?: Begin) => void {
  const commands = useCommands();
  const report = useReportProblem();
  return (people, { name, later } = {}) => {
    void commands.openConversation(people, name).then((result) => {
      if (!result.ok) return report(result.error);
      const { change } = useComposerStore.getState();
      if (later !== undefined) change(placeKey({ conversationId: result.value }), () => ({ later }));
      useView.getState().openConversation(result.value);
    });
  };
}
