import type { ParameterValues, Property } from "./content-line.ts";
import { parametersFrom, readLines, writeProperty } from "./content-line.ts";
import type { CalendarProblem } from "./problems.ts";
import { calendarProblem } from "./problems.ts";

/** A component with everything that stands in it, known or not, in its order. Never changed: edits give another. */
export interface Component {
  readonly kind: "component";
  /** Upper case. */
  readonly name: string;
  /** Its first and last line as they stand in the text. */
  readonly begin: string;
  readonly end: string;
  readonly children: readonly Node[];
  readonly line: number;
}

export type Node = Property | Component;

const MOST_DEPTH = 16;
const MOST_COMPONENTS = 200_000;
/** A calendar of 100,000 events; each line takes some hundred bytes of memory, be it empty. */
const MOST_LINES = 1_000_000;

export interface ReadTree {
  readonly nodes: readonly Node[];
  readonly problems: readonly CalendarProblem[];
  /** Set when reading stopped. */
  readonly refusal?: CalendarProblem;
}

interface OpenComponent {
  name: string;
  begin: string;
  children: Node[];
  line: number;
}

const MOST_PROBLEMS = 200;

/** The text as a tree: `textOf(nodes)` is the text again, whatever it was. Never throws. */
export function readTree(text: string): ReadTree {
  const reader = new TreeReader();
  for (const property of readLines(text)) {
    const refusal = reader.take(property);
    if (refusal !== undefined) return { nodes: [], problems: reader.problems, refusal };
  }
  return { nodes: reader.finish(), problems: reader.problems };
}

class TreeReader {
  readonly problems: CalendarProblem[] = [];
  private readonly top: Node[] = [];
  private readonly open: OpenComponent[] = [];
  private count = 0;
  private lines = 0;

  take(property: Property): CalendarProblem | undefined {
    this.lines += 1;
    if (this.lines > MOST_LINES) return calendarProblem("tooManyLines", property.line);
    if (property.name === "BEGIN") return this.begin(property);
    if (property.name === "END") this.endOf(property);
    else {
      if (property.name === "" && property.value.trim() !== "") this.tell("unreadableLine", property);
      this.add(property);
    }
    return undefined;
  }

  finish(): readonly Node[] {
    while (this.open.length > 0) this.close("", true);
    return this.top;
  }

  private begin(property: Property): CalendarProblem | undefined {
    this.count += 1;
    if (this.count > MOST_COMPONENTS) return calendarProblem("tooManyComponents", property.line);
    if (this.open.length >= MOST_DEPTH) return calendarProblem("nestedTooDeep", property.line);
    const name = property.value.trim().toUpperCase();
    this.open.push({ name, begin: property.raw, children: [], line: property.line });
    return undefined;
  }

  private endOf(property: Property): void {
    const name = property.value.trim().toUpperCase();
    const place = this.open.findLastIndex((each) => each.name === name);
    if (place < 0) {
      this.tell("endWithoutBegin", property);
      this.add(property);
      return;
    }
    while (this.open.length > place + 1) this.close("", true);
    this.close(property.raw, false);
  }

  private close(end: string, isForced: boolean): void {
    const closed = this.open.pop();
    if (closed === undefined) return;
    if (isForced) this.push(calendarProblem("unclosed", closed.line, closed.name));
    this.add({ kind: "component", ...closed, end });
  }

  private add(node: Node): void {
    (this.open.at(-1)?.children ?? this.top).push(node);
  }

  private tell(code: "unreadableLine" | "endWithoutBegin", property: Property): void {
    this.push(calendarProblem(code, property.line, property.value));
  }

  /** A hostile text has as many as it has lines. */
  private push(problem: CalendarProblem): void {
    if (this.problems.length < MOST_PROBLEMS) this.problems.push(problem);
  }
}

export function textOf(nodes: readonly Node[]): string {
  const parts: string[] = [];
  collect(nodes, parts);
  return parts.join("");
}

