import { z } from "zod";
import { blobIdSchema } from "./ids.ts";
import { scopeSchema } from "./scope.ts";

/**
 * `PUT /v1/blobs/{id}?scope=&name=`: the whole file, or a part with `Content-Range: bytes FIRST-LAST/TOTAL`. Parts come
 * in order; a part sent again is accepted. `Content-Type` is the file's. `Repr-Digest: sha-256=:BASE64:` (RFC 9530) on
 * the last part is verified. Answers BlobState: 200 when complete, 202 when more is awaited, 409 with the expected offset
 * in `receivedBytes` when a part does not join on.
 *
 * `HEAD /v1/blobs/{id}`: `Upload-Offset` (bytes received), `Upload-Complete: ?1|?0`.
 * `GET /v1/blobs/{id}`: the file; `Range` (one range, RFC 9110 section 14), `ETag` is the hash.
 */
export const blobStateSchema = z.looseObject({
  id: blobIdSchema,
  scope: scopeSchema,
  name: z.string(),
  mediaType: z.string(),
  sizeBytes: z.int().nonnegative(),
  receivedBytes: z.int().nonnegative(),
  isComplete: z.boolean(),
  /** Lower-case hexadecimal SHA-256, once complete. */
  sha256: z.string().optional(),
});
export type BlobState = z.infer<typeof blobStateSchema>;

export const blobQuerySchema = z.object({
  scope: scopeSchema,
  name: z.string().min(1).max(500).default("file"),
});
