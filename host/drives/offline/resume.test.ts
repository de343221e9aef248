import { expect, onTestFinished, test } from "vitest";
import { writeFile } from "node:fs/promises";
import { MemoryDrive } from "../../testing/memory-drive.ts";
import { tempFolder } from "../../testing/temp-folder.ts";
import { DriveError } from "../drive-error.ts";
import type { ReadOptions } from "../drive.ts";
import { Machine } from "./testing/machine.ts";

const MEGABYTE = 1024 * 1024;
const LARGE = "0123456789abcdef".repeat((20 * MEGABYTE) / 16);

/** A line that is cut after so many bytes. */
async function interrupted() {
  const drive = new MemoryDrive();
  drive.seed("film.mp4", LARGE);
  const wanted: ReadOptions[] = [];
  let leftBytes = 18 * MEGABYTE;
  const read = drive.read.bind(drive);
  drive.read = async (path, options, call) => {
    wanted.push(options);
    const content = await read(path, options, call);
    const pieces = async function* (): AsyncGenerator<Uint8Array> {
      for await (const piece of content.stream) {
        leftBytes -= piece.length;
        if (leftBytes < 0) throw new DriveError("unreachable", { title: "The line was cut" });
        yield piece;
      }
    };
    return { ...content, stream: ReadableStream.from(pieces()) };
  };
  const machine = await Machine.start({ folder: await tempFolder(), drive });
  onTestFinished(() => machine.close());
  await expect(machine.pass()).rejects.toMatchObject({ fault: "unreachable" });
  leftBytes = Number.POSITIVE_INFINITY;
  return { drive, machine, wanted };
}

test("a large file that was interrupted goes on where it was, and is whole", async () => {
  const { machine, wanted } = await interrupted();
  machine.restart();
  await machine.converge();
  expect(wanted.map(({ range }) => range)).toEqual([undefined, { first: 16 * MEGABYTE }]);
  expect((await machine.files())["film.mp4"] === LARGE).toBe(true);
  expect(await machine.files(machine.parts)).toEqual({});
});

test("one that changed on the drive meanwhile begins anew", async () => {
  const { drive, machine, wanted } = await interrupted();
  drive.seed("film.mp4", LARGE.toUpperCase());
  await machine.converge();
  expect(wanted.map(({ range }) => range)).toEqual([undefined, undefined]);
  expect((await machine.files())["film.mp4"] === LARGE.toUpperCase()).toBe(true);
  expect(await machine.files(machine.parts)).toEqual({});
});

test("a small file that a power cut has emptied is brought again, and one that somebody changed is sent", async () => {
  const drive = new MemoryDrive();
  drive.seed("lost.txt", "content");
  drive.seed("changed.txt", "content");
  const machine = await Machine.start({ folder: await tempFolder(), drive });
  onTestFinished(() => machine.close());
  await machine.converge();
  // The journal says that both were brought, and not yet that the disk has them.
  await writeFile(machine.place("lost.txt"), Buffer.alloc(7));
  await writeFile(machine.place("changed.txt"), "by hand");
  machine.restart();
  await machine.converge();
  expect(await machine.files()).toEqual({ "changed.txt": "by hand", "lost.txt": "content" });
  await machine.sync.settle(new AbortController().signal);
  await writeFile(machine.place("lost.txt"), Buffer.alloc(7));
  machine.restart();
  await machine.converge();
  // From here on, what is there is what somebody has put there.
  expect((await machine.files())["lost.txt"]).toBe("\0".repeat(7));
});
