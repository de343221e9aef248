import { Dialog } from "#renderer/ui/dialog.tsx";
import { CompareView } from "./compare-view.tsx";
import type { FileSource } from "./preview-kind.ts";
import "../file-preview.css";
import "./preview.css";

interface CompareDialogProps {
  title: string;
  before: FileSource & { label: string };
  after: FileSource & { label: string };
  onClose: () => void;
}

/** Two versions beside one another, over what is open. Load it with `withWords(["documents"], …)`. */
export function CompareDialog({ title, before, after, onClose }: CompareDialogProps) {
  return (
    <Dialog title={title} onClose={onClose} isWide>
      <div className="file-preview">
        <CompareView before={before} after={after} />
      </div>
    </Dialog>
  );
}
