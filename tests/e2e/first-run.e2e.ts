import { execFileSync } from "node:child_process";
import { expect, test } from "playwright/test";
import { startParvis, temporaryFolder } from "#tests/support/processes.ts";
import { conversationList, messages, openConversation, say } from "./window.ts";

/** Process ids whose command line holds this text. */
function processesWith(text: string): number[] {
  const lines = execFileSync("ps", ["-eo", "pid=,args="], { encoding: "utf8" }).split("\n");
  return lines.filter((line) => line.includes(text)).map((line) => Number.parseInt(line, 10));
}

test("one command opens a workplace one is already in, and closing it leaves nothing behind", async ({
  page,
}) => {
  const data = temporaryFolder("first-run");
  const host = await startParvis(["--port", "0", "--data", data.path]);
  await page.goto(host.url);
  await openConversation(page, "Karim Benhaddou");
  await say(page, "Premier message");
  await expect(messages(page, "Premier message")).toHaveCount(1);

  const [workplace] = processesWith(`${data.path}/workplace`);
  expect(workplace).toBeDefined();
  process.kill(workplace ?? 0, "SIGKILL");
  await say(page, "Pendant la panne");
  await expect(messages(page, "Pendant la panne")).toHaveCount(1);
  await expect.poll(() => processesWith(`${data.path}/workplace`), { timeout: 30_000 }).toHaveLength(1);
  expect(processesWith(`${data.path}/workplace`)).not.toContain(workplace);
  await page.reload();
  await openConversation(page, "Karim Benhaddou");
  await expect(messages(page, "Pendant la panne")).toHaveCount(1);

  await host.stop();
  await expect.poll(() => processesWith(data.path)).toEqual([]);
  data.remove();
});

test("nobody else gets in: no key, a used key, another origin, another name of the host", async ({
  browser,
  page,
}) => {
  const data = temporaryFolder("intruder");
  const host = await startParvis(["--port", "0", "--data", data.path]);
  const home = new URL("/", host.url).href;
  const stranger = await browser.newContext();
  expect((await stranger.request.get(home)).status()).toBe(403);
  await page.goto(host.url);
  await expect(conversationList(page)).toBeVisible();
  expect((await stranger.request.get(host.url)).status()).toBe(403);
  const cookies = await page.context().cookies(home);
  expect(cookies.map(({ httpOnly, sameSite }) => ({ httpOnly, sameSite }))).toEqual([
    { httpOnly: true, sameSite: "Strict" },
  ]);
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const call = (headers: Record<string, string>) =>
    fetch(new URL("/host/accounts.list", home), {
      method: "POST",
      headers: { "content-type": "application/json", cookie, ...headers },
      body: "{}",
    });
  expect((await call({ origin: new URL(home).origin })).status).toBe(200);
  expect((await call({ origin: "https://attacker.example" })).status).toBe(403);
  const rebound = execFileSync("curl", [
    "-s",
    "-o",
    "/dev/null",
    "-w",
    "%{http_code}",
    "-H",
    "Host: attacker.example",
    "-H",
    `Cookie: ${cookie}`,
    home,
  ]);
  expect(rebound.toString()).toBe("403");
  await stranger.close();
  await host.stop();
  data.remove();
});
