import { buffer } from "node:stream/consumers";
import type { Diagnostics } from "#contract/desktop/diagnostics.ts";

/** Exactly the files that were shown, as one. */
export async function exportDiagnostics(
  { files }: Diagnostics,
  nowMs: number,
): Promise<{ fileName: string; content: string }> {
  // Seldom wanted, and not for nothing.
  const { ZipFile } = await import("yazl");
  const zip = new ZipFile();
  for (const { name, text } of files) zip.addBuffer(Buffer.from(text), name, { mtime: new Date(nowMs) });
  zip.end();
  const day = new Date(nowMs).toISOString().slice(0, 10);
  const bytes = await buffer(zip.outputStream);
  return { fileName: `parvis-diagnostics-${day}.zip`, content: bytes.toString("base64") };
}
