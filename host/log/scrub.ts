/**
 * What a log may keep of a text. Everything written to a log goes through here, so that no caller has to think of it:
 * secrets by their shape or by being known, people by their addresses and folders, content by standing in quotes, addresses
 * reduced to where and which kind of thing.
 */

const GONE = "…";

/** Names of fields whose value is a secret, or content of a workplace. */
const SECRET_NAME =
  /pass(word|wd|phrase)?$|pwd|secret|token|cookie|authori[sz]ation|credential|api[-_]?key|assertion|verifier|nonce|^(code|state|key|session|jwt|pin|otp)$|(private|session|cache)[-_]?key/i;
const CONTENT_NAME =
  /^(text|body|content|subject|topic|comment|message_?text|display_?name|user_?name|mail|e-?mail|first_?name|last_?name|title|query)$/i;

export function isScrubbedName(name: string): boolean {
  return SECRET_NAME.test(name) || CONTENT_NAME.test(name);
}

/** Headers and other whole rests of a line. */
const HEADER =
  /\b((?:proxy-)?authorization|(?:set-)?cookie|x-[\w-]*(?:token|key|auth)[\w-]*)(["']?\s*[:=]\s*)[^\r\n]+/gi;
const SCHEME = /\b(bearer|basic|negotiate|ntlm|digest)\s+[^\s"',;]+/gi;
const JWT = /\beyJ[\w-]{4,}(?:\.[\w-]*){1,4}/g;
const PEM = /-----BEGIN [A-Z ]+-----[\s\S]*?(?:-----END [A-Z ]+-----|$)/g;
const NAMED =
  /(["']?)\b([\w.-]*(?:pass(?:word|wd|phrase)|pwd|secret|token|credential|api[-_]?key|assertion|verifier|nonce|session)[\w-]*|code|state|pin|otp|key)\1(\s*[:=]\s*)(?:"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|[^\s,;&)}\]]+)/gi;
const ADDRESS = /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'<>«»“”]+/gi;
const MAIL = /[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*/gu;
const HOME = /(\/home\/|\/Users\/|[A-Za-z]:\\+(?:Users|Utilisateurs)\\+)[^\s/\\"':;,]+/g;
const JSON_ERROR = /("|')[\s\S]*\1(\.\.\.)? is not valid JSON/g;
const UNEXPECTED = /Unexpected token .{1,8}?(?=,| in JSON|$)/gu;
/** Between quotes, anything but a plain identifier is somebody's words. */
const QUOTED = /"([^"\n]*)"|“([^”\n]*)”|«([^»\n]*)»|`([^`\n]*)`/g;
const IDENTIFIER = /^\s*[\w.:/@-]{0,60}\s*$/;
const LONG = /[\w+-]{20,}={0,2}|[A-Za-z0-9+/]{40,}={0,2}/g;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export interface Scrubber {
  /** From now on this very text is taken out, also as it looks in addresses, JSON and Basic authentication. */
  learn: (secret: string) => void;
  text: (text: string) => string;
}

/** Shorter ones are parts of ordinary words. */
const SHORTEST_SECRET = 4;
const MAX_SECRETS = 500;

export function createScrubber(): Scrubber {
  const known = new Set<string>();
  return {
    learn(secret) {
      if (secret.length < SHORTEST_SECRET) return;
      for (const form of formsOf(secret)) {
        // The newest stay: those of long ago no longer open anything.
        known.delete(form);
        known.add(form);
      }
      for (const form of known) {
        if (known.size <= MAX_SECRETS) break;
        known.delete(form);
      }
    },
    text(text) {
      let clean = text;
      // The longest first: one may be the beginning of another.
      for (const secret of [...known].toSorted((a, b) => b.length - a.length))
        clean = clean.replaceAll(secret, GONE);
      return scrubShapes(clean);
    },
  };
}

function formsOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const bytes = Buffer.from(secret);
  const forms = [
    secret,
    json,
    encodeURIComponent(secret),
    bytes.toString("base64"),
    bytes.toString("base64url"),
    bytes.toString("hex"),
  ];
  return [...new Set([...forms, new URLSearchParams({ a: secret }).toString().slice(2)])];
}

function scrubShapes(text: string): string {
  return text
    .replace(PEM, GONE)
    .replace(HEADER, `$1$2${GONE}`)
    .replace(SCHEME, `$1 ${GONE}`)
    .replace(JWT, GONE)
    .replace(ADDRESS, shortAddress)
    .replace(NAMED, `$1$2$1$3${GONE}`)
    .replace(MAIL, GONE)
    .replace(HOME, `$1${GONE}`)
    .replace(JSON_ERROR, `${GONE} is not valid JSON`)
    .replace(UNEXPECTED, `Unexpected token ${GONE}`)
    .replace(QUOTED, (whole, ...inner) => (isIdentifier(inner) ? whole : `“${GONE}”`))
    .replace(LONG, (word) => (isRandom(word) ? GONE : word));
}

function isIdentifier(groups: readonly unknown[]): boolean {
  const words = groups.slice(0, 4).find((group) => typeof group === "string");
  return typeof words === "string" && IDENTIFIER.test(words);
}

/** Names in code and error codes are long as well, but of one kind of letters. */
function isRandom(word: string): boolean {
  if (UUID.test(word)) return false;
  return /\d/.test(word) || (/[a-z]/.test(word) && /[A-Z]/.test(word));
}

/** Origin and the kind of path: `https://parvis.example.org/v1/blobs/:id`. Nothing of the query. */
function shortAddress(text: string): string {
  const url = URL.parse(text);
  if (url === null) return GONE;
  const origin = url.host === "" ? url.protocol : `${url.protocol}//${url.host}`;
  // A place in the code: its last two folders say enough, and nothing of whose machine it is.
  if (url.protocol === "file:") return placeInCode(url.pathname);
  if (url.pathname === "" || url.pathname === "/") return `${origin}/`;
  const line = /:\d+(?::\d+)?\)?$/.exec(url.pathname)?.[0] ?? "";
  const path = url.pathname.slice(0, url.pathname.length - line.length);
  return `${origin}${path.split("/").map(shortSegment).join("/")}${line}`;
}

function placeInCode(path: string): string {
  const parts = path.split("/");
  const isCode = /\.[cm]?[jt]s(?::\d+){0,2}\)?$/.test(path) && parts.length > 5;
  return isCode ? `file:${parts.slice(-2).join("/")}` : "file:/";
}

function shortSegment(segment: string): string {
  const isPlain = /^[a-z][a-z0-9._-]{0,19}$/i.test(segment) && !/\d{4,}/.test(segment);
  return segment === "" || isPlain ? segment : ":id";
}
