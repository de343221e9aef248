import type { Upload } from "#contract/views/message-view.ts";
import type { Scope } from "#contract/scope.ts";

/** Pseudo-stream of files on their way; its keys are blob ids. */
export const UPLOAD_STREAM = "*/upload";

/** How each file on its way stands, as views see it. */
export class UploadStates {
  readonly #states = new Map<string, { scope: Scope; upload: Upload }>();

  get(blobId: string): Upload | undefined {
    return this.#states.get(blobId)?.upload;
  }

  /** Those on their way to one scope, or to all. */
  all(scope?: Scope): Upload[] {
    return [...this.#states.values()]
      .filter((each) => scope === undefined || each.scope === scope)
      .map((each) => each.upload);
  }

  set(scope: Scope, upload: Upload): void {
    this.#states.set(upload.blobId, { scope, upload });
  }

  delete(blobId: string): void {
    this.#states.delete(blobId);
  }

  clear(): void {
    this.#states.clear();
  }
}
