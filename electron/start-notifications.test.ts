import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { createId, directConversationId, personIdSchema } from "#contract/ids.ts";
import { tempFolder } from "#host/testing/temp-folder.ts";
import { createElectronNotifier } from "./notifications.ts";
import { startNotifications } from "./start-notifications.ts";
import { asked, copied, dialog, Notification } from "./testing/fake-electron.ts";
import { openShellScene } from "./testing/shell-scene.ts";

/** Windows starts Parvis by a notice of an earlier run. */

beforeEach(() => {
  asked.length = 0;
  copied.length = 0;
  dialog.answer = 1;
});

const personId = personIdSchema.parse(createId());
const conversationId = directConversationId(personId, personIdSchema.parse(createId()));
const link = `parvis://conversation/${conversationId}`;

async function start({ canAnswer = true } = {}) {
  const dataDir = await tempFolder();
  const context = {
    tag: "0a1b",
    accountId: "a",
    personId,
    itemIds: ["n1"],
    link,
    ...(canAnswer ? { replyTo: { scope: `conversation:${conversationId}`, conversationId } } : {}),
    actions: ["done", "later"],
  };
  await writeFile(join(dataDir, "notices.json"), JSON.stringify([context]));
  const notifier = createElectronNotifier("win32", () => undefined);
  const { opened, shell } = await openShellScene({ dataDir, platform: "win32", notifier });
  const counts: number[] = [];
  shell.services.attention.subscribe(() => counts.push(shell.services.attention.overall().waiting));
  const end = await startNotifications(shell);
  onTestFinished(async () => end());
  const file = (name: string) => readFile(join(dataDir, name), "utf8").catch(() => "");
  return { counts, file, opened };
}

test("a click opens what the notice was about; one of which nothing is known opens Parvis", async () => {
  const { opened } = await start();
  Notification.activate({ type: "click", arguments: "type=click&tag=0a1b" });
  await expect.poll(() => opened).toEqual([{ accountId: "a", link }]);
  Notification.activate({ type: "click", arguments: "type=click&tag=ffff" });
  Notification.activate({ type: "click", arguments: "whatever it may be" });
  await expect.poll(() => opened.slice(1)).toEqual([undefined, undefined]);
  expect(asked).toEqual([]);
});

test("an answer and a button are kept to be sent, sealed, and counted", async () => {
  const { counts, file, opened } = await start();
  Notification.activate({ type: "reply", reply: "Entendu", arguments: "type=reply&tag=0a1b" });
  Notification.activate({ type: "action", actionIndex: 0, arguments: "type=action&action=0&tag=0a1b" });
  await expect.poll(() => counts).toContain(2);
  expect(await file("notice-commands.json")).not.toContain("Entendu");
  expect(opened).toEqual([]);
});

test("an answer of which nothing is known is shown, and copied when the person wants it", async () => {
  const { file, opened } = await start();
  dialog.answer = 0;
  Notification.activate({
    type: "reply",
    userInputs: { reply: "Très important" },
    arguments: "type=reply&tag=ffff",
  });
  await expect.poll(() => copied).toEqual(["Très important"]);
  expect(opened).toEqual([undefined]);
  expect(asked[0]?.message).toBe("Votre réponse n’est pas partie");
  expect(asked[0]?.detail).toContain("Très important");
  // Seen, and forgotten.
  await expect.poll(() => file("unknown-replies.json")).toBe("[]\n");
});

test("an answer to a notice that offered none is shown too, and the clipboard is left alone", async () => {
  await start({ canAnswer: false });
  Notification.activate({ type: "reply", reply: "à qui ?", arguments: "type=reply&tag=0a1b" });
  await expect.poll(() => asked.length).toBe(1);
  expect(copied).toEqual([]);
});
