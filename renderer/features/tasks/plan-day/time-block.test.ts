import { expect, test } from "vitest";
import { openTime } from "#renderer/parts/event-edits.ts";
import { naturalId, taskIdSchema } from "#contract/ids.ts";
import { blockText, blockUid } from "./time-block.ts";

test("time kept for a task is an event on the clock of the person that leads to the task", () => {
  const uid = blockUid(taskIdSchema.parse(naturalId("test", "a")), "2026-11-24");
  const link = "parvis://task/person/x/y";
  const fromMs = Date.parse("2026-11-24T13:00:00Z");
  const text = blockText(
    { title: "Relire, puis envoyer", link, fromMs, toMs: fromMs + 1_800_000 },
    { uid, nowMs: fromMs, zone: "Europe/Paris" },
  );
  const shown = { instance: "20261124T130000Z", startMs: fromMs };
  expect(openTime(text, shown, "Europe/Paris")?.event).toMatchObject({
    title: "Relire, puis envoyer",
    start: { kind: "zoned", local: "2026-11-24T14:00:00", zone: "Europe/Paris" },
    end: { local: "2026-11-24T14:30:00" },
    url: link,
    isFree: false,
  });
  expect(text).toContain(`UID:${uid}`);
  expect(text).toContain("BEGIN:VTIMEZONE");
});

test("where the zone is not known, the moments stay", () => {
  const fromMs = Date.parse("2026-11-24T13:00:00Z");
  const block = { title: "a", link: "parvis://x", fromMs, toMs: fromMs + 900_000 };
  expect(blockText(block, { uid: "u", nowMs: 0, zone: "Mars/Base" })).toContain("DTSTART:20261124T130000Z");
});
