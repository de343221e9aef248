import { expect, test } from "vitest";
import { conversationIdSchema, createId } from "#contract/ids.ts";
import { formatLink } from "#contract/links.ts";
import { contextMenu, type ContextItem, type PointedAt } from "./context-menu.ts";
import { shellWording } from "./shell-wording.ts";

const nothing: PointedAt = {
  isEditable: false,
  selectionText: "",
  linkURL: "",
  mediaType: "none",
  srcURL: "",
  hasImageContents: false,
  misspelledWord: "",
  dictionarySuggestions: [],
  editFlags: {
    canUndo: false,
    canRedo: false,
    canCut: false,
    canCopy: true,
    canPaste: true,
    canSelectAll: true,
  },
};
const FILE = "app://parvis/gateway/embedded/v1/blobs/x";

function menu(at: Partial<PointedAt>): ContextItem[] {
  const wish = {
    isOwnPage: (url: string) => url.startsWith("app://"),
    mayLeave: (url: string) => /^(?:https|mailto):/.test(url) && !url.includes("evil"),
    isFile: (url: string) => url === FILE,
  };
  return contextMenu({ ...nothing, ...at }, wish, shellWording("en"));
}

const labels = (items: ContextItem[]): string[] => items.map((item) => ("label" in item ? item.label : "—"));

test("where there is nothing to do there is no menu", () => {
  expect(menu({})).toEqual([]);
  expect(menu({ linkURL: "app://parvis/#/inbox" })).toEqual([]);
  expect(menu({ selectionText: "  " })).toEqual([]);
});

test("a misspelled word: what it may have been, then the field's own commands", () => {
  const items = menu({
    isEditable: true,
    misspelledWord: "bonjuor",
    dictionarySuggestions: ["bonjour", "A & B"],
  });
  expect(labels(items)).toEqual([
    "bonjour",
    "A && B",
    "Add to dictionary",
    "—",
    "Undo",
    "Redo",
    "—",
    "Cut",
    "Copy",
    "Paste",
    "Paste without formatting",
    "Select all",
  ]);
  expect(items[0]).toMatchObject({ act: { do: "replace", word: "bonjour" } });
  expect(labels(menu({ isEditable: true, misspelledWord: "xqz" }))[0]).toBe("No suggestion");
});

test("a link goes out through the allowed way or not at all", () => {
  expect(labels(menu({ linkURL: "https://example.org/a" }))).toEqual(["Open link", "Copy link address"]);
  expect(menu({ linkURL: "https://evil.example/" })).toEqual([]);
  expect(menu({ linkURL: "javascript:alert(1)" })).toEqual([]);
  expect(menu({ linkURL: "file:///etc/passwd" })).toEqual([]);
  expect(menu({ linkURL: "mailto:a@example.org" })[1]).toMatchObject({ act: { text: "a@example.org" } });
});

test("a link to an object opens inside", () => {
  const link = formatLink({ kind: "conversation", conversationId: conversationIdSchema.parse(createId()) });
  expect(menu({ linkURL: link })[0]).toMatchObject({ act: { do: "openTarget", link } });
});

test("a picture that somebody sent can be saved; what is part of the page cannot", () => {
  const picture = { mediaType: "image", hasImageContents: true };
  expect(labels(menu({ ...picture, srcURL: FILE }))).toEqual(["Copy image", "Save image…"]);
  expect(menu({ ...picture, srcURL: "app://parvis/assets/x.svg" })).toEqual([]);
});
