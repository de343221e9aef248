import type { DriveInfo, DrivePath } from "#contract/drives.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { sendFiles, type Outgoing } from "./transfers.ts";

const IDS = { files: "drive-files", folder: "drive-folder" } as const;

/** Opens the system's own dialog; what is chosen goes to the folder that is shown. */
export function pickFiles(kind: keyof typeof IDS): void {
  document.getElementById(IDS[kind])?.click();
}

/** The two fields behind « Envoyer »: their files go to this folder. */
export function PickFiles({ drive, path }: { drive: DriveInfo; path: DrivePath }) {
  const host = useHost();
  const send = (input: HTMLInputElement) => {
    const files = [...(input.files ?? [])].map(outgoingOf);
    // The same files can be chosen again.
    input.value = "";
    if (files.length > 0) void sendFiles(host, drive.id, path, files);
  };
  return (
    <>
      <input id={IDS.files} type="file" multiple hidden onChange={(event) => send(event.target)} />
      <input
        id={IDS.folder}
        ref={asFolderField}
        type="file"
        hidden
        onChange={(event) => send(event.target)}
      />
    </>
  );
}

/** React knows no attribute of that name. */
function asFolderField(field: HTMLInputElement | null): void {
  if (field !== null) field.webkitdirectory = true;
}

function outgoingOf(file: File): Outgoing {
  const steps = file.webkitRelativePath.split("/");
  return { file, folders: steps.slice(0, -1).filter((name) => name !== "") };
}
