import { expect, onTestFinished, test } from "vitest";
import { accountIdSchema } from "#contract/bridge.ts";
import type { Envelope } from "#contract/envelope.ts";
import { scopeSchema } from "#contract/scope.ts";
import { createGateway } from "../gateway/gateway.ts";
import { httpServer } from "../testing/test-server.ts";
import { AccountListener } from "./account-listener.ts";
import { BackendReader } from "./backend-reader.ts";

/** Against a server that cuts, forgets and refuses; the reference server's own ways are in tests/notifications.test.ts. */

const scope = scopeSchema.parse("person:01890000-0000-7000-8000-000000000001");

function row(seq: number): Envelope {
  return { scope, seq, collection: "notification", id: `n${seq}`, rev: 1, op: "put", data: {} };
}

function frame(event: string, data: unknown, id?: string): string {
  return `event: ${event}\n${id === undefined ? "" : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;
}

function hello(head: number, isResumed = false, epoch = "e"): string {
  return frame("hello", { isResumed, epoch, scopes: [{ scope, head }] });
}

interface Answer {
  status?: number;
  text: string;
  isOpen?: boolean;
}

/** Answers the connections in their order; the last one again and again. */
async function listen(answers: Answer[], missed: Envelope[] = []) {
  const resumedFrom: (string | undefined)[] = [];
  const fresh: string[] = [];
  const url = await httpServer((incoming, response) => {
    if (incoming.url?.startsWith("/v1/sync") === true) {
      const lines = [...missed, { mark: { cursor: "c", seq: 99, isEnd: true } }];
      response.writeHead(200, { "content-type": "application/x-ndjson" });
      response.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
      return;
    }
    const last = incoming.headers["last-event-id"];
    resumedFrom.push(Array.isArray(last) ? last[0] : last);
    const answer = answers[Math.min(resumedFrom.length, answers.length) - 1] ?? { text: "" };
    response.writeHead(answer.status ?? 200, { "content-type": "text/event-stream" });
    response.write(answer.text);
    if (answer.isOpen !== true) response.end();
  });
  const gateway = createGateway({
    accounts: { serverUrl: () => url, accessToken: () => Promise.resolve("token") },
  });
  const listener = new AccountListener({
    reader: new BackendReader(gateway, accountIdSchema.parse("a")),
    scope,
    onChange: (change, isNew) => {
      if (isNew) fresh.push(change.id);
    },
    onError: (error) => fresh.push(String(error)),
    random: () => 0,
  });
  listener.start();
  onTestFinished(() => listener.stop());
  return { resumedFrom, fresh };
}

const soon = { timeout: 10_000 };

test("goes on after a cut from the last event, and shows again nothing that comes twice", async () => {
  const { resumedFrom, fresh } = await listen([
    { text: hello(5) + frame("change", row(5), "r:1") + frame("change", row(6), "r:2") },
    {
      text: hello(7, true) + frame("change", row(6), "r:2") + frame("change", row(7), "r:3"),
      isOpen: true,
    },
  ]);
  await expect.poll(() => fresh, soon).toEqual(["n6", "n7"]);
  expect(resumedFrom).toEqual([undefined, "r:2"]);
});

test("what the server no longer had is read from the person's own scope", async () => {
  const { fresh } = await listen(
    [{ text: hello(5) }, { text: hello(8), isOpen: true }],
    [row(4), row(8), row(7)],
  );
  await expect.poll(() => fresh, soon).toEqual(["n7", "n8"]);
});

test("a workplace made anew begins with history again", async () => {
  const { fresh } = await listen(
    [
      { text: hello(5, false, "old") },
      { text: hello(8, false, "new") + frame("change", row(9), "s:1"), isOpen: true },
    ],
    [row(7), row(8)],
  );
  await expect.poll(() => fresh, soon).toEqual(["n9"]);
});

test("a server that is away is asked again; one that refuses the sign-in is not", async () => {
  const { resumedFrom, fresh } = await listen([
    { status: 503, text: "" },
    { text: hello(1) + frame("change", "nonsense") + frame("change", row(2), "r:1") },
    { status: 401, text: "" },
  ]);
  await expect.poll(() => resumedFrom.length, soon).toBe(4);
  expect(fresh).toEqual(["n2"]);
});
