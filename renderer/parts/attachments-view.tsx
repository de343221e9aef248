import { lazy, Suspense, useState } from "react";
import type { Attachment } from "#contract/entities/message.ts";
import type { Upload } from "#contract/views/message-view.ts";
import type { Problem } from "#contract/problem.ts";
import { fileKind } from "#renderer/kit/file-kinds.ts";
import { ErrorBoundary } from "#renderer/ui/error-boundary.tsx";
import { ProblemNote } from "#renderer/ui/note.tsx";
import { FileRow } from "./file-row.tsx";
import { MediaPlayer } from "./media-player.tsx";
import { PictureGrid } from "./picture-grid.tsx";
import "./attachments.css";

const Lightbox = lazy(() => import("./lightbox.tsx").then((module) => ({ default: module.Lightbox })));
const FilePreview = lazy(() =>
  import("./file-preview.tsx").then((module) => ({ default: module.FilePreview })),
);

/** A file that is really there, and not only known by name. */
export type HeldFile = Attachment & { blobId: NonNullable<Attachment["blobId"]> };

export function isHeld(attachment: Attachment): attachment is HeldFile {
  return attachment.blobId !== undefined;
}

interface AttachmentsViewProps {
  attachments: readonly Attachment[];
  /** Those that are still on their way. */
  uploads?: readonly Upload[];
}

const NONE: readonly Upload[] = [];

/** Files that came with a message: pictures, sounds, films, and the rest by name. */
export function AttachmentsView({ attachments, uploads = NONE }: AttachmentsViewProps) {
  const [shown, setShown] = useState<number | null>(null);
  const [preview, setPreview] = useState<HeldFile | null>(null);
  const held = attachments.filter(isHeld);
  const pictures = held.filter((file) => fileKind(file) === "picture");
  const others = attachments.filter((file) => !isHeld(file) || fileKind(file) !== "picture");
  const uploadOf = (file: Attachment) => uploads.find(({ blobId }) => blobId === file.blobId);
  return (
    <div className="attachments-view">
      {pictures.length === 0 ? null : (
        <PictureGrid pictures={pictures} uploadOf={uploadOf} onOpen={setShown} />
      )}
      {others.map((file, index) => {
        const key = file.blobId ?? `${index} ${file.name}`;
        const upload = uploadOf(file);
        const isPlayed = upload === undefined && isHeld(file) && ["sound", "video"].includes(fileKind(file));
        return isPlayed ? (
          <MediaPlayer key={key} file={file} />
        ) : (
          <FileRow key={key} file={file} upload={upload} onPreview={setPreview} />
        );
      })}
      <ErrorBoundary fallback={drawProblem}>
        <Suspense fallback={null}>
          {shown === null ? null : (
            <Lightbox pictures={pictures} start={shown} onClose={() => setShown(null)} />
          )}
          {preview === null ? null : <FilePreview file={preview} onClose={() => setPreview(null)} />}
        </Suspense>
      </ErrorBoundary>
    </div>
  );
}

function drawProblem(problem: Problem) {
  return <ProblemNote problem={problem} />;
}
