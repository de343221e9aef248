import type { PersonId } from "#contract/ids.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useCommands, useReportProblem } from "./use-commands.ts";

/** Opens the conversation with these people, made if it is not there yet. */
export function useOpenDirect(): (people: PersonId[], name?: string) => void {
  const commands = useCommands();
  const report = useReportProblem();
  return (people, name) => {
    void commands.openConversation(people, name).then((result) => {
      if (result.ok) useView.getState().openConversation(result.value);
      else report(result.error);
    });
  };
}
