import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { tempFolder } from "../testing/temp-folder.ts";
import { lockProfile } from "./instance-lock.ts";

test("a folder whose instance lives is not taken, one whose instance was killed is", async () => {
  const folder = await tempFolder();
  const holder = await lockProfile(folder);
  if (!("lock" in holder)) throw new Error("not taken");
  await holder.lock.publish(4000);
  const { secret } = holder.lock;
  expect(await lockProfile(folder)).toEqual({ running: { pid: process.pid, secret, port: 4000 } });
  const other = await tempFolder();
  // The number of one that was killed may be another program's by now.
  await writeFile(join(other, "instance.json"), JSON.stringify({ pid: process.ppid, secret: "s" }));
  expect(await lockProfile(other)).toHaveProperty("lock");
});

test("of many that start at once beside the file of a dead one, one gets the folder", async () => {
  const folder = await tempFolder();
  const dead = spawnSync(process.execPath, ["-e", "0"]).pid;
  await writeFile(join(folder, "instance.json"), JSON.stringify({ pid: dead, secret: "s" }));
  const script = join(import.meta.dirname, "..", "testing", "lock-taker.ts");
  const startAt = String(Date.now() + 2000);
  const outcomes = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const child = spawn(process.execPath, [script, folder, startAt], {
        stdio: ["pipe", "pipe", "inherit"],
      });
      onTestFinished(() => void child.kill());
      const [line] = await once(child.stdout.setEncoding("utf8"), "data");
      return String(line).trim();
    }),
  );
  expect(outcomes.toSorted()).toEqual(["locked", ...Array.from({ length: 5 }, () => "running")]);
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
