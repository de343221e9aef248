import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { accountIdSchema, type HostEvent } from "#contract/bridge.ts";
import { HostEvents } from "../events.ts";
import { CacheKeys } from "../secrets/cache-key.ts";
import type { FallbackStore } from "../secrets/fallback-store.ts";
import { createSettings } from "../settings.ts";
import { memorySecrets } from "../testing/memory-secrets.ts";
import { tempFolder } from "../testing/temp-folder.ts";
import { IdleWatch } from "./idle-watch.ts";
import { lockedGateway } from "./locked-gateway.ts";
import { LockService } from "./lock-service.ts";

const account = accountIdSchema.parse("one");
const NAME = "cache-key/one";

interface Profile {
  dataDir: string;
  secrets: FallbackStore;
  events: HostEvents;
  seen: HostEvent[];
  clock: { now: number };
}

async function makeProfile(): Promise<Profile> {
  const dataDir = await tempFolder();
  const events = new HostEvents();
  const seen: HostEvent[] = [];
  events.subscribe((event) => seen.push(event));
  return { dataDir, secrets: await memorySecrets(dataDir), events, seen, clock: { now: 1_800_000_000_000 } };
}

/** A start of Parvis over this profile. */
async function start({ dataDir, secrets, events, clock }: Profile) {
  const lock = await LockService.open({
    dataDir,
    secrets,
    events,
    onDamaged: () => undefined,
    now: () => clock.now,
    cost: 2,
  });
  const keys = new CacheKeys({ secrets, guard: lock });
  return { lock, keys, reseal: () => keys.reseal([account]) };
}

test("a code seals the cache key beyond the store; locked, nothing gives it away; unlocked, it is the same", async () => {
  const profile = await makeProfile();
  const { lock, keys, reseal } = await start(profile);
  const before = await keys.get(account);
  expect(lock.status()).toEqual({ isLocked: false, reason: null, method: "none", retryAfter: 0 });
  await expect(lock.lock("asked")).rejects.toMatchObject({ kind: "unsupported" });
  await lock.setCode("chaise verte", undefined, reseal);
  expect(await profile.secrets.get(NAME)).not.toContain(before.key);
  expect(await keys.get(account)).toEqual(before);
  await lock.lock("asked");
  expect(lock.status()).toMatchObject({ isLocked: true, reason: "asked", method: "code" });
  await expect(keys.get(account)).rejects.toMatchObject({ kind: "locked" });
  await expect(keys.get(accountIdSchema.parse("two"))).rejects.toMatchObject({ kind: "locked" });
  await lock.unlock("chaise verte");
  expect(await keys.get(account)).toEqual(before);
  expect(profile.seen.map((event) => event.type === "lockChanged" && event.status.isLocked)).toEqual([
    false,
    true,
    false,
  ]);
});

const cut = async (): Promise<void> => {
  throw new Error("the power went");
};

test("with a code Parvis starts locked; the code can be changed and taken away, and each step may be cut off", async () => {
  const profile = await makeProfile();
  const first = await start(profile);
  const before = await first.keys.get(account);
  await expect(first.lock.setCode("code un", undefined, cut)).rejects.toThrow("power");
  const second = await start(profile);
  expect(second.lock.status()).toMatchObject({ isLocked: true, reason: "start" });
  await second.lock.unlock("code un");
  expect(await second.keys.get(account)).toEqual(before);
  await second.lock.setCode("code deux", "code un", second.reseal);
  const third = await start(profile);
  await expect(third.lock.unlock("code un")).rejects.toMatchObject({ kind: "signInFailed" });
  await third.lock.unlock("code deux");
  await expect(third.lock.removeCode("code un", third.reseal)).rejects.toMatchObject({
    kind: "signInFailed",
  });
  await expect(third.lock.removeCode("code deux", cut)).rejects.toThrow("power");
  const fourth = await start(profile);
  await fourth.lock.unlock("code deux");
  await fourth.lock.removeCode("code deux", fourth.reseal);
  const fifth = await start(profile);
  expect(fifth.lock.status()).toMatchObject({ isLocked: false, method: "none" });
  expect(await fifth.keys.get(account)).toEqual(before);
});

test("wrong codes cost ever more time, and ending Parvis forgives none of it", async () => {
  const profile = await makeProfile();
  const { lock, reseal } = await start(profile);
  await lock.setCode("le bon code", undefined, reseal);
  await lock.lock("asked");
  for (let tries = 0; tries < 3; tries += 1) {
    await expect(lock.unlock("faux")).rejects.toMatchObject({ kind: "signInFailed" });
  }
  await expect(lock.unlock("le bon code")).rejects.toMatchObject({ kind: "rateLimited" });
  const again = await start(profile);
  expect(again.lock.status().retryAfter).toBe(15);
  await expect(again.lock.unlock("le bon code")).rejects.toMatchObject({ kind: "rateLimited" });
  profile.clock.now += 15_000;
  await expect(again.lock.unlock("faux")).rejects.toMatchObject({ kind: "signInFailed" });
  expect(again.lock.status().retryAfter).toBe(30);
  profile.clock.now += 30_000;
  expect(await again.lock.unlock("le bon code")).toMatchObject({ isLocked: false, retryAfter: 0 });
});

