import { describe, expect, test } from "vitest";
import { createId, spaceIdSchema } from "#contract/ids.ts";
import { mutations } from "#contract/mutations.ts";
import { argsOf, emptyForm, isPublishable, isSameForm } from "./article-form.ts";

const form = emptyForm(spaceIdSchema.parse(createId()));

describe("the fields of an article", () => {
  test("travel as the contract wants them, empty ones not at all", () => {
    const args = { id: createId(), ...argsOf({ ...form, title: "  Budget ", summary: " " }) };
    expect(mutations["article.save"].parse(args).post).toEqual({ kind: "article", title: "Budget" });
  });

  test("are the same whatever spaces stand around them", () => {
    expect(isSameForm({ ...form, title: "Budget " }, { ...form, title: "Budget" })).toBe(true);
    expect(isSameForm({ ...form, title: "Budget" }, form)).toBe(false);
  });

  test("make something to publish with a title and a text", () => {
    expect(isPublishable({ ...form, title: "Budget" })).toBe(false);
    expect(isPublishable({ ...form, body: "Texte" })).toBe(false);
    expect(isPublishable({ ...form, title: "Budget", body: "Texte" })).toBe(true);
  });
});
