import { setTimeout as wait } from "node:timers/promises";
import { ShownNotices } from "../notifications/shown-notices.ts";

/** Claims keys one by one from a given moment on, and says which it got. */
const [folder = "", startAt = "0", count = "0"] = process.argv.slice(2);
const shown = new ShownNotices(folder);
await wait(Math.max(0, Number(startAt) - Date.now()));
const got: string[] = [];
for (let index = 0; index < Number(count); index += 1) {
  got.push(...(await shown.claim([`key ${index}`])));
}
process.stdout.write(`${JSON.stringify(got)}\n`);
