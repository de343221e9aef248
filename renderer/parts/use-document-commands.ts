import { useMemo } from "react";
import { useSession, useWorker } from "#renderer/kit/worker-context.tsx";
import { useBlobUrl } from "#renderer/ui/avatar.tsx";
import { createDocumentCommands, type DocumentCommands } from "./document-commands.ts";
import { NOBODY } from "./use-commands.ts";

export function useDocumentCommands(): DocumentCommands {
  const client = useWorker();
  const me = useSession((session) => session.me?.id ?? NOBODY);
  const blobUrl = useBlobUrl();
  const anyBlob = blobUrl("");
  return useMemo(
    () => createDocumentCommands({ client, me, blobUrl: (blobId) => anyBlob + blobId }),
    [client, me, anyBlob],
  );
}
