import type { CalendarProblem } from "./problems.ts";
import { calendarProblem } from "./problems.ts";

export const calendarEncodings = ["utf-8", "utf-8-bom", "utf-16le", "utf-16be", "windows-1252"] as const;
export type CalendarEncoding = (typeof calendarEncodings)[number];

export interface DecodedCalendar {
  /** Without the byte order mark. */
  readonly text: string;
  readonly encoding: CalendarEncoding;
  readonly problems: readonly CalendarProblem[];
}

/** RFC 5545 has UTF-8 alone; exports in the wild have the others. Never throws. */
export function decodeCalendar(bytes: Uint8Array): DecodedCalendar {
  const encoding = markedEncoding(bytes);
  if (encoding === "utf-16le" || encoding === "utf-16be") {
    const text = new TextDecoder(encoding, { ignoreBOM: false }).decode(bytes);
    return { text, encoding, problems: [calendarProblem("wrongEncoding", 0, "UTF-16")] };
  }
  const text = strictUtf8(bytes);
  if (text !== undefined) return { text, encoding: encoding ?? "utf-8", problems: [] };
  const joined = strictUtf8(joinSplitCharacters(bytes));
  if (joined !== undefined) {
    return { text: joined, encoding: "utf-8", problems: [calendarProblem("foldedInsideCharacter", 0)] };
  }
  return {
    text: new TextDecoder("windows-1252").decode(bytes),
    encoding: "windows-1252",
    problems: [calendarProblem("wrongEncoding", 0, "Windows-1252")],
  };
}

/** The same bytes again, byte order mark included; letters that the encoding lacks make it UTF-8. */
export function encodeCalendar(text: string, encoding: CalendarEncoding): Uint8Array {
  switch (encoding) {
    case "utf-8":
      return new TextEncoder().encode(text);
    case "utf-8-bom":
      return new TextEncoder().encode(`\uFEFF${text}`);
    case "utf-16le":
    case "utf-16be":
      return encodeUtf16(`\uFEFF${text}`, encoding === "utf-16le");
    case "windows-1252":
      return encodeWindows1252(text) ?? new TextEncoder().encode(text);
  }
}

function markedEncoding(bytes: Uint8Array): CalendarEncoding | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return "utf-8-bom";
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  // Every calendar begins with the B of BEGIN.
  if (first === 0x42 && second === 0) return "utf-16le";
  if (first === 0 && second === 0x42) return "utf-16be";
  return undefined;
}

function strictUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // Says that it is not UTF-8, nothing else.
    return undefined;
  }
}

/** RFC 5545 section 3.1 warns of it: those who fold by the byte fold inside characters. */
function joinSplitCharacters(bytes: Uint8Array): Uint8Array {
  const joined = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const fold = foldLength(bytes, at);
    const isInside =
      fold > 0 && isContinuation(bytes[at + fold]) && length > 0 && (joined[length - 1] ?? 0) >= 0x80;
    if (isInside) at += fold - 1;
    else joined[length++] = bytes[at] ?? 0;
  }
  return joined.subarray(0, length);
}

function foldLength(bytes: Uint8Array, at: number): number {
  const lineBreak = bytes[at] === 0x0d && bytes[at + 1] === 0x0a ? 2 : bytes[at] === 0x0a ? 1 : 0;
  const next = bytes[at + lineBreak];
  return lineBreak > 0 && (next === 0x20 || next === 0x09) ? lineBreak + 1 : 0;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x80 && byte < 0xc0;
}

function encodeUtf16(text: string, isLittle: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at += 1) view.setUint16(at * 2, text.charCodeAt(at), isLittle);
  return bytes;
}

function encodeWindows1252(text: string): Uint8Array | undefined {
  const upper = new TextDecoder("windows-1252").decode(Uint8Array.from({ length: 32 }, (_, at) => 0x80 + at));
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const place = unit < 0x80 || unit > 0x9f ? upper.indexOf(text.charAt(at)) : -1;
    if (unit > 0xff && place < 0) return undefined;
    bytes[at] = place >= 0 ? 0x80 + place : unit;
  }
  return bytes;
}
