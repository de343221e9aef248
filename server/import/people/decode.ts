import iconv from "iconv-lite";
import { AppError } from "#contract/problem.ts";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/** Text of a file saved by whichever spreadsheet: by its byte order mark, else UTF-8 if it is that, else Windows-1252. */
export function decodeText(bytes: Uint8Array): { text: string; encoding: Encoding } {
  const encoding = guessEncoding(bytes);
  const text = iconv.decode(Buffer.from(bytes), encoding, { stripBOM: true });
  return { text, encoding };
}

function guessEncoding(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const sample = bytes.subarray(0, 4000);
  const zeros = [0, 0];
  for (const [index, byte] of sample.entries())
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  // without a mark, every second byte of Latin text in UTF-16 is zero
  if (odd > sample.length / 4) return "utf-16le";
  if (even > sample.length / 4) return "utf-16be";
  return isUtf8(bytes) ? "utf-8" : "windows-1252";
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

const MAX_BYTES = 100 * 1024 * 1024;

/** @throws AppError tooLarge */
export function requireReasonable(sizeBytes: number): void {
  if (sizeBytes <= MAX_BYTES) return;
  throw new AppError("tooLarge", { title: "The list is too large", detail: `at most ${MAX_BYTES} bytes` });
}
