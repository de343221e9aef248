import { expect, test } from "vitest";
import { withoutMarks } from "./plain-words.ts";

test.each([
  ["**gras** et `code`", "gras et code"],
  ["```ts\nlet a = 1;\n```", "\nlet a = 1;\n"],
  ["- un\n- deux", "un\ndeux"],
  ["# Titre\n> cité", "Titre\ncité"],
  ["voir [le plan](https://plans.example/a)", "voir le plan"],
  ["voir parvis://message/0/1 vite", "voir 🔗 vite"],
  ["2 * 3 * 4 et nom_de_fichier", "2 * 3 * 4 et nom_de_fichier"],
  ["<@00000000-0000-0000-0000-000000000000> *vite*", "<@00000000-0000-0000-0000-000000000000> vite"],
])("an excerpt of %j has no marks of Markdown", (markdown, words) => {
  expect(withoutMarks(markdown)).toBe(words);
});

test("a long text of marks is read in one pass", () => {
  expect(withoutMarks("*".repeat(2000))).toBe("");
  expect(withoutMarks("[".repeat(2000))).toHaveLength(2000);
});
