import { DriveError } from "../drive-error.ts";
import type { ReadOptions } from "../drive.ts";
import { announcedHash } from "./content-hash.ts";
import type { DavAnswer, DavClient } from "./dav-client.ts";
import { sizeOf } from "./dav-entry.ts";

export interface Body {
  first: number;
  sizeBytes: number | null;
  stream: ReadableStream<Uint8Array>;
}

/** The header for a part; the whole file otherwise. */
export function rangeHeader({ range }: ReadOptions): Record<string, string> {
  return range === undefined ? {} : { range: `bytes=${range.first}-${range.last ?? ""}` };
}

/** The whole size of the file that an answer is about. */
export function wholeSize({ status, headers }: Pick<DavAnswer, "status" | "headers">): number | null {
  if (status === 206) return sizeOf(/\/(\d+)$/.exec(headers.get("content-range") ?? "")?.[1] ?? "");
  return isEncoded(headers) ? null : sizeOf(headers.get("content-length") ?? "");
}

/** The bytes that were wanted of an answer, whether the server knows parts or not. @throws DriveError damaged */
export function bodyOf(client: DavClient, answer: DavAnswer, { range }: ReadOptions): Body {
  const { headers, status } = answer;
  const said = status === 206 ? rangeSaid(headers) : undefined;
  if (status === 206 && said?.first !== range?.first)
    throw new DriveError("damaged", { title: "The server sent another part of the file" });
  // `fetch` has unpacked it, and nobody says how long that is.
  const sizeBytes = isEncoded(headers) ? null : sizeOf(headers.get("content-length") ?? "");
  if (said !== undefined && sizeBytes !== null && sizeBytes !== said.last - said.first + 1)
    throw new DriveError("damaged", { title: "The server says two lengths of one part" });
  const stream = client.stream(answer, {
    sizeBytes: said === undefined ? sizeBytes : said.last - said.first + 1,
    hash: isEncoded(headers) ? undefined : announcedHash(headers, status === 200),
  });
  if (status === 206 || range === undefined) return { first: range?.first ?? 0, sizeBytes, stream };
  const end = range.last === undefined ? Infinity : range.last + 1;
  const cutSize = sizeBytes === null ? null : Math.max(0, Math.min(sizeBytes, end) - range.first);
  return { first: range.first, sizeBytes: cutSize, stream: cut(stream, range.first, end) };
}

/** An answer to a part that begins behind the end of the file. */
export function nothing(first: number): Body {
  return { first, sizeBytes: 0, stream: new ReadableStream({ start: (controller) => controller.close() }) };
}

function isEncoded(headers: Headers): boolean {
  return !["", "identity"].includes((headers.get("content-encoding") ?? "").trim().toLowerCase());
}

function rangeSaid(headers: Headers): { first: number; last: number } | undefined {
  const match = /^bytes\s+(\d{1,15})-(\d{1,15})\/(?:\d+|\*)$/i.exec(headers.get("content-range") ?? "");
  return match === null ? undefined : { first: Number(match[1]), last: Number(match[2]) };
}

/** Only the bytes from `first` to before `end`: the rest is not fetched. */
function cut(whole: ReadableStream<Uint8Array>, first: number, end: number): ReadableStream<Uint8Array> {
  const reader = whole.getReader();
  let at = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        while (at < end) {
          const { done, value } = await reader.read();
          if (done) break;
          const part = value.subarray(Math.max(0, first - at), Math.max(0, end - at));
          at += value.byteLength;
          if (part.byteLength === 0) continue;
          controller.enqueue(part);
          return;
        }
        controller.close();
        await reader.cancel();
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
