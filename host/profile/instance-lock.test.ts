import { spawnSync } from "node:child_process";
import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tempFolder } from "../testing/temp-folder.ts";
import { lockProfile } from "./instance-lock.ts";

const LIVE_PID = process.ppid;

test("a folder whose instance lives is not taken, one whose instance was killed is", async () => {
  const folder = await tempFolder();
  const path = join(folder, "instance.json");
  await writeFile(path, JSON.stringify({ pid: LIVE_PID, secret: "s", port: 4000 }));
  expect(await lockProfile(folder)).toEqual({ running: { pid: LIVE_PID, secret: "s", port: 4000 } });
  const dead = spawnSync(process.execPath, ["-e", "0"]).pid;
  await writeFile(path, JSON.stringify({ pid: dead, secret: "s" }));
  expect(await lockProfile(folder)).toHaveProperty("lock");
});

test("a file that makes no sense does not lock anybody out", async () => {
  const folder = await tempFolder();
  await writeFile(join(folder, "instance.json"), "{");
  expect(await lockProfile(folder)).toHaveProperty("lock");
});

test.skipIf(process.platform === "win32")(
  "only the owner can read the secret, and release lets the next one in",
  async () => {
    const folder = await tempFolder();
    const taken = await lockProfile(folder);
    if (!("lock" in taken)) throw new Error("not taken");
    await taken.lock.publish(4000);
    expect((await stat(join(folder, "instance.json"))).mode & 0o077).toBe(0);
    await taken.lock.release();
    expect(await lockProfile(folder)).toHaveProperty("lock");
  },
);
