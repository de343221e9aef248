/** Content lines of RFC 5545 section 3.1, kept as they came beside what they say. */

export interface Parameter {
  /** Upper case. */
  readonly name: string;
  /** Without quotes, `^` of RFC 6868 undone. */
  readonly values: readonly string[];
}

export interface Property {
  readonly kind: "property";
  /** Upper case; empty for a line that is no property (kept all the same). */
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** Unfolded, still escaped. */
  readonly value: string;
  /** As it stands in the text: folds and line break included. */
  readonly raw: string;
  /** First physical line, from 1. */
  readonly line: number;
}

const MOST_PARAMETERS = 200;
const FOLD_OCTETS = 75;

/** Every line of a text in order, folds joined. Joining their `raw` gives the text again. Linear, never throws. */
export function* readLines(text: string): Generator<Property> {
  let start = 0;
  let line = 1;
  while (start < text.length) {
    let count = 1;
    let end = endOfLine(text, start);
    while (end < text.length && isBlank(text.charCodeAt(end))) {
      end = endOfLine(text, end);
      count += 1;
    }
    yield parseLine(text.slice(start, end), line, count > 1);
    start = end;
    line += count;
  }
}

function endOfLine(text: string, from: number): number {
  const feed = text.indexOf("\n", from);
  return feed < 0 ? text.length : feed + 1;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** One property from its text. */
function parseLine(raw: string, line: number, isFolded: boolean): Property {
  let end = raw.length;
  while (end > 0 && (raw.charCodeAt(end - 1) === 0x0a || raw.charCodeAt(end - 1) === 0x0d)) end -= 1;
  const ended = raw.slice(0, end);
  const text = isFolded ? ended.replaceAll(/\r?\n[ \t]/g, "") : ended;
  const nameLength = /^[\w-]{1,100}(?=[;:])/.exec(text)?.[0].length ?? 0;
  const unreadable: Property = { kind: "property", name: "", parameters: [], value: text, raw, line };
  if (nameLength === 0) return unreadable;
  const name = text.slice(0, nameLength).toUpperCase();
  if (text.charCodeAt(nameLength) === 0x3a) {
    return { kind: "property", name, parameters: [], value: text.slice(nameLength + 1), raw, line };
  }
  const parsed = parseParameters(text, nameLength);
  if (parsed === undefined) return unreadable;
  return {
    kind: "property",
    name,
    parameters: parsed.parameters,
    value: text.slice(parsed.end + 1),
    raw,
    line,
  };
}

const parameterName = /;([\w-]{1,100})=/y;
const parameterValue = /"([^"]*)"|([^";:,]*)/y;

/** @returns undefined where the line cannot be read; `end` is the place of the colon */
function parseParameters(text: string, from: number): { parameters: Parameter[]; end: number } | undefined {
  const parameters: Parameter[] = [];
  let at = from;
  while (text.charCodeAt(at) === 0x3b) {
    parameterName.lastIndex = at;
    const name = parameterName.exec(text)?.[1];
    if (name === undefined || parameters.length >= MOST_PARAMETERS) return undefined;
    at = parameterName.lastIndex;
    const values: string[] = [];
    do {
      if (values.length > 0) at += 1;
      parameterValue.lastIndex = at;
      const found = parameterValue.exec(text);
      values.push(decodeCaret(found?.[1] ?? found?.[2] ?? ""));
      at = parameterValue.lastIndex;
    } while (text.charCodeAt(at) === 0x2c);
    parameters.push({ name: name.toUpperCase(), values });
  }
  return text.charCodeAt(at) === 0x3a ? { parameters, end: at } : undefined;
}

function decodeCaret(value: string): string {
  if (!value.includes("^")) return value;
  return value.replaceAll(/\^[n^']/g, (pair) => (pair === "^n" ? "\n" : pair === "^^" ? "^" : '"'));
}

function encodeParameterValue(value: string): string {
  const safe = value
    .replaceAll("^", "^^")
    .replaceAll(/\r?\n/g, "^n")
    .replaceAll('"', "^'")
    .replaceAll(/\p{Cc}/gu, "");
  return /[;:,]/.test(safe) ? `"${safe}"` : safe;
}

/** Parameters of a property to be written, absent ones left out. */
export type ParameterValues = Readonly<Record<string, string | readonly string[] | undefined>>;

export function parametersFrom(values: ParameterValues): Parameter[] {
  return Object.entries(values).flatMap(([name, given]) => {
    if (given === undefined || given.length === 0) return [];
    return [{ name, values: typeof given === "string" ? [given] : given }];
  });
}

/** A new property, folded at 75 octets. @param value escaped already, as its type wants it */
export function writeProperty(name: string, value: string, parameters: readonly Parameter[] = []): Property {
  const written = parameters.map(
    (each) => `;${each.name}=${each.values.map(encodeParameterValue).join(",")}`,
  );
  const safe = value.replaceAll(/(?!\t)\p{Cc}/gu, "");
  const raw = fold(`${name}${written.join("")}:${safe}`);
  return { kind: "property", name: name.toUpperCase(), parameters, value: safe, raw, line: 0 };
}

/** Never inside a character. */
function fold(line: string): string {
  const pieces: string[] = [];
  let piece = "";
  let octets = 0;
  for (const character of line) {
    const code = character.codePointAt(0) ?? 0;
    const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
    if (octets + size > FOLD_OCTETS) {
      pieces.push(piece);
      piece = "";
      // The blank that begins the next line counts.
      octets = 1;
    }
    piece += character;
    octets += size;
  }
  return `${[...pieces, piece].join("\r\n ")}\r\n`;
}

export function parameterOf(property: Property, name: string): string | undefined {
  return property.parameters.find((each) => each.name === name)?.values[0];
}
