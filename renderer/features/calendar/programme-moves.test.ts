import { expect, test } from "vitest";
import type { ProgrammeItem } from "#contract/icalendar/programme.ts";
import {
  hasUntitledItem,
  keptProgramme,
  movedItem,
  running,
  timetable,
  totalMinutes,
} from "./programme-moves.ts";

const items: ProgrammeItem[] = [
  { id: "a", title: "Accueil", minutes: 10 },
  { id: "b", title: "Vote", minutes: 0 },
  { id: "c", title: "Budget", minutes: 45 },
];
const START = Date.parse("2026-12-01T09:00:00Z");
const at = (clock: string) => Date.parse(`2026-12-01T${clock}:00Z`);

test("items follow one another from the start on", () => {
  expect(timetable(items, START).map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
    [at("09:00"), at("09:10")],
    [at("09:10"), at("09:10")],
    [at("09:10"), at("09:55")],
  ]);
  expect(totalMinutes(items)).toBe(55);
  expect(timetable([], START)).toEqual([]);
});

test("one item at most is on, until the moment at which it ends", () => {
  const rows = timetable(items, START);
  const onAt = (clock: string) => running(rows, at(clock))?.item.id;
  expect(onAt("08:59")).toBeUndefined();
  expect(onAt("09:00")).toBe("a");
  expect(onAt("09:10")).toBe("c");
  expect(onAt("09:54")).toBe("c");
  expect(onAt("09:55")).toBeUndefined();
});

test("an item is moved, and the times follow; past an end nothing happens", () => {
  const moved = movedItem(items, 2, 0);
  expect(moved.map(({ id }) => id)).toEqual(["c", "a", "b"]);
  expect(timetable(moved, START)[1]?.startMs).toBe(at("09:45"));
  expect(movedItem(items, 0, 2).map(({ id }) => id)).toEqual(["b", "c", "a"]);
  for (const [from, to] of [
    [0, -1],
    [2, 3],
    [1, 1],
    [7, 0],
  ] as const)
    expect(movedItem(items, from, to)).toBe(items);
});

test("what is written has no blanks around, no speaker without a name and no empty lists", () => {
  const speaker = { name: " Karim ", address: "mailto:k@ville.example" };
  expect(
    keptProgramme([
      { id: "a", title: " Accueil ", minutes: 5, speaker: { name: " " }, documents: [] },
      { id: "b", title: "Vote", minutes: 5, speaker, documents: [{ link: "https://a.example" }] },
    ]),
  ).toEqual([
    { id: "a", title: "Accueil", minutes: 5 },
    {
      id: "b",
      title: "Vote",
      minutes: 5,
      speaker: { ...speaker, name: "Karim" },
      documents: [{ link: "https://a.example" }],
    },
  ]);
  expect(keptProgramme("unreadable")).toBe("unreadable");
  expect(hasUntitledItem([{ id: "a", title: " ", minutes: 5 }])).toBe(true);
  expect(hasUntitledItem("unreadable")).toBe(false);
});
