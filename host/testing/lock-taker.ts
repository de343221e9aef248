import { setTimeout as wait } from "node:timers/promises";
import { lockProfile } from "../profile/instance-lock.ts";

/** Tries to take a folder at a given moment, says how it went, and stays until its input ends. */
const [folder = "", startAt = "0"] = process.argv.slice(2);
await wait(Math.max(0, Number(startAt) - Date.now()));
const outcome = await lockProfile(folder);
process.stdout.write("lock" in outcome ? "locked\n" : "running\n");
process.stdin.resume();
