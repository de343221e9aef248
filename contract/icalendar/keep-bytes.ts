import type { Component, Node } from "./component.ts";
import { componentsOf, newComponent, propertyOf, textOf, withChildren } from "./component.ts";
import { writeProperty } from "./content-line.ts";
import { uidOf } from "./event.ts";
import type { ParsedCalendar } from "./parse-calendar.ts";
import type { CalendarObject } from "./series.ts";
import { encodeCalendar } from "./text-encoding.ts";

/**
 * What was received goes back byte for byte: components carry their own text, so that an edit of one leaves all others and
 * every unknown line as they came.
 */

const PRODUCT = "-//Parvis//Parvis//FR";

/** The text with an object replaced (added when its UID is new); `undefined` as components takes it away. */
export function withObject(
  nodes: readonly Node[],
  kind: CalendarObject["kind"],
  uid: string,
  components: readonly Component[],
): readonly Node[] {
  const left = [...components];
  let isPlaced = false;
  const isOurs = isOf(kind, uid);
  const replaced = nodes.map((node) => {
    if (node.kind !== "component" || node.name !== "VCALENDAR") return node;
    if (isPlaced || !node.children.some(isOurs)) return node;
    isPlaced = true;
    return withChildren(node, placed(node.children, isOurs, left));
  });
  if (isPlaced || left.length === 0) return replaced;
  const at = replaced.findIndex((node) => node.kind === "component" && node.name === "VCALENDAR");
  const calendar = replaced[at];
  if (calendar?.kind !== "component") return [newCalendar(left)];
  return replaced.with(at, withChildren(calendar, [...calendar.children, ...left]));
}

function isOf(kind: string, uid: string): (node: Node) => node is Component {
  return (node): node is Component => node.kind === "component" && node.name === kind && uidOf(node) === uid;
}

/** Each where its former one stood, known by the time that it stands for; new ones after the last. */
function placed(
  children: readonly Node[],
  isOurs: (node: Node) => node is Component,
  left: Component[],
): readonly Node[] {
  const result: Node[] = [];
  let last = -1;
  for (const child of children) {
    if (!isOurs(child)) {
      result.push(child);
      continue;
    }
    const at = left.findIndex((each) => originalText(each) === originalText(child));
    const [twin] = at < 0 ? [] : left.splice(at, 1);
    if (twin !== undefined) result.push(twin);
    last = result.length;
  }
  result.splice(last, 0, ...left);
  return result;
}

function originalText(component: Component): string {
  return propertyOf(component, "RECURRENCE-ID")?.value.trim() ?? "";
}

/** A calendar from nothing, as one resource of CalDAV holds it. */
export function newCalendar(children: readonly Node[], method?: string): Component {
  return newComponent("VCALENDAR", [
    writeProperty("VERSION", "2.0"),
    writeProperty("PRODID", PRODUCT),
    writeProperty("CALSCALE", "GREGORIAN"),
    ...(method === undefined ? [] : [writeProperty("METHOD", method)]),
    ...children,
  ]);
}

/**
 * One object as a resource of its own (RFC 4791 section 4.1): its components and the zones that they name, each with its
 * text.
 */
export function objectNodes(calendar: ParsedCalendar, object: CalendarObject): readonly Node[] {
  const components = object.master === undefined ? object.overrides : [object.master, ...object.overrides];
  const named = new Set(components.flatMap(zonesNamed));
  const explained = componentsOf({ children: calendar.nodes }, "VCALENDAR").flatMap((each) =>
    componentsOf(each, "VTIMEZONE"),
  );
  const zones = explained.filter((each) => named.has(propertyOf(each, "TZID")?.value ?? ""));
  return [newCalendar([...zones, ...components])];
}

/** TZIDs as they stand in a component and what is in it. */
export function zonesNamed(component: Component): string[] {
  return component.children.flatMap((node) => {
    if (node.kind === "component") return zonesNamed(node);
    return node.parameters.filter(({ name }) => name === "TZID").flatMap(({ values }) => values);
  });
}

/** The bytes of a calendar in the encoding in which it came. */
export function bytesOf(calendar: Pick<ParsedCalendar, "nodes" | "encoding">): Uint8Array {
  return encodeCalendar(textOf(calendar.nodes), calendar.encoding);
}
