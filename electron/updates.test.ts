import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { appendFile, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { tempFolder } from "#host/testing/temp-folder.ts";
import { app } from "./testing/fake-electron.ts";
import { createSigningKey, writeProgram, type UpdateMirror } from "./testing/update-mirror.ts";
import { look, soon, startUpdates, TestMirror, type Setup } from "./testing/update-scene.ts";

/** The library's own updater for AppImages, looking at real mirrors. */

const DAY_MS = 86_400_000;
const daysAgo = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString();

let image = "";
beforeEach(async () => {
  image = join(await tempFolder(), "Parvis.AppImage");
  await writeProgram(image, "1.0.0");
  vi.stubEnv("APPIMAGE", image);
  app.asked.length = 0;
  return () => vi.unstubAllEnvs();
});

test("a newer version that is signed is fetched in parts, checked and offered; nothing is installed by itself", async () => {
  const mirror = await TestMirror.create();
  const program = await mirror.offer();
  const { root, status, told, updater, notices, network } = await look(mirror);
  expect(status).toMatchObject({ state: "ready", version: "1.1.0" });
  const fetched = join(root, "cache/parvis-updater/pending/Parvis-1.1.0.AppImage");
  expect(await readFile(fetched)).toEqual(await readFile(program));
  const whole = (await readFile(program)).length;
  expect(mirror.given.get("Parvis-1.1.0.AppImage")).toBeLessThan(whole / 4);
  expect(told.map((each) => each.state)).toEqual(
    expect.arrayContaining(["checking", "downloading", "ready"]),
  );
  expect(updater()).toMatchObject({
    autoDownload: false,
    autoInstallOnAppQuit: false,
    allowDowngrade: false,
  });
  await expect
    .poll(() => notices.map((notice) => notice.title), soon)
    .toEqual(["La mise à jour 1.1.0 est prête"]);
  expect(app.asked).toEqual([]);
  expect(network.contacts.list()).toMatchObject([{ module: "updates", count: 2, failures: 0 }]);
});

test("a mirror that gives whole files only serves as well", async () => {
  const mirror = await TestMirror.create();
  const program = await mirror.offer();
  mirror.instead.set("Parvis-1.1.0.AppImage", (response) => {
    void readFile(program).then((file) =>
      response.writeHead(200, { "content-length": file.length }).end(file),
    );
  });
  expect((await look(mirror)).status.state).toBe("ready");
});

test("the same from a folder or share", async () => {
  const mirror = await TestMirror.create();
  await mirror.offer();
  expect((await look(mirror, { address: mirror.folder })).status).toMatchObject({ state: "ready" });
});

test("installing looks at the file once more and ends everything first; a failure starts the old version again", async () => {
  const mirror = await TestMirror.create();
  await mirror.offer();
  const { updates, updater, notices, root } = await look(mirror);
  await expect.poll(() => notices, soon).toHaveLength(1);
  notices[0]?.onClick();
  await expect.poll(() => app.asked, { timeout: 10_000 }).toEqual(["end all", "release the lock", "install"]);
  updater()?.emit("error", new Error("read-only disk"));
  expect(app.asked.slice(3)).toEqual(["relaunch", "quit"]);
  app.asked.length = 0;
  await appendFile(join(root, "cache/parvis-updater/pending/Parvis-1.1.0.AppImage"), "more");
  await expect(updates.install()).rejects.toMatchObject({ problem: { kind: "conflict" } });
  expect(app.asked).toEqual([]);
  expect(await updates.status()).toMatchObject({ state: "failed", reason: "signature" });
});

test.skipIf(process.platform === "win32")(
  "installing replaces the program and starts the new one",
  async () => {
    const mirror = await TestMirror.create();
    const program = await mirror.offer();
    const { updates } = await look(mirror, { isReplacing: true });
    await updates.install();
    await expect.poll(() => existsSync(`${image}.started`), soon).toBe(true);
    expect(await readFile(image)).toEqual(await readFile(program));
  },
);

test("a share of a staged release is always the same machines, and the mirror is not told which", async () => {
  const mirror = await TestMirror.create();
  const dataDir = await tempFolder();
  // A quarter on the way from none to all.
  await writeFile(join(dataDir, ".updaterId"), "6ba7b812-9dad-51d1-80b4-00c040000000");
  await mirror.offer({ stagingPercentage: 20 });
  const early = await look(mirror, { dataDir });
  expect(early.status).toMatchObject({ state: "idle" });
  await mirror.offer({ stagingPercentage: 30 });
  await early.updates.check();
  await expect.poll(() => early.updates.status(), soon).toMatchObject({ state: "ready" });
  expect([...mirror.headers].filter((header) => header.startsWith("x-"))).toEqual([]);
});

test.each([
  ["without a key", { keys: [] }, "signature"],
  ["with a key that is none", { policies: { UpdateSigningKeys: ["bm8="] } }, "signature"],
  ["without an address", { address: "" }, "notSet"],
  ["with an address that is none", { address: "http://updates.example/" }, "address"],
  ["by policy", { policies: { UpdateMode: "off" } }, "policy"],
  ["of an MSI", { packageKind: "msi" }, "package"],
  ["of a system's package", { packageKind: "deb" }, "package"],
  ["of a portable folder", { packageKind: "portable" }, "package"],
])("%s there is no updater at all, and the reason is said", async (_what, setup: Setup, reason) => {
  const mirror = await TestMirror.create();
  await mirror.offer();
  const { status, updater, network } = await look(mirror, setup);
  expect(status).toMatchObject({ state: "off", reason });
  expect(updater()).toBeUndefined();
  expect(network.contacts.list()).toEqual([]);
  expect(mirror.given.size).toBe(0);
});

test.each<[string, Parameters<UpdateMirror["offer"]>[0], string]>([
  ["signed with another key", { key: createSigningKey() }, "no key that is trusted"],
  ["that has expired", { signedAt: daysAgo(10), expiresAt: daysAgo(1) }, "expired"],
  ["signed in the future", { signedAt: daysAgo(-3) }, "future"],
  ["with the signature of another list", { signedFile: "latest-mac.yml" }, "latest-mac.yml"],
])("a list %s is refused before anything of it is used", async (_what, offer, why) => {
  const mirror = await TestMirror.create();
  await mirror.offer(offer);
  const { status } = await look(mirror);
  expect(status).toMatchObject({
    state: "failed",
    reason: "signature",
    detail: expect.stringContaining(why),
  });
  expect(mirror.given.has("Parvis-1.1.0.AppImage")).toBe(false);
});

test("a list without a signature is refused, and one that was changed by a byte", async () => {
  const mirror = await TestMirror.create();
  await mirror.offer();
  const list = join(mirror.folder, "latest-linux.yml");
  await writeFile(list, (await readFile(list, "utf8")).replace("1.1.0", "1.9.0"));
  const changed = await look(mirror);
  expect(changed.status).toMatchObject({
    reason: "signature",
    detail: expect.stringContaining("not what was signed"),
  });
  mirror.instead.set("latest-linux.yml.sig", (response) => response.writeHead(404).end());
  const unsigned = await look(mirror);
  expect(unsigned.status).toMatchObject({
    reason: "signature",
    detail: expect.stringContaining("not signed"),
  });
});

test("a file that is not the one promised is not offered, nor one that broke off", async () => {
  const mirror = await TestMirror.create();
  const program = await mirror.offer();
  const { length } = await readFile(program);
  await writeFile(program, randomBytes(length));
  expect((await look(mirror)).status).toMatchObject({ state: "failed", reason: "signature" });
  await writeProgram(program, "1.1.0");
  await truncate(program, length - 1000);
  expect((await look(mirror)).status).toMatchObject({ state: "failed" });
  mirror.instead.set("Parvis-1.1.0.AppImage", (response) => {
    response.writeHead(200, { "content-length": length });
    response.write(Buffer.alloc(1000), () => response.destroy());
  });
  expect((await look(mirror)).status).toMatchObject({ state: "failed", reason: "network" });
});

test("a list that leads out of the mirror's folder is refused even when it is signed", async () => {
  const mirror = await TestMirror.create();
  await mirror.offer({ url: "https://elsewhere.example/Parvis.AppImage" });
  expect((await look(mirror)).status.state).toBe("failed");
});

test("an older version is not taken, on either channel", async () => {
  const mirror = await TestMirror.create();
  await mirror.offer({ version: "0.9.0" });
  await mirror.offer({ version: "0.9.0-preview.2", channel: "preview" });
  expect((await look(mirror)).status).toMatchObject({ state: "idle" });
  const preview = await look(mirror, { policies: { UpdateChannel: "preview" } });
  expect(preview.status).toMatchObject({ state: "idle" });
  expect(preview.updater()).toMatchObject({ allowDowngrade: false });
  expect(mirror.given.has("preview-linux.yml")).toBe(true);
});

test("a list older than one that was seen is refused, over a restart too", async () => {
  const mirror = await TestMirror.create();
  await mirror.offer({ version: "1.2.0", signedAt: daysAgo(1) });
  const first = await look(mirror);
  expect(first.status).toMatchObject({ state: "ready", version: "1.2.0" });
  await first.updates.stop();
  await mirror.offer({ version: "1.1.0", signedAt: daysAgo(2) });
  const second = await look(mirror, { dataDir: first.root });
  expect(second.status).toMatchObject({
    state: "failed",
    reason: "signature",
    detail: expect.stringContaining("older"),
  });
});

test("a staged release is for its share of installations only, and an update that is withdrawn is not installed", async () => {
  const mirror = await TestMirror.create();
  await mirror.offer({ stagingPercentage: 0 });
  expect((await look(mirror)).status).toMatchObject({ state: "idle" });
  await mirror.offer({ stagingPercentage: 100 });
  const { status, updates } = await look(mirror);
  expect(status).toMatchObject({ state: "ready" });
  await mirror.offer({ stagingPercentage: 0 });
  expect(await updates.check()).toMatchObject({ state: "idle" });
  await expect(updates.install()).rejects.toMatchObject({ problem: { kind: "conflict" } });
});

test("by policy a release is taken up only after some days", async () => {
  const mirror = await TestMirror.create();
  await mirror.offer({ releaseDate: daysAgo(3) });
  const { status } = await look(mirror, { policies: { UpdateDeferralDays: 7 } });
  expect(status).toMatchObject({
    state: "idle",
    version: "1.1.0",
    reason: "policy",
    dueAt: expect.stringContaining(daysAgo(-4).slice(0, 11)),
  });
  expect(mirror.given.has("Parvis-1.1.0.AppImage")).toBe(false);
  expect((await look(mirror, { policies: { UpdateDeferralDays: 2 } })).status).toMatchObject({
    state: "ready",
  });
});

test("put off by the person it is not spoken of, and never more than once a day", async () => {
  const mirror = await TestMirror.create();
  await mirror.offer();
  const { updates, notices, root } = await look(mirror);
  await expect.poll(() => notices, soon).toHaveLength(1);
  const tomorrow = daysAgo(-1);
  expect(await updates.defer(tomorrow)).toMatchObject({ state: "ready", deferredUntil: tomorrow });
  await expect(updates.defer(daysAgo(1))).rejects.toMatchObject({ problem: { kind: "badRequest" } });
  await expect(updates.defer(daysAgo(-30))).rejects.toMatchObject({ problem: { kind: "badRequest" } });
  await updates.stop();
  const again = await look(mirror, { dataDir: root });
  expect(again.status).toMatchObject({ state: "ready", deferredUntil: tomorrow });
  expect(again.notices).toEqual([]);
});

test("a server that is away is said and nothing breaks; an AppImage that was unpacked is left alone", async () => {
  const mirror = await TestMirror.create();
  expect((await look(mirror)).status).toMatchObject({ state: "failed", reason: "network" });
  await mirror.offer();
  vi.stubEnv("APPIMAGE", undefined);
  expect((await look(mirror)).status).toMatchObject({ state: "off", reason: "package" });
});

test("ending while an update is being fetched breaks off and waits for nothing", async () => {
  const mirror = await TestMirror.create();
  await mirror.offer();
  let isAsked = false;
  mirror.instead.set("Parvis-1.1.0.AppImage", () => {
    isAsked = true;
  });
  const { updates } = await startUpdates({ address: await mirror.serve(), keys: [mirror.key.publicKey] });
  await expect.poll(() => isAsked, soon).toBe(true);
  await updates.stop();
  expect(await updates.status()).toMatchObject({ state: "downloading" });
});

test.each(["latest-linux.yml", "latest-linux.yml.sig", "Parvis-1.1.0.AppImage"])(
  "a mirror that falls silent at %s is given up",
  async (name) => {
    const mirror = await TestMirror.create();
    await mirror.offer();
    mirror.instead.set(name, () => undefined);
    const { status } = await look(mirror, { patienceMs: 100 });
    expect(status).toMatchObject({ state: "failed", reason: "network" });
  },
);

test("a proxy that asks is answered as everywhere: the person is asked, and asked again when it refuses", async () => {
  const mirror = await TestMirror.create();
  const { updater, network } = await look(mirror);
  const answers: string[][] = [];
  const ask = (isProxy: boolean): void => {
    const asked = { isProxy, host: "proxy.example", port: 3128, realm: "Gate", scheme: "basic" };
    updater()?.emit("login", asked, (...answer) => answers.push(answer));
  };
  ask(true);
  await expect
    .poll(() => network.questions.list())
    .toMatchObject([{ host: "proxy.example:3128", isAgain: false }]);
  const credentials = {
    kind: "credentials",
    username: "me",
    password: "secret",
    isRemembered: false,
  } as const;
  network.questions.answer(network.questions.list()[0]?.id ?? "", credentials);
  await expect.poll(() => answers).toEqual([["me", "secret"]]);
  ask(true);
  await expect.poll(() => network.questions.list()).toMatchObject([{ isAgain: true }]);
  network.questions.answer(network.questions.list()[0]?.id ?? "", { kind: "cancel" });
  await expect.poll(() => answers.slice(1)).toEqual([["", ""]]);
  ask(false);
  await expect.poll(() => answers.slice(2)).toEqual([["", ""]]);
  expect(network.questions.list()).toEqual([]);
});
