import { expect, test } from "vitest";
import { MemoryDrive } from "../../testing/memory-drive.ts";
import { DriveError } from "../drive-error.ts";
import { askForNews } from "./drive-news.ts";

const call = { signal: new AbortController().signal };
const isPinned = (path: string): boolean => path.startsWith("x/");

test("a drive that tells its changes is only looked at when something pinned is among them", async () => {
  const drive = new MemoryDrive({ canTellChanges: true });
  drive.seed("x/a.txt", "1");
  const first = await askForNews(drive, null, isPinned, call);
  expect(first.isNew).toBe(true);
  drive.seed("y/b.txt", "1");
  const second = await askForNews(drive, first.cursor, isPinned, call);
  expect(second.isNew).toBe(false);
  drive.seed("x/a.txt", "2");
  expect((await askForNews(drive, second.cursor, isPinned, call)).isNew).toBe(true);
});

test("a cursor that is too old begins anew, and a drive that is gone says so", async () => {
  const drive = new MemoryDrive({ canTellChanges: true });
  drive.seed("y/b.txt", "1");
  const changes = drive.changes.bind(drive);
  drive.changes = (cursor, options) => {
    if (cursor === "old") throw new DriveError("notFound", { title: "too old" });
    return changes(cursor, options);
  };
  const news = await askForNews(drive, "old", isPinned, call);
  expect(news.isNew).toBe(true);
  expect(news.cursor).not.toBeNull();
  drive.failure = new DriveError("unreachable", { title: "gone" });
  await expect(askForNews(drive, news.cursor, isPinned, call)).rejects.toMatchObject({
    fault: "unreachable",
  });
});