function collect(nodes: readonly Node[], parts: string[]): void {
  for (const node of nodes) {
    if (node.kind === "property") parts.push(node.raw);
    else {
      parts.push(node.begin);
      collect(node.children, parts);
      parts.push(node.end);
    }
  }
}

export function newComponent(name: string, children: readonly Node[]): Component {
  return { kind: "component", name, begin: `BEGIN:${name}\r\n`, end: `END:${name}\r\n`, children, line: 0 };
}

export function componentsOf(parent: { readonly children: readonly Node[] }, name?: string): Component[] {
  return parent.children.filter(
    (node): node is Component => node.kind === "component" && (name === undefined || node.name === name),
  );
}

export function propertiesOf(component: Component, name: string): Property[] {
  return component.children.filter(
    (node): node is Property => node.kind === "property" && node.name === name,
  );
}

export function propertyOf(component: Component, name: string): Property | undefined {
  for (const node of component.children) if (node.kind === "property" && node.name === name) return node;
  return undefined;
}

/** The value as it stands, still escaped. */
export function valueOf(component: Component, name: string): string | undefined {
  return propertyOf(component, name)?.value;
}

export function withChildren(component: Component, children: readonly Node[]): Component {
  return { ...component, children };
}

/**
 * All properties of a name replaced by these: the first stands where the first stood, new ones before the first inner
 * component. What says the same already keeps its text.
 */
export function withProperties(
  component: Component,
  name: string,
  properties: readonly Property[],
): Component {
  const former = propertiesOf(component, name);
  const kept = properties.map((each) => former.find((old) => saysTheSame(old, each)) ?? each);
  if (kept.length === former.length && kept.every((each, at) => each === former[at])) return component;
  const first = component.children.findIndex((node) => node.kind === "property" && node.name === name);
  const rest = component.children.filter((node) => node.kind === "component" || node.name !== name);
  const inner = rest.findIndex((node) => node.kind === "component");
  const place = first >= 0 ? first : inner >= 0 ? inner : rest.length;
  return withChildren(component, [...rest.slice(0, place), ...kept, ...rest.slice(place)]);
}

/** One property set, or taken away with `undefined`. @param value escaped as its type wants it */
export function withProperty(
  component: Component,
  name: string,
  value: string | undefined,
  parameters: ParameterValues = {},
): Component {
  const properties = value === undefined ? [] : [writeProperty(name, value, parametersFrom(parameters))];
  return withProperties(component, name, properties);
}

/** Parameters that we do not write stay (LANGUAGE, ALTREP, X-…); ours replace those of their name. */
export function withValue(
  component: Component,
  name: string,
  value: string | undefined,
  owned: ParameterValues = {},
): Component {
  const former = propertyOf(component, name);
  if (value === undefined || former === undefined) return withProperty(component, name, value, owned);
  const others = former.parameters.filter((each) => !Object.hasOwn(owned, each.name));
  return withProperties(component, name, [writeProperty(name, value, [...others, ...parametersFrom(owned)])]);
}

function saysTheSame(one: Property, other: Property): boolean {
  if (one === other || one.raw === other.raw) return true;
  if (one.value !== other.value || one.parameters.length !== other.parameters.length) return false;
  return one.parameters.every((each) => {
    const twin = other.parameters.find(({ name }) => name === each.name);
    return twin !== undefined && twin.values.join("\0") === each.values.join("\0");
  });
}

/** Inner components replaced, in place where they stood. */
export function withComponents(parent: Component, name: string, components: readonly Component[]): Component {
  const first = parent.children.findIndex((node) => node.kind === "component" && node.name === name);
  const rest = parent.children.filter((node) => node.kind === "property" || node.name !== name);
  const place = first >= 0 ? first : rest.length;
  return withChildren(parent, [...rest.slice(0, place), ...components, ...rest.slice(place)]);
}
