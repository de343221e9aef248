import { orderKeySchema } from "#contract/entities/task.ts";
import { parseWall } from "#contract/icalendar/calendar-time.ts";
import { valueOf, withValue, type Component } from "#contract/icalendar/component.ts";

/**
 * Where a VTODO stands in its list. Other programs write a whole number (X-APPLE-SORT-ORDER; without it the second in which it
 * was made, counted from 2001); keys here always have room between two. A key that this number alone would not give
 * back is written beside it, and counts as long as nobody changes the number.
 */

const NUMBER = "X-APPLE-SORT-ORDER";
const KEY = "X-PARVIS-ORDER";
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const PLACES = 6;
const MOST = DIGITS.length ** PLACES - 1;
const APPLE_MS = Date.UTC(2001, 0, 1);

export function orderOf(component: Component): string {
  const written = valueOf(component, NUMBER)?.trim() ?? "";
  const number = /^[+-]?\d{1,12}$/.test(written) ? Number(written) : undefined;
  const key = orderKeySchema.safeParse(valueOf(component, KEY)?.trim()).data;
  if (key !== undefined && (number === undefined || numberOf(key) === number)) return key;
  const madeMs = parseWall(valueOf(component, "CREATED") ?? "")?.wallMs ?? APPLE_MS;
  return keyOf(number ?? Math.max(0, Math.floor((madeMs - APPLE_MS) / 1000)));
}

/** What stands there already keeps its text. */
export function withOrder(component: Component, key: string): Component {
  if (orderOf(component) === key) return component;
  const number = numberOf(key);
  const numbered = withValue(component, NUMBER, String(number));
  return withValue(numbered, KEY, keyOf(number) === key ? undefined : key);
}

/** A key of six digits: `f` for what is not below nought, `U` for what is (package fractional-indexing). */
function keyOf(number: number): string {
  const held = Math.min(Math.max(number, -MOST), MOST);
  let [rest, digits] = [held < 0 ? MOST + 1 + held : held, ""];
  for (let place = 0; place < PLACES; place += 1) {
    digits = `${DIGITS.charAt(rest % DIGITS.length)}${digits}`;
    rest = Math.floor(rest / DIGITS.length);
  }
  return `${held < 0 ? "U" : "f"}${digits}`;
}

/** Of the whole part of a key. */
function numberOf(key: string): number {
  const head = key.charCodeAt(0);
  const isBelow = head < 97;
  const digits = key.slice(1, isBelow ? 92 - head : head - 95);
  let number = 0;
  for (const digit of digits) number = number * DIGITS.length + DIGITS.indexOf(digit);
  const whole = isBelow ? number - DIGITS.length ** digits.length : number;
  return Math.min(Math.max(whole, -MOST), MOST);
}
