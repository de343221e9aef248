import type { Component, Node } from "./component.ts";
import { withChildren } from "./component.ts";
import type { Property } from "./content-line.ts";
import { parameterOf, parametersFrom, writeProperty } from "./content-line.ts";
import { escapeText, unescapeText } from "./text-value.ts";

/** STRUCTURED-DATA of RFC 9073 section 6.6: data that no property of its own has, in an object of the calendar. */

const NAME = "STRUCTURED-DATA";

export interface DataKind {
  /** FMTTYPE. */
  readonly type: string;
  /** SCHEMA: an address that names what it is, nothing to be fetched. */
  readonly schema: string;
}

function isOf({ schema }: DataKind) {
  return (node: Node): node is Property =>
    node.kind === "property" && node.name === NAME && parameterOf(node, "SCHEMA") === schema;
}

/** The text of the first of its kind; null where it is not written as text (BINARY, URI). */
export function structuredText(component: Component, kind: DataKind): string | null | undefined {
  const found = component.children.find(isOf(kind));
  if (found === undefined) return undefined;
  return parameterOf(found, "VALUE")?.toUpperCase() === "TEXT" ? unescapeText(found.value) : null;
}

/** Set, or taken away with `undefined`: in its place, so that all other lines stay as they came, those of other kinds too. */
export function withStructuredText(
  component: Component,
  kind: DataKind,
  text: string | undefined,
): Component {
  if (structuredText(component, kind) === text) return component;
  const { children } = component;
  const isOurs = isOf(kind);
  const others: Node[] = children.filter((node) => !isOurs(node));
  if (text === undefined) return withChildren(component, others);
  const parameters = parametersFrom({ VALUE: "TEXT", FMTTYPE: kind.type, SCHEMA: kind.schema });
  const line = writeProperty(NAME, escapeText(text), parameters);
  const former = children.findIndex(isOurs);
  const inner = others.findIndex((node) => node.kind === "component");
  const place = former >= 0 ? former : inner >= 0 ? inner : others.length;
  return withChildren(component, others.toSpliced(place, 0, line));
}
