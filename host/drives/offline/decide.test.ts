import { expect, test } from "vitest";
import { decide, decideFolder, type Decision, type Stand } from "./decide.ts";

type Row = [isKnown: string, here: Stand, there: Stand, onWritable: Decision, onReadOnly: Decision];

/** Every combination there is. */
const table: Row[] = [
  ["new", "absent", "absent", "nothing", "nothing"],
  ["new", "absent", "changed", "download", "download"],
  ["new", "changed", "absent", "upload", "leaveOut"],
  ["new", "changed", "changed", "compare", "compare"],
  ["known", "same", "same", "nothing", "nothing"],
  ["known", "same", "changed", "download", "download"],
  ["known", "same", "absent", "removeHere", "removeHere"],
  ["known", "changed", "same", "upload", "putAside"],
  ["known", "changed", "changed", "compare", "compare"],
  ["known", "changed", "absent", "upload", "leaveOut"],
  ["known", "absent", "same", "removeThere", "download"],
  ["known", "absent", "changed", "download", "download"],
  ["known", "absent", "absent", "forget", "forget"],
];

test.each(table)(
  "a file that is %s, here %s and there %s: %s, on a drive that is only read %s",
  (known, here, there, onWritable, onReadOnly) => {
    const hasBase = known === "known";
    expect(decide({ hasBase, here, there, canWrite: true })).toBe(onWritable);
    expect(decide({ hasBase, here, there, canWrite: false })).toBe(onReadOnly);
  },
);

test("no combination is missing from the table", () => {
  const known = ["absent", "same", "changed"].flatMap((here) =>
    ["absent", "same", "changed"].map((there) => `known ${here} ${there}`),
  );
  const fresh = ["absent", "changed"].flatMap((here) =>
    ["absent", "changed"].map((there) => `new ${here} ${there}`),
  );
  expect(table.map((row) => row.slice(0, 3).join(" ")).toSorted()).toEqual([...known, ...fresh].toSorted());
});

test("nothing is ever removed unless the other side had it and gave it up, and this one left it unchanged", () => {
  const removals = table.flatMap(([known, here, there, ...outcomes]) =>
    outcomes.filter((one) => one.startsWith("remove")).map((one) => [one, known, here, there].join(" ")),
  );
  expect([...new Set(removals)]).toEqual(["removeHere known same absent", "removeThere known absent same"]);
});

const yes = true;
const no = false;

test.each([
  // base, here, there, needed here, needed there, writable, read only
  [no, no, no, no, no, "nothing", "nothing"],
  [no, yes, no, no, no, "makeThere", "leaveOut"],
  [no, no, yes, no, no, "makeHere", "makeHere"],
  [no, yes, yes, no, no, "agree", "agree"],
  [yes, yes, yes, no, no, "nothing", "nothing"],
  [yes, yes, no, no, no, "removeHere", "removeHere"],
  [yes, no, yes, no, no, "removeThere", "makeHere"],
  [yes, no, no, no, no, "forget", "forget"],
  // A file in it outlives it.
  [yes, yes, no, no, yes, "makeThere", "leaveOut"],
  [yes, no, yes, yes, no, "makeHere", "makeHere"],
] as const)(
  "a folder: base %s, here %s, there %s, needed here %s and there %s: %s or %s",
  (hasBase, isHere, isThere, isNeededHere, isNeededThere, writable, readOnly) => {
    const situation = { hasBase, isHere, isThere, isNeededHere, isNeededThere };
    expect(decideFolder({ ...situation, canWrite: true })).toBe(writable);
    expect(decideFolder({ ...situation, canWrite: false })).toBe(readOnly);
  },
);
