import { drivePathSchema, libraryDriveId } from "#contract/drives.ts";
import type { Problem } from "#contract/problem.ts";
import type { DocumentView } from "#contract/views/documents.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useProblemWords } from "#renderer/kit/problem-words.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useWorker } from "#renderer/kit/worker-context.tsx";
import { useWorkplaceAddress } from "#renderer/kit/workplace-address.ts";

/**
 * Opens a file with the program that the machine has for it: the library is a drive as well, and what is saved there goes
 * back as a new version.
 */
export function useOpenWithProgram(): (document: DocumentView) => Promise<void> {
  const { t } = useTranslation();
  const host = useHost();
  const client = useWorker();
  const words = useProblemWords();
  const accountId = useWorkplaceAddress((state) => state.accountId);
  const show = useToasts((state) => state.show);
  const fail = (problem: Problem) => {
    const { title, advice } = words(problem);
    const detail = JSON.stringify(problem, null, 1);
    show({ tone: "danger", text: t("toast.problem", { title, advice }), detail });
  };
  return async ({ scope, item }) => {
    const { info } = await client.once("document", { scope, itemId: item.id });
    const place = info?.document?.place;
    if (accountId === null || place === undefined) return;
    const library = await host.call("drives.library", { accountId, scope });
    if (!library.ok) return fail(library.error);
    const path = drivePathSchema.parse([...place.path.map(({ name }) => name), item.name].join("/"));
    const answer = await host.call("workingCopies.open", { driveId: libraryDriveId(accountId, scope), path });
    if (!answer.ok) return fail(answer.error);
    show({
      tone: "plain",
      text: t("documents.program.opened", { name: item.name }),
      action: {
        label: t("documents.program.show"),
        run: () => useView.getState().go("drives", "offline"),
      },
    });
  };
}
