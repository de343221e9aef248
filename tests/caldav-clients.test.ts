import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { calendarObjectSchema } from "#contract/entities/calendar.ts";
import { calendarObjectKey, ownCalendarId, spaceCalendarId, type SpaceId } from "#contract/ids.ts";
import { personScope, type Scope } from "#contract/scope.ts";
import { openSqliteStore } from "#server/store/sqlite-store.ts";
import { openDavWorkplace, type DavWorkplace } from "#server/testing/dav-workplace.ts";
import { spaceOf } from "#server/testing/places.ts";
import { isInstalled, skipLoudly } from "./peers/peer-process.ts";

const run = promisify(execFile);
const hasVdirsyncer = isInstalled("vdirsyncer", ["vdirsyncer"]);
if (!hasVdirsyncer) skipLoudly("vdirsyncer");
const hasModule = await hasCaldavModule();
if (!hasModule) skipLoudly("python3-caldav");

const text = (uid: string, ...lines: string[]) =>
  [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//odd//é//FR",
    "BEGIN:VEVENT",
    `UID:${uid}`,
    "DTSTAMP:20261123T080000Z",
    "DTSTART;TZID=Europe/Paris:20261123T090000",
    "DURATION:PT1H",
    ...lines,
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ].join("\r\n");

describe("programs that open calendars over CalDAV", () => {
  const folder = mkdtempSync(join(tmpdir(), "parvis-caldav-clients-"));
  let dav: DavWorkplace;
  let scope: Scope;
  let spaceId: SpaceId;
  let server: string;

  beforeAll(async () => {
    dav = await openDavWorkplace(openSqliteStore({ folder: join(folder, "store") }));
    ({ scope, spaceId } = await spaceOf(dav.person, []));
    server = new URL("/", dav.url).href;
  });
  afterAll(async () => {
    await dav.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function rowsOf(at: Scope) {
    const rows = await dav.person.rows(at, "calendarObject");
    return new Map(
      rows.map(({ data }) => calendarObjectSchema.parse(data)).map((row) => [row.uid, row] as const),
    );
  }
  const inSpace = (uid: string, data: string, more: object = {}) =>
    dav.person.does("calendarObject.put", scope, {
      id: calendarObjectKey(scope, uid),
      calendarId: spaceCalendarId(spaceId),
      data,
      ...more,
    });

  /** What it said; `code`: how it ended. */
  async function vdirsyncer(...args: string[]): Promise<{ code: number; said: string }> {
    const env = { PATH: process.env["PATH"], HOME: folder, LC_ALL: "C.UTF-8" };
    const options = { env, timeout: 60_000 };
    const config = join(folder, "vdirsyncer.conf");
    return await new Promise((resolve) => {
      const child = execFile("vdirsyncer", ["-c", config, ...args], options, (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : 1, said: stdout + stderr }),
      );
      // It asks whether to make the folders.
      child.stdin?.end("y\n".repeat(20));
    });
  }

  test.skipIf(!hasVdirsyncer)(
    "vdirsyncer finds the calendars by the server's name, and keeps both sides alike, byte for byte",
    async () => {
      const local = join(folder, "local");
      mkdirSync(local);
      writeFileSync(
        join(folder, "vdirsyncer.conf"),
        `[general]
status_path = "${join(folder, "status")}"
[pair both]
a = "here"
b = "there"
collections = ["from b"]
[storage here]
type = "filesystem"
path = "${local}"
fileext = ".ics"
[storage there]
type = "caldav"
url = "${server}"
username = "${dav.username}"
password = "${dav.password}"
`,
      );
      const made = text("made-there", "SUMMARY:Réunion\r\n  pliée", 'X-ODD;A="b":1');
      await inSpace("made-there", made);
      expect(await vdirsyncer("discover", "both")).toMatchObject({ code: 0 });
      expect(await vdirsyncer("sync", "both")).toMatchObject({ code: 0 });
      const shared = join(local, `${spaceId}.${spaceCalendarId(spaceId)}`);
      const mine = join(local, ownCalendarId(dav.person.id));
      expect(readdirSync(local).toSorted()).toEqual(
        [shared, mine].map((path) => path.slice(local.length + 1)).toSorted(),
      );
      const [file = ""] = readdirSync(shared);
      expect(readFileSync(join(shared, file), "utf8")).toBe(made);

      const own = text("made-here", "RRULE:FREQ=WEEKLY", "X-APPLE-TRAVEL:1");
      writeFileSync(join(mine, "made-here.ics"), own);
      const changed = made.replace("Réunion", "Conseil");
      writeFileSync(join(shared, file), changed);
      expect(await vdirsyncer("sync", "both")).toMatchObject({ code: 0 });
      expect((await rowsOf(personScope(dav.person.id))).get("made-here")?.data).toBe(own);
      expect((await rowsOf(scope)).get("made-there")).toMatchObject({ data: changed, revision: 2 });

      const [here, there] = ["Ici", "Là-bas"].map((word) => made.replace("Réunion", word));
      writeFileSync(join(shared, file), here ?? "");
      await inSpace("made-there", there ?? "", { baseRevision: 2 });
      const both = await vdirsyncer("sync", "both");
      expect(both.code).not.toBe(0);
      expect(both.said).toContain("conflict");
      expect(readFileSync(join(shared, file), "utf8")).toBe(here);
      expect((await rowsOf(scope)).get("made-there")?.data).toBe(there);

      rmSync(join(mine, "made-here.ics"));
      await inSpace("later", text("later"));
      // It asks again before it empties a calendar.
      await vdirsyncer("sync", "--force-delete", "both");
      expect((await rowsOf(personScope(dav.person.id))).size).toBe(0);
      expect(readdirSync(shared)).toHaveLength(2);
    },
    120_000,
  );

  test.skipIf(!hasModule)(
    "the library caldav makes a calendar, finds a series by time, and follows changes by token",
    async () => {
      const script = `
import caldav, datetime, json, sys
url, user, word, event = json.loads(sys.stdin.read())
said = {}
client = caldav.DAVClient(url, username=user, password=word)
principal = client.principal()
calendar = principal.make_calendar(name="Essai é", cal_id="essai")
made = calendar.save_event(event)
said["names"] = [each.name for each in principal.calendars()]
found = calendar.date_search(datetime.datetime(2026, 12, 7), datetime.datetime(2026, 12, 22), expand=True)
said["starts"] = sorted(line for each in found for line in each.data.splitlines() if line.startswith("DTSTART"))
said["none"] = len(calendar.date_search(datetime.datetime(2026, 1, 1), datetime.datetime(2026, 1, 2), expand=False))
known = calendar.objects_by_sync_token(load_objects=True)
said["before"] = len(list(known))
made.delete()
other = calendar.save_event(event.replace("UID:py", "UID:other"))
updated, deleted = known.sync()
said["news"] = [len(updated), len(deleted)]
said["uid"] = calendar.event_by_uid("other").url == other.url
said["busy"] = calendar.freebusy_request(datetime.datetime(2026, 12, 7), datetime.datetime(2026, 12, 8)).data.count("FREEBUSY:")
calendar.delete()
said["after"] = [each.name for each in principal.calendars()]
print(json.dumps(said))
`;
      const started = run("/usr/bin/python3", ["-c", script], { timeout: 60_000 });
      const event = text("py", "RRULE:FREQ=WEEKLY", "SUMMARY:Point");
      started.child.stdin?.end(
        JSON.stringify([`${server}dav/calendars/`, dav.username, dav.password, event]),
      );
      const said: unknown = JSON.parse((await started).stdout);
      expect(said).toMatchObject({
        names: expect.arrayContaining(["Mon calendrier", "Essai é"]),
        starts: ["DTSTART:20261207T080000Z", "DTSTART:20261214T080000Z", "DTSTART:20261221T080000Z"],
        none: 0,
        before: 1,
        news: [1, 1],
        uid: true,
        busy: 1,
        after: expect.not.arrayContaining(["Essai é"]),
      });
    },
    60_000,
  );
});

/** The system's Python alone has the modules that packages bring. */
async function hasCaldavModule(): Promise<boolean> {
  if (await canImport()) return true;
  isInstalled("python3-caldav", ["python3-caldav"]);
  return await canImport();
}

async function canImport(): Promise<boolean> {
  try {
    await run("/usr/bin/python3", ["-c", "import caldav"]);
    return true;
  } catch {
    return false;
  }
}
