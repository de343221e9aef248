import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { messageSchema } from "#contract/entities/message.ts";
import { directConversationId } from "#contract/ids.ts";
import { tempFolder } from "#host/testing/temp-folder.ts";
import { httpServer } from "#host/testing/test-server.ts";
import { openSqliteStore } from "#server/store/sqlite-store.ts";
import { TestWorkplace } from "#server/testing/workplace.ts";
import { openCommands, type AnsweringPlace } from "./support/answering-process.ts";
import { temporaryFolder } from "./support/processes.ts";

/** An answer typed into a notification, in a process that is killed before it hears what became of it. */

type Mood = "silent" | "takes, and says nothing" | "answers";

async function open() {
  const folder = temporaryFolder("reply-killed");
  const workplace = await TestWorkplace.open(openSqliteStore({ folder: folder.path }));
  onTestFinished(async () => {
    await workplace.app.close();
    await workplace.store.close();
    folder.remove();
  });
  const [ada, eloise] = [await workplace.person("Ada"), await workplace.person("Éloïse")];
  const conversationId = directConversationId(ada.id, eloise.id);
  const scope = `conversation:${conversationId}`;
  await eloise.does("conversation.open", scope, {
    id: conversationId,
    kind: "direct",
    memberIds: [ada.id, eloise.id],
  });
  await eloise.sends(scope, conversationId, "Qui vient ?");
  const server = { mood: "silent" as Mood, requests: 0 };
  const url = await httpServer(async (incoming, response) => {
    let body = "";
    for await (const chunk of incoming) body += String(chunk);
    const answer = server.mood === "silent" ? undefined : await ada.post("/v1/mutations", JSON.parse(body));
    server.requests += 1;
    if (server.mood !== "answers" || answer === undefined) return;
    response.writeHead(answer.status, { "content-type": "application/json" });
    response.end(await answer.text());
  });
  const place: AnsweringPlace = {
    dataDir: await tempFolder(),
    url,
    token: ada.token,
    personId: ada.id,
    conversationId,
  };
  const replies = async () =>
    (await eloise.rows(scope, "message"))
      .map(({ data }) => messageSchema.parse(data))
      .filter(({ authorId }) => authorId === ada.id)
      .map(({ body }) => body);
  return { place, replies, server };
}

async function answerAndDie(place: AnsweringPlace, hasAsked: () => boolean): Promise<void> {
  const script = join(import.meta.dirname, "support", "answer-and-wait.ts");
  const child = spawn(process.execPath, [script, JSON.stringify(place), "Moi, à 14 h"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(child.stdout, "data");
  await expect.poll(hasAsked, { timeout: 10_000 }).toBe(true);
  const end = once(child, "exit");
  child.kill("SIGKILL");
  await end;
}

for (const mood of ["silent", "takes, and says nothing"] as const) {
  test(`killed while the workplace is ${mood}: sent once, after the next start`, async () => {
    const { place, replies, server } = await open();
    server.mood = mood;
    await answerAndDie(place, () => server.requests > 0);
    expect(await replies()).toHaveLength(mood === "silent" ? 0 : 1);
    server.mood = "answers";
    const commands = openCommands(place);
    onTestFinished(() => commands.stop());
    await commands.send();
    expect(await replies()).toEqual(["Moi, à 14 h"]);
    expect(await commands.waiting()).toBe(0);
  });
}
