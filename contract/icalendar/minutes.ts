import type { Component } from "./component.ts";
import { structuredText, withStructuredText, type DataKind } from "./structured-data.ts";

/** What was said and decided, in Markdown. It belongs to one time of a series. */

/** In UTF-8. */
export const MOST_MINUTES_BYTES = 100_000;

const MINUTES: DataKind = { type: "text/markdown", schema: "urn:x-parvis:minutes" };

export function minutesOf(component: Component): string | undefined {
  const text = structuredText(component, MINUTES) ?? "";
  return text === "" ? undefined : text;
}

/** What is written otherwise than as text stays as it is. */
export function withMinutes(component: Component, text: string | undefined): Component {
  if (structuredText(component, MINUTES) === null) return component;
  return withStructuredText(component, MINUTES, text === "" ? undefined : text);
}
