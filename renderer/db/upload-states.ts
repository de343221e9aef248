import type { Upload } from "#contract/views/message-view.ts";
import type { Scope } from "#contract/scope.ts";

/** Pseudo-stream of files on their way; its keys are blob ids. */
export const UPLOAD_STREAM = "*/upload";

/** Those that have arrived are remembered for the views that followed them: so many at most. */
const DONE_KEPT = 50;

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
    if (upload.state === "done") this.#forgetOldDone();
  }

  /** Ids of files that the server does not have whole. */
  unfinished(): Set<string> {
    const ids = new Set<string>();
    for (const [id, { upload }] of this.#states) if (upload.state !== "done") ids.add(id);
    return ids;
  }

  delete(blobId: string): void {
    this.#states.delete(blobId);
  }

  clear(): void {
    this.#states.clear();
  }

  #forgetOldDone(): void {
    const done = [...this.#states].filter(([, { upload }]) => upload.state === "done");
    for (const [id] of done.slice(0, Math.max(0, done.length - DONE_KEPT))) this.#states.delete(id);
  }
}
