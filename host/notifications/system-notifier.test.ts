import { expect, test } from "vitest";
import { createSystemNotifier, type SystemNotification } from "./system-notifier.ts";

type Callback = (error: unknown, response: string) => void;

function open(platform: NodeJS.Platform) {
  const asked: { notification: SystemNotification; callback: Callback }[] = [];
  const said: string[] = [];
  const notifier = createSystemNotifier({
    platform,
    onUnavailable: (message) => said.push(message),
    load: async () => ({ notify: (notification, callback) => asked.push({ notification, callback }) }),
  });
  return { notifier, asked, said };
}

const notice = { title: "Élodie", body: "a & b <c>", tag: "t", onClick: () => undefined };

test("on Windows and macOS a click is waited for and told; closing is not a click", async () => {
  const { notifier, asked } = open("win32");
  let clicks = 0;
  const onClick = () => {
    clicks += 1;
  };
  notifier.show({ ...notice, onClick });
  notifier.show({ ...notice, onClick });
  await expect.poll(() => asked).toHaveLength(2);
  expect(asked[0]?.notification).toEqual({ title: "Élodie", message: "a & b <c>", wait: true });
  asked[0]?.callback(null, "dismissed");
  expect(clicks).toBe(0);
  asked[1]?.callback(null, "activate");
  expect(clicks).toBe(1);
});

test("on Linux the body is text, never markup", async () => {
  const { notifier, asked } = open("linux");
  notifier.show(notice);
  await expect.poll(() => asked).toHaveLength(1);
  expect(asked[0]?.notification).toMatchObject({ message: "a &amp; b &lt;c&gt;" });
});

test("a system that cannot show them says so once; a warning of its program is not that", async () => {
  const { notifier, asked, said } = open("linux");
  notifier.show(notice);
  notifier.show(notice);
  await expect.poll(() => asked).toHaveLength(2);
  asked[0]?.callback("Gtk-WARNING: theme", "");
  expect(said).toEqual([]);
  asked[0]?.callback(new Error("not found: notify-send"), "");
  asked[1]?.callback(new Error("not found: notify-send"), "");
  expect(said).toEqual(["Notifications cannot be shown by this system: not found: notify-send"]);
});

test("in a focus mode it asks for no sound and no urgency", async () => {
  for (const [platform, options] of [
    ["linux", { urgency: "low", hint: "string:x-dunst-stack-tag:t" }],
    ["win32", { sound: false }],
  ] as const) {
    const { notifier, asked } = open(platform);
    notifier.show({ ...notice, isSilent: true });
    await expect.poll(() => asked).toHaveLength(1);
    expect(asked[0]?.notification).toMatchObject(options);
  }
});
