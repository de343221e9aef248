/**
 * What a structured clone carries, as JSON, for the way between a page and the shell. This file runs in both, and in the
 * page as text: nothing is imported here.
 */

export const NOT_CLONED = "An object could not be cloned.";

const VIEWS = new Set([
  "Uint8Array",
  "Int8Array",
  "Uint8ClampedArray",
  "Uint16Array",
  "Int16Array",
  "Uint32Array",
  "Int32Array",
  "Float32Array",
  "Float64Array",
  "BigInt64Array",
  "BigUint64Array",
  "DataView",
]);

function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let index = 0; index < bytes.length; index += 8192)
    text += String.fromCharCode(...bytes.subarray(index, index + 8192));
  return btoa(text);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

function tagOf(value: object): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

/** Throws for what a structured clone refuses. */
export function encode(value: unknown): unknown {
  const seen = new Map<object, number>();
  return encodeInto(value, seen);
}

function encodeInto(value: unknown, seen: Map<object, number>): unknown {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (value === undefined) return ["undefined"];
  if (typeof value === "number") {
    return Number.isFinite(value) && !Object.is(value, -0)
      ? value
      : ["number", Object.is(value, -0) ? "-0" : String(value)];
  }
  if (typeof value === "bigint") return ["bigint", String(value)];
  if (typeof value !== "object") throw new Error(NOT_CLONED);
  const earlier = seen.get(value);
  if (earlier !== undefined) return ["seen", earlier];
  seen.set(value, seen.size);
  return encodeObject(value, seen);
}

function encodeObject(value: object, seen: Map<object, number>): unknown {
  const each = (one: unknown): unknown => encodeInto(one, seen);
  if (Array.isArray(value)) return ["array", value.map(each)];
  if (value instanceof Date) return ["date", value.getTime()];
  if (value instanceof RegExp) return ["regexp", value.source, value.flags];
  if (value instanceof Map) return ["map", [...value].map(([key, one]) => [each(key), each(one)])];
  if (value instanceof Set) return ["set", [...value].map(each)];
  if (value instanceof Error) return ["error", value.name, value.message, value.stack ?? ""];
  if (value instanceof ArrayBuffer) return ["buffer", toBase64(new Uint8Array(value))];
  if (ArrayBuffer.isView(value)) {
    const tag = tagOf(value);
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    return ["view", VIEWS.has(tag) ? tag : "Uint8Array", toBase64(bytes)];
  }
  if (tagOf(value) !== "Object") throw new Error(NOT_CLONED);
  return ["object", Object.entries(value).map(([key, one]) => [key, each(one)])];
}

export function decode(value: unknown): unknown {
  const seen: unknown[] = [];
  return decodeInto(value, seen);
}

function decodeInto(value: unknown, seen: unknown[]): unknown {
  if (!Array.isArray(value)) return value;
  const [tag, first, second, third]: unknown[] = value;
  const text = String(first);
  if (tag === "undefined") return undefined;
  if (tag === "number") return Number(text);
  if (tag === "bigint") return BigInt(text);
  if (tag === "seen") return seen[Number(first)];
  if (tag === "date") return keep(new Date(Number(first)), seen);
  if (tag === "regexp") return keep(new RegExp(text, String(second)), seen);
  if (tag === "buffer") return keep(fromBase64(text).buffer, seen);
  if (tag === "view") return keep(viewOf(text, fromBase64(String(second)).buffer), seen);
  if (tag === "error") return keep(errorOf(text, String(second), String(third)), seen);
  return decodeContainer(String(tag), Array.isArray(first) ? first : [], seen);
}

function keep<T>(value: T, seen: unknown[]): T {
  seen.push(value);
  return value;
}

function errorOf(name: string, message: string, stack: string): Error {
  const error = new Error(message);
  error.name = name;
  error.stack = stack;
  return error;
}

function viewOf(name: string, buffer: ArrayBuffer): unknown {
  const constructors: Record<string, new (buffer: ArrayBuffer) => unknown> = {
    Uint8Array,
    Int8Array,
    Uint8ClampedArray,
    Uint16Array,
    Int16Array,
    Uint32Array,
    Int32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
    DataView,
  };
  return new (constructors[name] ?? Uint8Array)(buffer);
}

function decodeContainer(tag: string, parts: unknown[], seen: unknown[]): unknown {
  const pairs = (): [unknown, unknown][] =>
    parts.map((part) => (Array.isArray(part) ? [part[0], part[1]] : [undefined, undefined]));
  if (tag === "array") {
    const array = keep<unknown[]>([], seen);
    for (const part of parts) array.push(decodeInto(part, seen));
    return array;
  }
  if (tag === "set") {
    const set = keep(new Set<unknown>(), seen);
    for (const part of parts) set.add(decodeInto(part, seen));
    return set;
  }
  if (tag === "map") {
    const map = keep(new Map<unknown, unknown>(), seen);
    for (const [key, one] of pairs()) map.set(decodeInto(key, seen), decodeInto(one, seen));
    return map;
  }
  const record = keep<Record<string, unknown>>({}, seen);
  for (const [key, one] of pairs()) record[String(key)] = decodeInto(one, seen);
  return record;
}
