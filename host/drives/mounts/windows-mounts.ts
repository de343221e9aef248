import { z } from "zod";
import type { Mounted } from "./mounted.ts";

const mappingSchema = z.object({
  /** `Z:`; empty or null: without a letter. */
  LocalPath: z.string().nullish(),
  RemotePath: z.string(),
});
const mappingsSchema = z.union([z.array(mappingSchema), mappingSchema.transform((one) => [one])]);

/** Of `Get-SmbMapping | Select-Object LocalPath,RemotePath | ConvertTo-Json`: one stands alone, none is empty. */
export function parseSmbMappings(text: string): Mounted[] {
  const json = text.replace(/^\uFEFF/, "").trim();
  if (json === "") return [];
  return mappingsSchema.parse(JSON.parse(json)).map(({ LocalPath: letter, RemotePath: share }) => ({
    folder: letter === null || letter === undefined || letter === "" ? share : `${letter}\\`,
    share,
    protocol: /^\\\\[^\\]+@(SSL|\d+)|\\DavWWWRoot\\/i.test(share) ? ("webdav" as const) : ("smb" as const),
  }));
}
