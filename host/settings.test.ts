import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { HostEvent } from "#contract/bridge.ts";
import { HostEvents } from "./events.ts";
import { createSettings } from "./settings.ts";
import { tempFolder } from "./testing/temp-folder.ts";

test("one setting changed leaves the others, tells every window, and is there after a new start", async () => {
  const folder = await tempFolder();
  const events = new HostEvents();
  const seen: HostEvent[] = [];
  events.subscribe((event) => seen.push(event));
  const settings = createSettings(folder, events, () => undefined);
  await settings.set({ language: "fr" });
  await settings.set({ theme: "dark", panes: { list: 300 } });
  expect(seen.at(-1)).toMatchObject({ type: "settingsChanged", settings: { language: "fr", theme: "dark" } });
  const again = createSettings(folder, new HostEvents(), () => undefined);
  expect(await again.get()).toMatchObject({
    language: "fr",
    theme: "dark",
    density: "comfortable",
    sendKey: "enter",
    notifications: "all",
    panes: { list: 300 },
  });
});

test("one field that cannot be read does not lose the others, and is said", async () => {
  const folder = await tempFolder();
  const damaged = { theme: "pink", language: "fr", lockAfterMinutes: 5, panes: 7, unknown: { kept: true } };
  await writeFile(join(folder, "settings.json"), JSON.stringify(damaged));
  const said: string[] = [];
  const settings = createSettings(folder, new HostEvents(), (message) => said.push(message));
  const kept = { theme: "system", language: "fr", lockAfterMinutes: 5, panes: {}, unknown: { kept: true } };
  expect(await settings.get()).toMatchObject(kept);
  expect(said).toHaveLength(1);
  const again = createSettings(folder, new HostEvents(), (message) => said.push(message));
  expect(await again.get()).toMatchObject(kept);
  expect(said).toHaveLength(1);
  expect(await readdir(folder)).toHaveLength(2);
});
