import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { HostEvents } from "../events.ts";
import { silentLog } from "../log/log.ts";
import { createSettings } from "../settings.ts";
import { tempFolder } from "../testing/temp-folder.ts";
import { xdgAutostart } from "./autostart.ts";
import { keepAutostart } from "./autostart-keeper.ts";

const command = ["/opt/Parvis/parvis", "--hidden"];

async function entry(configHome: string): Promise<string> {
  return readFile(join(configHome, "autostart", "parvis.desktop"), "utf8");
}

test("written where there was no folder, read back, and taken away without a trace", async () => {
  const configHome = join(await tempFolder(), "neuf");
  const autostart = xdgAutostart({ configHome, command });
  expect(await autostart.state()).toBe("off");
  await autostart.set(true);
  expect(await autostart.state()).toBe("on");
  expect(await entry(configHome)).toContain("\nExec=/opt/Parvis/parvis --hidden\n");
  await autostart.set(false);
  await autostart.set(false);
  expect(await autostart.state()).toBe("off");
  expect(await readdir(join(configHome, "autostart"))).toEqual([]);
});

test("blanks, accents and signs that a desktop entry gives a meaning are quoted", async () => {
  const configHome = await tempFolder();
  const odd = ["/home/élodie/mes applis/Parvis 100%", "--data", 'C:\\x "y" $z `w`'];
  await xdgAutostart({ configHome, command: odd }).set(true);
  const exec = (await entry(configHome)).split("\n").find((line) => line.startsWith("Exec="));
  expect(exec).toBe(
    'Exec="/home/élodie/mes applis/Parvis 100%%" --data "C:\\\\\\\\x \\\\"y\\\\" \\\\$z \\\\`w\\\\`"',
  );
});

test("another profile of the same person has an entry of its own", async () => {
  const configHome = await tempFolder();
  await xdgAutostart({ configHome, command }).set(true);
  await xdgAutostart({ configHome, command, profile: "/ailleurs" }).set(true);
  expect(await readdir(join(configHome, "autostart"))).toHaveLength(2);
});

test("what the person switched off in their desktop’s settings stays off until they ask for it here", async () => {
  const configHome = await tempFolder();
  await mkdir(join(configHome, "autostart"));
  await writeFile(
    join(configHome, "autostart", "parvis.desktop"),
    "[Desktop Entry]\nExec=parvis\nHidden=true\n",
  );
  const autostart = xdgAutostart({ configHome, command });
  expect(await autostart.state()).toBe("refused");
  const events = new HostEvents();
  const settings = createSettings(await tempFolder(), events, () => undefined);
  await settings.set({ autostart: true });
  const stop = await keepAutostart({ autostart, settings, events, log: silentLog });
  expect(await autostart.state()).toBe("refused");
  await settings.set({ autostart: false });
  await settings.set({ autostart: true });
  await stop();
  expect(await autostart.state()).toBe("on");
});

test("a policy or a choice is carried over at the start and with each change", async () => {
  const configHome = await tempFolder();
  const autostart = xdgAutostart({ configHome, command });
  const events = new HostEvents();
  const settings = createSettings(await tempFolder(), events, () => undefined);
  await settings.set({ autostart: true });
  const stop = await keepAutostart({ autostart, settings, events, log: silentLog });
  expect(await autostart.state()).toBe("on");
  await settings.set({ autostart: false });
  await stop();
  expect(await autostart.state()).toBe("off");
});
