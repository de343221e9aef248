import { expect, test } from "vitest";
import { FocusMode } from "./focus-mode.ts";

function open(platform: NodeJS.Platform, answers: Record<string, string>) {
  const asked: string[] = [];
  const clock = { nowMs: 0 };
  const focus = new FocusMode({
    platform,
    now: () => clock.nowMs,
    run: (program) => {
      asked.push(program);
      return Promise.resolve(answers[program]);
    },
  });
  return { focus, asked, clock };
}

test("GNOME without banners and a service that is inhibited are in a focus mode", async () => {
  expect(await open("linux", { gsettings: "false" }).focus.isOn()).toBe(true);
  expect(await open("linux", { gdbus: "(<true>,)" }).focus.isOn()).toBe(true);
  expect(await open("linux", { gsettings: "true", gdbus: "(<false>,)" }).focus.isOn()).toBe(false);
});

test("a desktop that says nothing is in none; it is not asked for each notification of a burst", async () => {
  const { focus, asked, clock } = open("linux", {});
  expect(await focus.isOn()).toBe(false);
  await focus.isOn();
  expect(asked).toHaveLength(2);
  clock.nowMs = 10_000;
  await focus.isOn();
  expect(asked).toHaveLength(4);
});

test("Windows and macOS hold back by themselves and are not asked", async () => {
  const { focus, asked } = open("win32", { gsettings: "false" });
  expect(await focus.isOn()).toBe(false);
  expect(asked).toEqual([]);
});
