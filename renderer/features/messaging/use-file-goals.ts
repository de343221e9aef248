import { useEffect, useState } from "react";
import type { DriveHit } from "#contract/drives.ts";
import type { PlacedDocument } from "#contract/views/documents.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useIsModuleShown } from "#renderer/kit/shown-modules.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";

/** A file of a drive with the name that its drive has here. */
export interface FoundDriveFile extends DriveHit {
  driveName: string;
}

const MOST_DOCUMENTS = 5;
const MOST_DRIVE_FILES = 5;
const WAIT_MS = 120;

/** Documents of libraries and files of drives that have these words: both without the network. None for less than two letters. */
export function useFileGoals(typed: string): {
  documents: readonly PlacedDocument[];
  driveFiles: readonly FoundDriveFile[];
} {
  const text = typed.trim().slice(0, 200);
  const isWord = text.length >= 2;
  const hasDocuments = useIsModuleShown("documents");
  const hasDrives = useIsModuleShown("drives");
  const { items } = useLiveQuery("documentSearch", { text, limit: MOST_DOCUMENTS });
  const driveFiles = useDriveFiles(isWord && hasDrives ? text : "");
  return { documents: isWord && hasDocuments ? items : [], driveFiles };
}

/** What the index of drives has, a moment after the last letter. One that is locked or slow holds up nothing else. */
function useDriveFiles(text: string): readonly FoundDriveFile[] {
  const host = useHost();
  const [found, setFound] = useState<{ text: string; files: readonly FoundDriveFile[] }>({
    text: "",
    files: [],
  });
  useEffect(() => {
    if (text === "") return undefined;
    let isWanted = true;
    const timer = setTimeout(() => {
      void Promise.all([
        host.call("drives.search", { text, limit: MOST_DRIVE_FILES }),
        host.call("drives.list", {}),
      ]).then(([hits, drives]) => {
        if (!isWanted || !hits.ok || !drives.ok) return;
        const names = new Map(drives.value.map(({ id, name }) => [id, name]));
        const files = hits.value.map((hit) => ({ ...hit, driveName: names.get(hit.driveId) ?? "" }));
        setFound({ text, files });
      });
    }, WAIT_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [host, text]);
  return found.text === text ? found.files : [];
}
