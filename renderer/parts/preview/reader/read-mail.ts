import { LIMITS, ReadRefused, type MailHead, type ReadAnswer } from "./read-answer.ts";

const HEAD = ["from", "to", "cc", "date", "subject"] as const;
const DEEPEST = 12;
const MOST_PARTS = 200;

interface Found {
  plain: string;
  html: string;
  attachments: string[];
  parts: number;
}

/** A mail in a file (RFC 5322, RFC 2045 to 2047): who, when, about what, its words, the names of what is attached. */
export function readMail(bytes: Uint8Array): ReadAnswer {
  if (bytes.length === 0) throw new ReadRefused("empty");
  // One letter a byte: what each part is written in is known only when it is reached.
  const raw = binary(bytes);
  const { headers, body } = split(raw);
  if (!headers.has("from") && !headers.has("subject") && !headers.has("received"))
    throw new ReadRefused("damaged");
  const head: MailHead[] = HEAD.flatMap((name) => {
    const value = headers.get(name);
    return value === undefined ? [] : [{ name, value: decodeWords(value).slice(0, 2000) }];
  });
  const found: Found = { plain: "", html: "", attachments: [], parts: 0 };
  walk(headers, body, found, 0);
  const text = found.plain.trim() === "" ? withoutTags(found.html) : found.plain.trim();
  const isCut = text.length > LIMITS.letters;
  return { kind: "mail", head, text: text.slice(0, LIMITS.letters), attachments: found.attachments, isCut };
}

type Headers = ReadonlyMap<string, string>;

function split(raw: string): { headers: Headers; body: string } {
  const end = /\r?\n\r?\n/.exec(raw);
  const top = end === null ? raw : raw.slice(0, end.index);
  const headers = new Map<string, string>();
  for (const line of top.replaceAll(/\r?\n[ \t]+/g, " ").split(/\r?\n/)) {
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(0, colon)).trim().toLowerCase();
    if (name !== "" && !headers.has(name)) headers.set(name, line.slice(colon + 1).trim());
  }
  return { headers, body: end === null ? "" : raw.slice(end.index + end[0].length) };
}

function walk(headers: Headers, body: string, found: Found, depth: number): void {
  found.parts += 1;
  if (depth > DEEPEST || found.parts > MOST_PARTS) return;
  const type = headers.get("content-type") ?? "text/plain";
  const boundary = parameter(type, "boundary");
  if (/^multipart\//i.test(type) && boundary !== "") {
    for (const part of body.split(`--${boundary}`).slice(1, MOST_PARTS)) {
      if (part.startsWith("--")) break;
      const inner = split(part.replace(/^[ \t]*\r?\n/, ""));
      walk(inner.headers, inner.body, found, depth + 1);
    }
    return;
  }
  const disposition = headers.get("content-disposition") ?? "";
  const name = decodeWords(parameter(disposition, "filename") || parameter(type, "name"));
  if (/^attachment/i.test(disposition) || name !== "" || !/^text\//i.test(type)) {
    found.attachments.push((name === "" ? type.split(";", 1)[0] : name)?.slice(0, 300) ?? "");
    return;
  }
  const text = decodeText(decodeBody(body, headers), parameter(type, "charset"));
  if (/^text\/html/i.test(type)) found.html ||= text;
  else found.plain ||= text;
}

function parameter(value: string, name: string): string {
  const found = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^;\\s]*))`, "i").exec(value);
  if (found !== null) return found[1] ?? found[2] ?? "";
  const extended = new RegExp(`;\\s*${name}\\*\\s*=\\s*[^']*'[^']*'([^;\\s]*)`, "i").exec(value);
  return extended?.[1] === undefined ? "" : decodeText(percent(extended[1]), "utf-8");
}

function decodeBody(body: string, headers: Headers): string {
  const coding = (headers.get("content-transfer-encoding") ?? "").trim().toLowerCase();
  if (coding === "base64") return base64(body);
  return coding === "quoted-printable" ? quoted(body.replaceAll(/=[ \t]*\r?\n/g, "")) : body;
}

/** `=?utf-8?Q?R=C3=A9union?=` */
function decodeWords(value: string): string {
  return decodeText(value, "utf-8").replaceAll(
    /=\?([^?]+)\?([bq])\?([^?]*)\?=(?:\s+(?==\?))?/gi,
    (_whole: string, charset: string, coding: string, text: string) => {
      const bytes = coding.toLowerCase() === "b" ? base64(text) : quoted(text.replaceAll("_", " "));
      return decodeText(bytes, charset);
    },
  );
}

function base64(text: string): string {
  try {
    return atob(text.replaceAll(/[^A-Za-z0-9+/]/g, ""));
  } catch {
    return "";
  }
}

function quoted(text: string): string {
  return text.replaceAll(/=([0-9A-F]{2})/gi, (_whole: string, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
}

function percent(text: string): string {
  return text.replaceAll(/%([0-9A-F]{2})/gi, (_whole: string, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
}

function decodeText(raw: string, charset: string): string {
  const bytes = Uint8Array.from(raw, (letter) => letter.charCodeAt(0) & 0xff);
  try {
    return new TextDecoder(charset === "" ? "utf-8" : charset).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

function binary(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += 8192) {
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  }
  return pieces.join("");
}

/** Words alone, for a mail that has no plain text. It is shown as text: what remains of tags is only ugly. */
function withoutTags(html: string): string {
  return html
    .slice(0, 2_000_000)
    .replaceAll(/<(script|style|head)\b[^>]*>[\s\S]*?<\/\1\s*>/gi, "")
    .replaceAll(/<(?:br|\/p|\/div|\/tr|\/li|\/h[1-6])\b[^>]*>/gi, "\n")
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll("&nbsp;", " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&")
    .replaceAll(/\n\s*\n\s*\n/g, "\n\n")
    .trim();
}
