import { describe, expect, test } from "vitest";
import {
  applyCompletion,
  decodeMentions,
  encodeMentions,
  findCompletion,
  prefixLines,
  toggleMark,
} from "./completion.ts";

const ANNE = { personId: "018f0000-0000-7000-8000-000000000001", name: "Anne Lam" };
const ANNE_MARIE = { personId: "018f0000-0000-7000-8000-000000000002", name: "Anne Lambert" };

describe("completion", () => {
  test("finds the name being typed, with a space in it, and nothing in an address", () => {
    expect(findCompletion("Bonjour @mar", 12)).toEqual({ trigger: "@", text: "mar", start: 8, end: 12 });
    expect(findCompletion("@élo dup", 8)?.text).toBe("élo dup");
    expect(findCompletion("ecrire@exemple", 14)).toBeNull();
  });

  test("asks two letters of an emoji, so that a time or a colon is left alone", () => {
    expect(findCompletion("ok :so", 6)?.trigger).toBe(":");
    expect(findCompletion("à 10:30", 7)).toBeNull();
    expect(findCompletion("voici :", 7)).toBeNull();
  });

  test("replaces the word only, and adds a space when there is none", () => {
    const query = findCompletion("a @mar b", 6);
    expect(query && applyCompletion("a @mar b", query, "@Marie")).toEqual({ text: "a @Marie b", caret: 8 });
  });
});

describe("mentions", () => {
  test("travel as ids, the longer name first", () => {
    const body = encodeMentions("@Anne Lambert et @Anne Lam, @tous", [ANNE, ANNE_MARIE], ["tous"]);
    expect(body).toBe(`<@${ANNE_MARIE.personId}> et <@${ANNE.personId}>, <!everyone>`);
  });

  test("come back as names for editing; a stranger keeps their id", () => {
    const stranger = "018f0000-0000-7000-8000-00000000000f";
    expect(decodeMentions(`<@${ANNE.personId}> <@${stranger}> <!everyone>`, [ANNE], "tous")).toBe(
      `@Anne Lam <@${stranger}> @tous`,
    );
  });

  test("do not make everyone of a longer word", () => {
    expect(encodeMentions("@toussaint", [], ["tous"])).toBe("@toussaint");
  });
});

describe("marks", () => {
  test("go around the selection and away again", () => {
    const on = toggleMark("un mot ici", 3, 6, "**");
    expect(on.text).toBe("un **mot** ici");
    expect(toggleMark(on.text, on.caret, on.end, "**").text).toBe("un mot ici");
  });

  test("stand before every line of the selection", () => {
    expect(prefixLines("un\ndeux", 1, 7, "> ").text).toBe("> un\n> deux");
  });
});
