import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { HostEvents } from "../events.ts";
import { tempFolder } from "../testing/temp-folder.ts";
import { ContactLog } from "./contact-log.ts";
import { NetworkQuestions } from "./questions.ts";

async function open(dataDir: string, notices: string[] = []): Promise<ContactLog> {
  return ContactLog.open({ dataDir, now: Date.now, onNotice: (message) => notices.push(message) });
}

test("a host is on disk before it is contacted, as its origin alone, and is there after a crash", async () => {
  const dataDir = await tempFolder();
  const log = await open(dataDir);
  await log.begin("https://ada:pw@parvis.example.org/v1/search?q=mot", "workplace");
  const text = await readFile(join(dataDir, "contacts.json"), "utf8");
  expect(text).toContain('"https://parvis.example.org"');
  expect(text).not.toMatch(/ada|pw|search|mot/);
  await log.begin("https://parvis.example.org/v1/x", "workplace");
  log.failed("https://parvis.example.org", "workplace", "timeout");
  await log.close();
  expect((await open(dataDir)).list()).toMatchObject([{ count: 2, failures: 1, lastFailure: "timeout" }]);
});

test("it stays small, and a damaged file is put aside", async () => {
  const dataDir = await tempFolder();
  await writeFile(join(dataDir, "contacts.json"), "{");
  const notices: string[] = [];
  const log = await open(dataDir, notices);
  expect(notices[0]).toContain("contacts.json");
  await Promise.all(
    Array.from({ length: 600 }, (_, index) => log.begin(`https://h${index}.example.org`, "link")),
  );
  expect(log.list()).toHaveLength(500);
});

test("a folder that cannot be written to keeps nobody from working, and is said once", async () => {
  const dataDir = join(await tempFolder(), "gone");
  const notices: string[] = [];
  const log = await open(dataDir, notices);
  await log.begin("https://a.example.org", "workplace");
  await log.begin("https://b.example.org", "workplace");
  expect(log.list()).toHaveLength(2);
  expect(notices).toHaveLength(1);
});

test("an answer to another question, or to none, is refused", async () => {
  const questions = new NetworkQuestions(new HostEvents(), Date.now);
  const answered = questions.ask({
    kind: "clientCertificate",
    host: "h",
    certificates: [{ fingerprint: "f", subject: "", issuer: "", validUntil: "2030-01-01T00:00:00Z" }],
  });
  const [question] = questions.list();
  const id = question?.id ?? "";
  expect(() => questions.answer("x", { kind: "cancel" })).toThrow(/Nobody asks/);
  expect(() => questions.answer(id, { kind: "certificate", fingerprint: "g", isRemembered: true })).toThrow(
    /another question/,
  );
  expect(() =>
    questions.answer(id, { kind: "credentials", username: "a", password: "b", isRemembered: true }),
  ).toThrow(/another question/);
  questions.answer(id, { kind: "certificate", fingerprint: "f", isRemembered: false });
  expect(await answered).toMatchObject({ fingerprint: "f" });
  expect(questions.list()).toEqual([]);
});
