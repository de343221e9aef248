import { describe, expect, test } from "vitest";
import { KeyedList } from "./keyed-list.ts";

const item = (key: string, sort: string, text = "") => ({ key, sort, text });

describe("a keyed list", () => {
  test("puts items in the order of their sort text, whatever order they come in", () => {
    const list = new KeyedList<ReturnType<typeof item>>();
    list.reset([item("b", "2"), item("a", "1")]);
    list.patch([item("c", "0"), item("d", "15")], []);
    expect(list.items.map(({ key }) => key)).toEqual(["c", "a", "d", "b"]);
  });

  test("keeps the identity of what a patch does not name or says again unchanged", () => {
    const list = new KeyedList<ReturnType<typeof item>>();
    list.reset([item("a", "1", "x"), item("b", "2", "y")]);
    const [a, b] = list.items;
    list.patch([item("a", "1", "x"), item("b", "2", "changed")], []);
    expect(list.items[0]).toBe(a);
    expect(list.items[1]).not.toBe(b);
    expect(list.items[1]?.text).toBe("changed");
  });

  test("gives a new array after a change and the same one after none", () => {
    const list = new KeyedList<ReturnType<typeof item>>();
    list.reset([item("a", "1")]);
    const before = list.items;
    expect(list.patch([item("a", "1")], ["unknown"])).toBe(false);
    expect(list.items).toBe(before);
    expect(list.patch([], ["a"])).toBe(true);
    expect(list.items).toEqual([]);
  });

  test("moves an item whose place has changed and never shows it twice", () => {
    const list = new KeyedList<ReturnType<typeof item>>();
    list.reset([item("a", "1"), item("b", "2"), item("c", "3")]);
    list.patch([item("a", "9")], []);
    expect(list.items.map(({ key }) => key)).toEqual(["b", "c", "a"]);
  });

  test("keeps the identity of unchanged items over a reset", () => {
    const list = new KeyedList<ReturnType<typeof item>>();
    list.reset([item("a", "1", "x")]);
    const [a] = list.items;
    list.reset([item("a", "1", "x"), item("b", "2")]);
    expect(list.items[0]).toBe(a);
  });
});
