import { Folder } from "lucide-react";
import { FileFace } from "#renderer/parts/file-row.tsx";
import { ICON_STROKE } from "#renderer/ui/button.tsx";

/** What kind of thing it is, for the eye. */
export function EntryFace({ kind, name }: { kind: "file" | "folder"; name: string }) {
  if (kind === "folder")
    return <Folder className="file__icon" size={20} strokeWidth={ICON_STROKE} aria-hidden />;
  return <FileFace file={{ name, mediaType: "" }} />;
}
