import { Upload } from "lucide-react";
import { useRef, useState, type DragEvent, type ReactNode } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import type { Place } from "./write.ts";
import { placeKey } from "./write.ts";
import { useAttach } from "./use-attach.ts";
import "./drop-zone.css";

interface DropZoneProps {
  /** Where the files go: the field of the same place takes them. */
  place: Place;
  /** What they are put beside: « Déposer pour joindre à #travaux ». */
  label: string;
  isDisabled?: boolean;
  children: ReactNode;
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer.types.includes("Files");
}

/** Files may be dropped anywhere over what it surrounds. It takes the room of what it surrounds, and no more. */
export function DropZone({ place, label, isDisabled = false, children }: DropZoneProps) {
  const { t } = useTranslation();
  const [isOver, setOver] = useState(false);
  // Entering a child leaves its parent: what counts is how many were entered and not left.
  const depth = useRef(0);
  const { add } = useAttach(place.scope, placeKey(place));
  const announce = useToasts((state) => state.announce);
  if (isDisabled) return <div className="drop-zone">{children}</div>;
  const end = () => {
    depth.current = 0;
    setOver(false);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the button beside the text does the same by keyboard
    <div
      className="drop-zone"
      onDragEnter={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        depth.current += 1;
        setOver(true);
      }}
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = "copy";
      }}
      onDragLeave={(event) => {
        if (!hasFiles(event)) return;
        depth.current -= 1;
        if (depth.current <= 0) end();
      }}
      onDrop={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        end();
        const files = [...event.dataTransfer.files];
        add(files);
        announce(t("attachment.added", { count: files.length }));
      }}
    >
      {children}
      {isOver ? (
        <div className="drop-zone__veil" aria-hidden>
          <span className="drop-zone__label">
            <Upload size={20} strokeWidth={1.75} />
            {label}
          </span>
        </div>
      ) : null}
    </div>
  );
}
