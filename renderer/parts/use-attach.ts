import { useCallback, useMemo } from "react";
import type { Scope } from "#contract/scope.ts";
import { useSession, useWorker } from "#renderer/kit/worker-context.tsx";
import { attachFiles, type Attaching, type KnownFacts } from "./attach-files.ts";

export interface Attach {
  attaching: Attaching;
  add: (files: Iterable<File>, known?: KnownFacts) => void;
}

/** Puts files beside the text of one field. `key`: the field's, see `placeKey`. */
export function useAttach(scope: Scope, key: string): Attach {
  const client = useWorker();
  const limitBytes = useSession((session) => session.capabilities?.limits.blobBytes ?? Infinity);
  const attaching = useMemo(() => ({ client, key, scope, limitBytes }), [client, key, scope, limitBytes]);
  const add = useCallback(
    (files: Iterable<File>, known?: KnownFacts) => attachFiles(attaching, files, known),
    [attaching],
  );
  return { attaching, add };
}
