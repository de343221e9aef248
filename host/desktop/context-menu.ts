import { parseLink } from "#contract/links.ts";
import type { ShellWording } from "./shell-wording.ts";

/** What was under the pointer, as Chromium says. */
export interface PointedAt {
  isEditable: boolean;
  selectionText: string;
  linkURL: string;
  mediaType: string;
  srcURL: string;
  hasImageContents: boolean;
  misspelledWord: string;
  dictionarySuggestions: readonly string[];
  editFlags: {
    canUndo: boolean;
    canRedo: boolean;
    canCut: boolean;
    canCopy: boolean;
    canPaste: boolean;
    canSelectAll: boolean;
  };
}

export type ContextItem =
  | { kind: "separator" }
  | {
      kind: "role";
      role: "undo" | "redo" | "cut" | "copy" | "paste" | "pasteAndMatchStyle" | "selectAll";
      label: string;
      isEnabled: boolean;
    }
  | { kind: "words"; label: string }
  | { kind: "act"; label: string; act: ContextAct };

export type ContextAct =
  | { do: "replace"; word: string }
  | { do: "learn"; word: string }
  | { do: "openLink"; url: string }
  /** Inside Parvis. */
  | { do: "openTarget"; link: string }
  | { do: "copyText"; text: string }
  | { do: "copyImage" }
  | { do: "saveImage"; url: string };

export interface ContextWish {
  /** Whether an address is one of our own pages. */
  isOwnPage: (url: string) => boolean;
  /** Whether an address may be handed to the system's browser. */
  mayLeave: (url: string) => boolean;
  /** Whether an address is a file of a workplace, which may be saved. */
  isFile: (url: string) => boolean;
}

const MOST_SUGGESTIONS = 5;

/** What fits what was pointed at; nothing where there is nothing to do. */
export function contextMenu(at: PointedAt, wish: ContextWish, words: ShellWording): ContextItem[] {
  return withLines([
    at.isEditable && at.misspelledWord !== "" ? spellingItems(at, words) : [],
    linkItems(at, wish, words),
    imageItems(at, wish, words),
    at.isEditable ? fieldItems(at, words) : textItems(at, words),
  ]);
}

function spellingItems(
  { misspelledWord, dictionarySuggestions }: PointedAt,
  words: ShellWording,
): ContextItem[] {
  const suggestions = dictionarySuggestions.slice(0, MOST_SUGGESTIONS);
  const found: ContextItem[] = suggestions.map((word) => ({
    kind: "act",
    label: escapeLabel(word),
    act: { do: "replace", word },
  }));
  return [
    ...(found.length > 0 ? found : [{ kind: "words", label: words.noSuggestion } as const]),
    { kind: "act", label: words.addToDictionary, act: { do: "learn", word: misspelledWord } },
  ];
}

function linkItems({ linkURL }: PointedAt, wish: ContextWish, words: ShellWording): ContextItem[] {
  // A file's own link is saved by a click; a link within the page has no address worth copying.
  if (linkURL === "" || wish.isOwnPage(linkURL)) return [];
  if (parseLink(linkURL) !== null) {
    return [
      { kind: "act", label: words.openLink, act: { do: "openTarget", link: linkURL } },
      { kind: "act", label: words.copyLink, act: { do: "copyText", text: linkURL } },
    ];
  }
  if (!wish.mayLeave(linkURL)) return [];
  return [
    { kind: "act", label: words.openLink, act: { do: "openLink", url: linkURL } },
    { kind: "act", label: words.copyLink, act: { do: "copyText", text: withoutMailto(linkURL) } },
  ];
}

function imageItems(at: PointedAt, { isFile }: ContextWish, words: ShellWording): ContextItem[] {
  if (at.mediaType !== "image" || !at.hasImageContents) return [];
  const save: ContextItem = { kind: "act", label: words.saveImage, act: { do: "saveImage", url: at.srcURL } };
  // Portraits and emoji are part of the page.
  return isFile(at.srcURL) ? [{ kind: "act", label: words.copyImage, act: { do: "copyImage" } }, save] : [];
}

function fieldItems({ editFlags }: PointedAt, words: ShellWording): ContextItem[] {
  const { canUndo, canRedo, canCut, canCopy, canPaste, canSelectAll } = editFlags;
  return [
    { kind: "role", role: "undo", label: words.undo, isEnabled: canUndo },
    { kind: "role", role: "redo", label: words.redo, isEnabled: canRedo },
    { kind: "separator" },
    { kind: "role", role: "cut", label: words.cut, isEnabled: canCut },
    { kind: "role", role: "copy", label: words.copy, isEnabled: canCopy },
    { kind: "role", role: "paste", label: words.paste, isEnabled: canPaste },
    { kind: "role", role: "pasteAndMatchStyle", label: words.pasteAsText, isEnabled: canPaste },
    { kind: "role", role: "selectAll", label: words.selectAll, isEnabled: canSelectAll },
  ];
}

function textItems({ selectionText, editFlags }: PointedAt, words: ShellWording): ContextItem[] {
  if (selectionText.trim() === "") return [];
  return [{ kind: "role", role: "copy", label: words.copy, isEnabled: editFlags.canCopy }];
}

function withLines(groups: readonly ContextItem[][]): ContextItem[] {
  const all: ContextItem[] = [];
  for (const group of groups) {
    if (group.length > 0 && all.length > 0) all.push({ kind: "separator" });
    all.push(...group);
  }
  return all;
}

function withoutMailto(url: string): string {
  return url.replace(/^mailto:/i, "");
}

/** In menus, an ampersand would underline the letter behind it. */
function escapeLabel(text: string): string {
  return text.replaceAll("&", "&&");
}
