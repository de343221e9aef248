import { drivePathSchema } from "#contract/drives.ts";
import { WorkingCopies } from "../working-copies.ts";
import { copyOptions, DRIVE, drivesOf, saveInPlace } from "./copy-scene.ts";

/** Opens a file, saves it, and is killed at one of the steps; ends by itself when there are fewer. */
const [dataDir = "", folder = "", last = ""] = process.argv.slice(2);
let steps = 0;

function step(): void {
  steps += 1;
  if (steps === Number(last)) process.kill(process.pid, "SIGKILL");
}

const saved = Promise.withResolvers<void>();
const copies = await WorkingCopies.start({
  ...copyOptions(dataDir, drivesOf(folder, step)),
  openFile: (file) => saveInPlace(file, "edited"),
  onChange(list) {
    step();
    if (list.some(({ savedAt, state }) => savedAt !== null && state === "open")) saved.resolve();
  },
});
await copies.open(DRIVE, drivePathSchema.parse("a.txt"));
// What is awaited keeps no process alive by itself.
const alive = setInterval(() => undefined, 1000);
await saved.promise;
clearInterval(alive);
await copies.stop();
