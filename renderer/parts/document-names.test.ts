import { expect, test } from "vitest";
import { nameFault } from "#contract/file-names.ts";
import { libraryName, takenNames } from "./document-names.ts";
import { treeOfChosen } from "./dropped-files.ts";

test.each([
  ["Rapport.odt", "Rapport.odt"],
  ["  Rapport.odt. ", "Rapport.odt"],
  ["a/b\\c:d.txt", "a_b_c_d.txt"],
  ["CON", "_CON"],
  ["nul.txt", "_nul.txt"],
  ["..", "sans nom"],
  ["", "sans nom"],
  ["E\u0301te\u0301.txt", "\u00c9t\u00e9.txt"],
  ["\u0000\u0007.txt", "__.txt"],
])("%j is taken as %j", (wanted, name) => {
  expect(libraryName(wanted, "sans nom")).toBe(name);
});

test("a name that is too long is shortened and keeps its ending", () => {
  const name = libraryName(`${"é".repeat(300)}.odt`, "sans nom");
  expect(name.endsWith("é.odt")).toBe(true);
  expect(nameFault(name)).toBeUndefined();
  expect(libraryName("🌻".repeat(90), "sans nom").length).toBeLessThan(128);
});

test("names that are taken on some system are taken", () => {
  const present = [{ name: "Été.txt" }, { name: "Plan.odt" }];
  const taken = takenNames(["e\u0301te\u0301.TXT", "Autre.odt"], present);
  expect([...taken]).toEqual([["e\u0301te\u0301.TXT", present[0]]]);
});

test("a chosen folder gives each of its folders once, the outer ones first", () => {
  const files = ["Chantier/Photos/1.jpg", "Chantier/Photos/2.jpg", "Chantier/plan.pdf"].map((path) =>
    Object.defineProperty(new File([], path.split("/").at(-1) ?? ""), "webkitRelativePath", { value: path }),
  );
  const tree = treeOfChosen(files);
  expect(tree.folders).toEqual([["Chantier"], ["Chantier", "Photos"]]);
  expect(tree.files.map(({ path, file }) => [...path, file.name].join("/"))).toEqual([
    "Chantier/Photos/1.jpg",
    "Chantier/Photos/2.jpg",
    "Chantier/plan.pdf",
  ]);
});
