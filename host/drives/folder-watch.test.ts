import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { driveIdSchema, drivePathSchema, TOP } from "#contract/drives.ts";
import { createId } from "#contract/ids.ts";
import { HostEvents } from "../events.ts";
import { FolderWatch } from "./folder-watch.ts";

async function world() {
  const folder = await mkdtemp(join(tmpdir(), "parvis-watch-"));
  const events = new HostEvents();
  const watch = new FolderWatch(events, () => false);
  onTestFinished(async () => {
    watch.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const heard: string[] = [];
  events.subscribe((event) => {
    if (event.type === "driveFolderChanged") heard.push(event.path);
  });
  const drive = { id: driveIdSchema.parse(createId()), kind: "folder" as const, address: folder };
  return { folder, watch, heard, drive };
}

test("a folder that a page looks at tells when another program changes it", async () => {
  const { folder, watch, heard, drive } = await world();
  await watch.listed(drive, TOP);
  await writeFile(join(folder, "nouveau.txt"), "x");
  await vi.waitFor(() => expect(heard).toEqual([TOP]), 5000);
});

test("what is on another machine is not watched, and what is not there is said", async () => {
  const { folder, watch, heard, drive } = await world();
  await watch.listed({ ...drive, kind: "mount" }, TOP);
  await writeFile(join(folder, "a"), "x");
  await expect(watch.listed(drive, drivePathSchema.parse("none"))).rejects.toMatchObject({
    fault: "notFound",
  });
  await watch.listed(drive, TOP);
  await writeFile(join(folder, "b"), "x");
  await vi.waitFor(() => expect(heard).toEqual([TOP]), 5000);
});
