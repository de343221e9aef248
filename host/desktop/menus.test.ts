import { expect, test } from "vitest";
import { applicationMenu, type MenuPart } from "./menus.ts";
import { shellLanguage, shellWording } from "./shell-wording.ts";

function flat(parts: readonly MenuPart[]): MenuPart[] {
  return parts.flatMap((part) => (part.kind === "menu" ? [part, ...flat(part.items)] : [part]));
}

const wish = { isPackaged: true, canLock: true };

test.each(["win32", "linux", "darwin"] as const)("every key on %s has one meaning", (platform) => {
  const keys = flat(applicationMenu({ ...wish, platform, isPackaged: false }, shellWording("fr"))).flatMap(
    (part) =>
      "accelerator" in part && part.accelerator !== undefined
        ? [part.accelerator.replace(/^(?:CmdOrCtrl|Cmd|Ctrl)/, "Main")]
        : [],
  );
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys).toContain("Main+Q");
});

test("macOS has its own first menu with services, hiding and quitting; elsewhere they are in the file menu", () => {
  const mac = applicationMenu({ ...wish, platform: "darwin" }, shellWording("en"));
  expect(mac.map((part) => (part.kind === "menu" ? part.label : ""))).toEqual([
    "Parvis",
    "File",
    "Edit",
    "View",
    "Window",
    "Help",
  ]);
  const windows = applicationMenu({ ...wish, platform: "win32" }, shellWording("fr"));
  expect(windows.map((part) => (part.kind === "menu" ? part.label : ""))).toEqual([
    "Fichier",
    "Édition",
    "Affichage",
    "Fenêtre",
    "Aide",
  ]);
  expect(flat(windows)).not.toContainEqual(expect.objectContaining({ role: "services" }));
  expect(flat(windows)).toContainEqual(expect.objectContaining({ command: "quit", accelerator: "Ctrl+Q" }));
});

test("a packaged build neither reloads nor opens developer tools", () => {
  for (const platform of ["win32", "linux", "darwin"] as const) {
    const text = JSON.stringify(applicationMenu({ ...wish, platform }, shellWording("en")));
    expect(text).not.toMatch(/reload|developerTools/);
  }
});

test("locking is offered where there is something to lock with", () => {
  const without = applicationMenu({ ...wish, canLock: false, platform: "linux" }, shellWording("en"));
  expect(JSON.stringify(without)).not.toContain("lock");
});

test("both languages say everything, French with its own typography", () => {
  const french = shellWording("fr");
  const said = Object.values(french).flatMap((value) => (typeof value === "string" ? [value] : []));
  said.push(
    french.trayText("linux"),
    french.trayText("win32"),
    french.readOnlyText("/x"),
    french.folderFault.notAFolder("/x"),
    french.folderFault.notThere("/x"),
    french.inUse("/x"),
    french.waitingTitle(2),
  );
  for (const text of said) {
    expect(text).not.toMatch(/'|"|[^\u00A0\u202F][:;!?»]|«[^\u00A0\u202F]|\.\.\./);
  }
  expect(Object.keys(shellWording("en"))).toEqual(Object.keys(french));
});

test("the language of the setting, otherwise of the system, otherwise English", () => {
  expect(shellLanguage("system", "fr-CA")).toBe("fr");
  expect(shellLanguage("system", "frr")).toBe("en");
  expect(shellLanguage("en", "fr-FR")).toBe("en");
  expect(shellLanguage("system", "")).toBe("en");
});