test("a damaged lock file is put aside, and what it sealed asks to sign in again", async () => {
  const profile = await makeProfile();
  const first = await start(profile);
  await first.keys.get(account);
  await first.lock.setCode("un code", undefined, first.reseal);
  const path = join(profile.dataDir, "lock.json");
  expect(await readFile(path, "utf8")).not.toContain("un code");
  await writeFile(path, "{");
  const { lock, keys } = await start(profile);
  expect(lock.status()).toMatchObject({ isLocked: false, method: "none" });
  await expect(keys.get(account)).rejects.toMatchObject({ kind: "secretsUnavailable" });
});

test("where secrets are under a passphrase, it is the code: locking forgets it", async () => {
  const profile = await makeProfile();
  await profile.secrets.unlock("phrase secrète");
  const { lock, keys } = await start(profile);
  const before = await keys.get(account);
  expect(lock.status()).toMatchObject({ method: "passphrase" });
  await lock.lock("asked");
  expect(await profile.secrets.status()).toMatchObject({ isLocked: true });
  await expect(lock.unlock("autre")).rejects.toMatchObject({ kind: "signInFailed" });
  await lock.unlock("phrase secrète");
  expect(await keys.get(account)).toEqual(before);
});

test("locks when nobody has been there for as long as chosen, and with the machine", async () => {
  const profile = await makeProfile();
  const { lock, reseal } = await start(profile);
  const settings = createSettings(profile.dataDir, profile.events, () => undefined);
  const idle = new IdleWatch({
    lock,
    settings,
    events: profile.events,
    now: () => profile.clock.now,
    onError: (error) => {
      throw error;
    },
    everyMs: 5,
  });
  onTestFinished(() => idle.stop());
  await settings.set({ lockAfterMinutes: 10, lockWithSystem: true });
  await lock.setCode("un code", undefined, reseal);
  profile.clock.now += 9 * 60_000;
  idle.noteActive();
  profile.clock.now += 9 * 60_000;
  profile.events.emit({ type: "powerChanged", state: "suspend" });
  expect(lock.isLocked).toBe(false);
  profile.clock.now += 60_000;
  await expect.poll(() => lock.status().reason).toBe("idle");
  await lock.unlock("un code");
  idle.noteActive();
  profile.events.emit({ type: "powerChanged", state: "lock" });
  await expect.poll(() => lock.status().reason).toBe("system");
});

test("nothing looks at the clock while there is nothing to lock", async () => {
  const profile = await makeProfile();
  const { lock, reseal } = await start(profile);
  const settings = createSettings(profile.dataDir, profile.events, () => undefined);
  let looks = 0;
  const idle = new IdleWatch({
    ...profile,
    lock,
    settings,
    now: () => 0,
    onError: () => undefined,
    everyMs: 1,
  });
  onTestFinished(() => idle.stop());
  idle.useSystem(() => {
    looks += 1;
    return 0;
  });
  await settings.set({ lockAfterMinutes: 10 });
  expect(idle.isLooking).toBe(false);
  await lock.setCode("un code", undefined, reseal);
  await expect.poll(() => looks).toBeGreaterThan(0);
  await lock.lock("asked");
  await expect.poll(() => idle.isLooking).toBe(false);
  await lock.unlock("un code");
  await expect.poll(() => idle.isLooking).toBe(true);
  await settings.set({ lockAfterMinutes: 0 });
  await expect.poll(() => idle.isLooking).toBe(false);
});

test("pages find the gateway closed while Parvis is locked, and what they have under way is cut", async () => {
  const profile = await makeProfile();
  const { lock, reseal } = await start(profile);
  await lock.setCode("un code", undefined, reseal);
  const gateway = lockedGateway(
    {
      async handle(_request, end) {
        return new Response(
          new ReadableStream({
            start(controller) {
              end?.addEventListener("abort", () => controller.error(end.reason));
            },
          }),
        );
      },
    },
    lock,
  );
  const call = () => gateway.handle(new Request("http://host.invalid/gateway/one/v1/events"));
  const stream = await call();
  const reading = stream.text();
  await lock.lock("asked");
  await expect(reading).rejects.toMatchObject({ kind: "locked" });
  expect((await call()).status).toBe(423);
});
