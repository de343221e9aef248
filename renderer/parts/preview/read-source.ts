import { LIMITS, ReadRefused } from "./reader/read-answer.ts";

/** What is shown of a text. */
const TEXT_BYTES = 400_000;

export interface Beginning {
  text: string;
  isCut: boolean;
}

/** The beginning of a text; a server that knows no ranges is cut off. @throws ReadRefused */
export async function readBeginning(url: string, signal: AbortSignal): Promise<Beginning> {
  const response = await ask(url, signal, { range: `bytes=0-${TEXT_BYTES - 1}` });
  // Nothing lies within a range of an empty file.
  if (response.status === 416) return { text: "", isCut: false };
  const bytes = await readAtMost(response, TEXT_BYTES + 1);
  const told = Number(/\/(\d+)$/.exec(response.headers.get("content-range") ?? "")?.[1] ?? bytes.length);
  const isCut = Math.max(told, bytes.length) > TEXT_BYTES;
  return { text: decodeText(bytes.subarray(0, TEXT_BYTES), isCut), isCut };
}

/** The whole of a file that is not too large for it. @throws ReadRefused */
export async function readWhole(url: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const response = await ask(url, signal, {});
  if (Number(response.headers.get("content-length") ?? 0) > LIMITS.fileBytes) {
    await response.body?.cancel();
    throw new ReadRefused("tooLarge");
  }
  const bytes = await readAtMost(response, LIMITS.fileBytes + 1);
  if (bytes.length > LIMITS.fileBytes) throw new ReadRefused("tooLarge");
  return bytes;
}

async function ask(url: string, signal: AbortSignal, headers: Record<string, string>): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { signal, headers });
  } catch {
    throw new ReadRefused("unreachable");
  }
  if (!response.ok && response.status !== 416) throw new ReadRefused("unreachable");
  return response;
}

async function readAtMost(response: Response, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  try {
    for await (const chunk of response.body ?? []) {
      chunks.push(new Uint8Array(chunk));
      length += chunk.length;
      if (length >= most) break;
    }
  } catch {
    throw new ReadRefused("unreachable");
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/** UTF-8, UTF-16 with its mark, otherwise the Windows letters that older programs still write. */
function decodeText(bytes: Uint8Array, isCut: boolean): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    // A letter cut in two at the very end is not a sign of another encoding.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: isCut });
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
