import { expect, test } from "vitest";
import { mentionedIn, toPlainText } from "./plain-text.ts";

const ADA = "01890000-0000-7000-8000-000000000001";
const plain = (body: string) =>
  toPlainText(body, (personId) => (personId === undefined ? "@tous" : `@${personId === ADA ? "Ada" : "?"}`));

test.each([
  ["**Gras** et _italique_, ~~barré~~", "Gras et italique, barré"],
  [`<@${ADA}> et <!everyone>`, "@Ada et @tous"],
  ["# Titre\n\n- un\n- deux\n\n> cité", "Titre un deux cité"],
  ["[texte](https://example.org) ![plan](https://example.org/a.png)", "texte plan"],
  ["```sh\nls -l\n```", "ls -l"],
  ["<script>alert(1)</script> a < b", "<script>alert(1)</script> a < b"],
  ["un\u202etrop\u0000 malin\r\n", "un trop malin"],
  ["   ", ""],
])("%j is shown as %j", (body, text) => {
  expect(plain(body)).toBe(text);
});

test("a long text is cut between characters and says so", () => {
  const text = plain("🙂".repeat(500));
  expect(Array.from(text)).toHaveLength(200);
  expect(text.endsWith("🙂…")).toBe(true);
});

test("a text nested beyond reason is shown, whatever it looks like", () => {
  expect(plain(">".repeat(2000))).not.toBeUndefined();
});

test("finds whom a text names", () => {
  expect(mentionedIn(`a <@${ADA}> b <@nobody>`)).toEqual([ADA]);
});
