import { useState } from "react";
import { FileTrigger } from "react-aria-components/FileTrigger";
import { blobIdSchema, createId, type BlobId } from "#contract/ids.ts";
import type { Problem } from "#contract/problem.ts";
import type { Scope } from "#contract/scope.ts";
import type { Upload } from "#contract/views/message-view.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useLiveQuery, useWorker } from "#renderer/kit/worker-context.tsx";
import { useBlobUrl } from "#renderer/ui/avatar.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { FieldGroup } from "#renderer/ui/form.tsx";
import { ProblemNote } from "#renderer/ui/note.tsx";

export interface CoverUpload {
  /** Something is on its way: the space cannot name it yet. */
  isBusy: boolean;
  upload: Upload | undefined;
  problem: Problem | null;
  choose: (file: File) => void;
  cancel: () => void;
}

/** Sends a picture into the scope; the form names it once it is there. */
export function useCoverUpload(scope: Scope, onChosen: (blobId: BlobId | undefined) => void): CoverUpload {
  const client = useWorker();
  const { items } = useLiveQuery("uploads", { scope });
  const [blobId, setBlobId] = useState<BlobId | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const upload = items.find((item) => item.blobId === blobId);
  const choose = async (file: File) => {
    const made = blobIdSchema.parse(createId());
    setProblem(null);
    setBlobId(made);
    onChosen(made);
    const result = await client.call("upload.add", {
      scope,
      file,
      name: file.name,
      mediaType: file.type,
      blobId: made,
    });
    if (result.ok) return;
    setProblem(result.error);
    setBlobId(null);
    onChosen(undefined);
  };
  const cancel = () => {
    if (blobId !== null) void client.call("upload.cancel", { blobId });
    setBlobId(null);
    onChosen(undefined);
  };
  const isBusy = upload !== undefined && upload.state !== "done";
  return { isBusy, upload, problem, choose: (file) => void choose(file), cancel };
}

interface CoverFieldProps {
  cover: BlobId | undefined;
  upload: CoverUpload;
  onRemove: () => void;
}

export function CoverField({ cover, upload, onRemove }: CoverFieldProps) {
  const { t } = useTranslation();
  const blobUrl = useBlobUrl();
  const { isBusy } = upload;
  const choose = (files: FileList | null) => {
    const file = files?.[0];
    if (file !== undefined) upload.choose(file);
  };
  return (
    <FieldGroup label={t("community.cover.label")} hint={t("community.cover.hint")}>
      {cover === undefined || isBusy ? null : (
        <img className="cover-preview" src={blobUrl(cover)} alt={t("community.cover.now")} />
      )}
      <div className="page-form__actions">
        <FileTrigger
          acceptedFileTypes={["image/png", "image/jpeg", "image/webp", "image/gif"]}
          onSelect={choose}
        >
          <Button isDisabled={isBusy}>{t("community.cover.choose")}</Button>
        </FileTrigger>
        {cover === undefined || isBusy ? null : (
          <Button tone="link" onPress={onRemove}>
            {t("community.cover.remove")}
          </Button>
        )}
      </div>
      <CoverProgress upload={upload} />
      {upload.problem === null ? null : <ProblemNote problem={upload.problem} />}
    </FieldGroup>
  );
}

function CoverProgress({ upload: { upload, isBusy, cancel } }: { upload: CoverUpload }) {
  const { t } = useTranslation();
  if (upload === undefined || !isBusy) return null;
  return (
    <div className="page-form__actions">
      <progress
        className="progress"
        value={upload.sentBytes}
        max={upload.sizeBytes}
        aria-label={t("community.cover.sending")}
      />
      {upload.problem === null ? null : <ProblemNote problem={upload.problem} />}
      <Button onPress={cancel}>{t("action.cancel")}</Button>
    </div>
  );
}
