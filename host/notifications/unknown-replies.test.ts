import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { AppError } from "#contract/problem.ts";
import { memorySecrets } from "../testing/memory-secrets.ts";
import { tempFolder } from "../testing/temp-folder.ts";
import { NoticeKey } from "./notice-key.ts";
import { UnknownReplies } from "./unknown-replies.ts";

const locked = () => Promise.reject(new AppError("locked"));

test("what was typed outlives an end, sealed, until it was seen", async () => {
  const dataDir = await tempFolder();
  const secrets = await memorySecrets(dataDir);
  const open = () => new UnknownReplies(dataDir, new NoticeKey(secrets), () => undefined);
  await open().keep("Très important");
  expect(await readFile(join(dataDir, "unknown-replies.json"), "utf8")).not.toContain("important");
  const [left, ...others] = await open().list();
  expect([left?.text, others]).toEqual(["Très important", []]);
  await open().drop(left?.id ?? "");
  expect(await open().list()).toEqual([]);
});

test("while the secret store is locked it is in memory only", async () => {
  const dataDir = await tempFolder();
  const replies = new UnknownReplies(dataDir, new NoticeKey({ get: locked, set: locked }), () => undefined);
  const { id } = await replies.keep("en mémoire");
  expect((await replies.list()).map(({ text }) => text)).toEqual(["en mémoire"]);
  await replies.drop(id);
  expect(await replies.list()).toEqual([]);
});
