import { z } from "zod";
import { parseObjectLink } from "../links.ts";
import type { Component } from "./component.ts";
import { structuredText, withStructuredText, type DataKind } from "./structured-data.ts";

/** What an event consists of, in order. It has no times of its own: they follow from the event's start. */

export const MOST_ITEMS = 100;
export const MOST_ITEM_TITLE = 300;
export const MOST_ITEM_MINUTES = 1440;
export const MOST_SPEAKER = 200;
export const MOST_DOCUMENTS = 10;
export const MOST_DOCUMENT_ADDRESS = 2000;

/** An address of the web, or of something inside Parvis (`links.ts`): nothing else is followed. */
export function isDocumentAddress(text: string): boolean {
  if (parseObjectLink(text) !== null) return true;
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.hostname !== "" && !/\s/.test(text);
}

const documentSchema = z.looseObject({
  link: z.string().max(MOST_DOCUMENT_ADDRESS).refine(isDocumentAddress, "an address that can be followed"),
  /** As it is called; without, its address, or the name of what it leads to. */
  name: z.string().min(1).max(200).optional(),
});

export const programmeItemSchema = z.looseObject({
  /** Within this programme. */
  id: z.string().min(1).max(64),
  title: z.string().min(1).max(MOST_ITEM_TITLE),
  minutes: z.int().min(0).max(MOST_ITEM_MINUTES),
  speaker: z
    .looseObject({
      name: z.string().min(1).max(MOST_SPEAKER),
      /** Calendar address, `mailto:…`, of somebody of the workplace. */
      address: z.string().max(400).optional(),
    })
    .optional(),
  documents: z.array(documentSchema).max(MOST_DOCUMENTS).optional(),
});
export type ProgrammeItem = z.infer<typeof programmeItemSchema>;

export const programmeSchema = z.array(programmeItemSchema).max(MOST_ITEMS);

/** As it is written: another version is another programme, which this one does not read. */
const writtenSchema = z.looseObject({ version: z.literal(1), items: programmeSchema });

/** `unreadable`: something stands there that is not understood, and is left alone. */
export const programmeReadingSchema = z.union([programmeSchema, z.literal("unreadable")]);
export type ProgrammeReading = z.infer<typeof programmeReadingSchema>;

const PROGRAMME: DataKind = { type: "application/json", schema: "urn:x-parvis:programme" };

function writtenIn(text: string): z.infer<typeof writtenSchema> | undefined {
  try {
    return writtenSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

export function programmeOf(component: Component): ProgrammeReading | undefined {
  const text = structuredText(component, PROGRAMME);
  if (text === undefined) return undefined;
  return (text === null ? undefined : writtenIn(text)?.items) ?? "unreadable";
}

/** None where there are no items. What is not understood stays; fields that this version does not know stay too. */
export function withProgramme(component: Component, programme: ProgrammeReading | undefined): Component {
  const former = programmeOf(component);
  if (former === "unreadable" || programme === "unreadable") return component;
  if (JSON.stringify(former ?? []) === JSON.stringify(programme ?? [])) return component;
  if (programme === undefined || programme.length === 0)
    return withStructuredText(component, PROGRAMME, undefined);
  const known = writtenIn(structuredText(component, PROGRAMME) ?? "");
  const items = programmeSchema.parse(programme);
  return withStructuredText(component, PROGRAMME, JSON.stringify({ ...known, version: 1, items }));
}
