import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { driveSchema, driveUrl, TOP, childPath } from "#contract/drives.ts";
import { createHost } from "../host.ts";
import { openProfile } from "../profile/profile.ts";
import { BrowserShell } from "../shell/browser-shell.ts";
import { createPages } from "../shell/pages.ts";
import { createStaticFiles } from "../shell/static-files.ts";
import { MemoryDrive } from "../testing/memory-drive.ts";
import { memorySecrets } from "../testing/memory-secrets.ts";
import { tempFolder } from "../testing/temp-folder.ts";
import { TokenServer } from "../testing/token-server.ts";

test(
  "pages of Parvis reach drives, others do not, and nobody does while it is locked",
  { timeout: 60_000 },
  async () => {
    const dataDir = await tempFolder();
    const drive = new MemoryDrive();
    drive.seed("a.txt", "hello");
    const server = await TokenServer.open();
    const host = await createHost({
      dataDir,
      profile: await openProfile(dataDir, () => undefined),
      info: { version: "1", shell: "browser", platform: "linux", locale: "fr", isDevelopment: false },
      secrets: await memorySecrets(dataDir),
      openExternal: () => Promise.resolve(),
      onNotice: () => undefined,
      serverUrl: server.url,
      driveOpeners: { webdav: () => drive },
    });
    onTestFinished(() => host.stop());
    const { bridge, events, snapshot, pageGateway } = host;
    const shell = await BrowserShell.open({
      bridge,
      events,
      snapshot,
      port: 0,
      instanceSecret: "instance",
      pages: createPages(pageGateway, createStaticFiles(dataDir)),
      onFault: (error) => {
        throw error;
      },
    });
    onTestFinished(() => shell.close());
    const added = await bridge.call("drives.add", {
      name: "A",
      kind: "webdav",
      address: "files.example.org",
    });
    const { id } = z.object({ value: driveSchema }).parse(added).value;
    const entered = await fetch(shell.createUrl(), { redirect: "manual" });
    const cookie = (entered.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    const { origin } = new URL(shell.createUrl());
    const content = origin + driveUrl(id, "content", childPath(TOP, "a.txt"));
    const ours = { headers: { cookie, origin } };
    expect(await ask(content, ours)).toEqual([200, "hello"]);
    expect((await ask(origin + driveUrl(id, "entries", TOP), ours))[1]).toContain('"a.txt"');
    const put = { method: "PUT", body: "new" };
    const written = await ask(content, { ...put, headers: { ...ours.headers, "if-match": "*" } });
    expect(written[0]).toBe(200);
    const foreign = { cookie, origin: "http://127.0.0.1:1" };
    const refused: RequestInit[] = [
      { headers: { origin } },
      { headers: foreign },
      { headers: { cookie, "sec-fetch-site": "same-site" } },
      { ...put, headers: { ...foreign, "if-match": "*" } },
      { ...put, headers: { cookie, "if-match": "*" } },
    ];
    for (const init of refused) expect((await ask(content, init))[0]).toBe(403);
    expect(await ask(content, ours)).toEqual([200, "new"]);
    await bridge.call("lock.setCode", { code: "marché du samedi" });
    await bridge.call("lock.lock", {});
    expect((await ask(content, ours))[0]).toBe(423);
    expect((await ask(content, { ...put, headers: { ...ours.headers, "if-match": "*" } }))[0]).toBe(423);
    expect(JSON.stringify(await snapshot())).not.toContain(id);
    expect(await bridge.call("drives.search", { text: "a", limit: 5 })).toMatchObject({
      error: { kind: "locked" },
    });
    await bridge.call("lock.unlock", { code: "marché du samedi" });
    const found = () => bridge.call("drives.search", { text: "a.txt", limit: 5 });
    await expect.poll(found, { timeout: 20_000 }).toMatchObject({ value: [{ path: "a.txt" }] });
  },
);

async function ask(address: string, init: RequestInit = {}): Promise<readonly [number, string]> {
  const response = await fetch(address, init);
  return [response.status, await response.text()];
}
