import {
  Archive,
  Code2,
  File,
  FileImage,
  FileMusic,
  FileSpreadsheet,
  FileText,
  FileVideo,
  Folder,
  Presentation,
  type LucideIcon,
} from "lucide-react";
import { createElement } from "react";
import type { DocumentKind } from "#contract/views/documents.ts";
import { ICON_STROKE } from "#renderer/ui/button.tsx";

const icons: Record<DocumentKind, LucideIcon> = {
  folder: Folder,
  text: FileText,
  sheet: FileSpreadsheet,
  slides: Presentation,
  pdf: FileText,
  image: FileImage,
  audio: FileMusic,
  video: FileVideo,
  archive: Archive,
  code: Code2,
  other: File,
};

/** What kind of file it is, for the eye: the words stand beside it. */
export function FileIcon({ kind, size = 20 }: { kind: DocumentKind; size?: number }) {
  return createElement(icons[kind], {
    className: `file-icon file-icon--${kind}`,
    size,
    strokeWidth: size > 24 ? 1.25 : ICON_STROKE,
    "aria-hidden": true,
  });
}
