/**
 * Reads every .ics of the folders given, writes it again, and edits the title of each entry: says how many were read, refused,
 * came back byte for byte, and changed by their own lines alone. Not timed; collections are not kept here.
 *
 *     node bench/programs/calendar-collection.ts FOLDER…
 */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { textOf } from "#contract/icalendar/component.ts";
import { withEventChanges } from "#contract/icalendar/event.ts";
import { instancesOf } from "#contract/icalendar/expand.ts";
import { bytesOf } from "#contract/icalendar/keep-bytes.ts";
import type { ParsedCalendar } from "#contract/icalendar/parse-calendar.ts";
import { parseCalendar } from "#contract/icalendar/parse-calendar.ts";
import { readSeries } from "#contract/icalendar/series.ts";
import { utcZone } from "#contract/icalendar/zones.ts";

const counts = new Map<string, number>();
function count(what: string, by = 1): void {
  counts.set(what, (counts.get(what) ?? 0) + by);
}

function readOne(path: string): void {
  const bytes = readFileSync(path);
  const result = parseCalendar(bytes);
  count("files");
  if (!result.ok) {
    count(`refused: ${result.problem.code}`);
    process.stdout.write(`${path}: ${result.problem.message}\n`);
    return;
  }
  count("read");
  const isSame = Buffer.from(bytesOf(result.calendar)).equals(bytes);
  count(isSame ? "came back byte for byte" : "came back otherwise");
  if (!isSame) process.stdout.write(`${path}: came back otherwise\n`);
  for (const { code } of result.calendar.problems) count(`problem: ${code}`);
  inspect(path, result.calendar);
}

function inspect(path: string, calendar: ParsedCalendar): void {
  for (const object of calendar.objects) {
    count(object.kind);
    for (const { code } of object.problems) count(`problem of an entry: ${code}`);
    const series = readSeries(object, { zone: utcZone, zones: calendar.zones });
    const range = { fromMs: Date.UTC(1990, 0, 1), toMs: Date.UTC(2040, 0, 1), most: 500 };
    count("instances", [...instancesOf(series, range)].length);
    if (object.master === undefined) continue;
    const before = textOf([object.master]).split("\n");
    const after = textOf([withEventChanges(object.master, { title: "Parvis" })]).split("\n");
    const kept = new Set(after);
    const lost = before.filter((line) => !kept.has(line) && !/^(?:SUMMARY|[ \t])/i.test(line));
    if (lost.length > 0) process.stdout.write(`${path}: an edit lost ${lost.join(" | ")}\n`);
    count(lost.length === 0 ? "edits that left the rest" : "edits that did not");
  }
}

for (const folder of process.argv.slice(2)) {
  for (const name of globSync("**/*.ics", { cwd: folder })) readOne(join(folder, name));
}
for (const [what, total] of counts) process.stdout.write(`${what}: ${total}\n`);
