import process from "node:process";
import { driveIdSchema, TOP } from "#contract/drives.ts";
import { createId } from "#contract/ids.ts";
import { OfflineService } from "#host/drives/offline/offline-service.ts";
import { WebdavDrive } from "#host/drives/webdav/webdav-drive.ts";
import { HostEvents } from "#host/events.ts";
import { silentLog } from "#host/log/log.ts";
import { noPolicies } from "#host/policy/policies.ts";

/** Pins everything of a WebDAV server into a new profile, as a host does, and prints how long that took. */
const [address = "", username = "", password = "", dataDir = ""] = process.argv.slice(2);
const basic = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
const drive = new WebdavDrive({
  address,
  fetch: (input, init) => fetch(input, init),
  authorization: async () => basic,
  now: Date.now,
});
const offline = await OfflineService.open({
  dataDir,
  drives: {
    open: () => drive,
    about: () => ({ name: "bench", accountId: null }),
    isAboveCeiling: () => Promise.resolve(false),
    isWiped: () => Promise.resolve(false),
  },
  events: new HostEvents(),
  policies: noPolicies,
  isLocked: () => false,
  onNotice: () => undefined,
  log: silentLog,
  now: Date.now,
  names: { platform: process.platform, isCaseSensitive: true },
  words: () => ({ conflict: "conflict", who: "bench" }),
});
await offline.start();
const startedAt = performance.now();
await offline.pin(driveIdSchema.parse(createId()), TOP);
let pin = offline.status().pins[0];
while (pin?.state !== "synced") {
  await new Promise((resolve) => {
    setTimeout(resolve, 20);
  });
  pin = offline.status().pins[0];
  if (pin?.problem !== null && pin?.problem !== undefined) throw new Error(JSON.stringify(pin.problem));
}
const elapsedMs = performance.now() - startedAt;
process.stdout.write(`${JSON.stringify({ elapsedMs, files: pin.files })}\n`);
await offline.stop();
await drive.close();
