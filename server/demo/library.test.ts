import { describe, expect, it } from "vitest";
import { libraryItemSchema, libraryVersionSchema } from "#contract/entities/library.ts";
import { foldName } from "#contract/file-names.ts";
import { createLibraries } from "./library.ts";
import { parseLibrary } from "./library-script.ts";
import { createPeople } from "./people.ts";
import { demoSpaces } from "./spaces-data.ts";
import { demoLibraries, ownDemoLibrary } from "./library-data.ts";

const nowMs = Date.parse("2026-11-24T15:12:00.000Z");
const { rows, files } = createLibraries(nowMs);
const items = rows
  .filter(({ collection }) => collection === "libraryItem")
  .map(({ data }) => libraryItemSchema.parse(data));
const versions = rows
  .filter(({ collection }) => collection === "libraryVersion")
  .map(({ data }) => libraryVersionSchema.parse(data));

function writers(script: string): string[] {
  const scripted = parseLibrary(script);
  return [...scripted.map(({ by }) => by), ...scripted.flatMap(({ lock }) => lock?.by ?? [])];
}

describe("the libraries of the demonstration", () => {
  it("hold about a hundred files of many kinds, with versions, locks, marks, templates and a trash", () => {
    const made = items.filter(({ kind }) => kind === "file");
    expect(made.length).toBeGreaterThanOrEqual(100);
    expect(new Set(made.map(({ content }) => content?.mediaType)).size).toBeGreaterThanOrEqual(11);
    expect(made.filter(({ lock }) => lock !== undefined).length).toBeGreaterThanOrEqual(3);
    expect(made.filter(({ preservation }) => preservation !== undefined).length).toBeGreaterThanOrEqual(3);
    expect(made.filter(({ trashed }) => trashed !== undefined).length).toBeGreaterThanOrEqual(3);
    expect(made.filter(({ isTemplate }) => isTemplate === true).length).toBeGreaterThanOrEqual(8);
    expect(Math.max(...made.map(({ version = 0 }) => version))).toBeGreaterThanOrEqual(5);
  });

  it("fit together: every folder is there, every name is free in it, every version has its bytes", () => {
    const ids = new Set(items.map(({ id }) => id));
    const names = new Set<string>();
    for (const { folderId, name, trashed } of items) {
      expect(folderId === undefined || ids.has(folderId)).toBe(true);
      if (trashed === undefined) names.add(`${folderId ?? ""}/${foldName(name)}`);
    }
    const top = items.filter(({ folderId, trashed }) => folderId === undefined && trashed === undefined);
    expect(names.size).toBeGreaterThan(items.length - top.length);
    const blobs = new Map(files.map(({ id, bytes }) => [id, bytes.length]));
    expect(blobs.size).toBe(files.length);
    for (const { content } of versions) expect(blobs.get(content.blobId)).toBe(content.sizeBytes);
    for (const { createdAt, modifiedAt } of items) {
      expect(createdAt <= modifiedAt).toBe(true);
      expect(modifiedAt < new Date(nowMs).toISOString()).toBe(true);
    }
  });

  it("are written by people of the place", () => {
    const people = createPeople();
    for (const [key, script] of Object.entries(demoLibraries)) {
      const space = demoSpaces.find((each) => each.key === key);
      const inside =
        space?.members.includes("*") === true
          ? [...people.keys()]
          : [...(space?.members ?? []), ...(space?.animators ?? [])];
      expect(inside).toEqual(expect.arrayContaining(writers(script)));
    }
    expect(new Set(writers(ownDemoLibrary))).toEqual(new Set(["camille"]));
  });
});
