import { randomBytes, randomInt } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tempFolder } from "../testing/temp-folder.ts";
import { logCrashes } from "./crash-log.ts";
import { openLog, openTextLog } from "./json-log.ts";
import { createScrubber } from "./scrub.ts";

const ALPHABETS = [
  () => randomBytes(32).toString("base64url"),
  () => randomBytes(24).toString("base64"),
  () => randomBytes(20).toString("hex"),
  () => `Mot2passe-é${randomBytes(3).toString("hex")}`,
  () => `p@ss "${randomBytes(4).toString("hex")}`,
];

function part(bytes: number): string {
  return randomBytes(bytes).toString("base64url");
}

function jwt(): string {
  return `eyJ${part(20)}.${part(60)}.${part(32)}`;
}

/** Shapes in which a secret may come without anybody having told the log of it. */
const SHAPES: readonly ((secret: string) => string)[] = [
  (secret) => `Authorization: Bearer ${secret}`,
  (secret) => `{"authorization":"Bearer ${encodeURIComponent(secret)}"}`,
  (secret) => `Proxy-Authorization: Basic ${Buffer.from(`ada:${secret}`).toString("base64")}`,
  (secret) => `Cookie: parvis_51000=${secret}; theme=dark`,
  (secret) => `{"password":${JSON.stringify(secret)},"n":1}`,
  (secret) => `refresh_token=${encodeURIComponent(secret)}&grant_type=refresh_token`,
  (secret) => `GET https://parvis.example.org/v1/search?q=${encodeURIComponent(secret)} failed`,
  (secret) => `https://ada:${encodeURIComponent(secret)}@proxy.example.org:3128/ refused`,
  (secret) => `http://127.0.0.1:51000/?key=${encodeURIComponent(secret)}`,
  (secret) => `client_secret='${secret.replaceAll("'", "")}'`,
  (secret) => `mail to ${encodeURIComponent(secret)}@example.org bounced`,
  (secret) => `the answer was "votre ${secret.replaceAll('"', "")} et la suite"`,
];

test("a secret in any of the usual shapes is never in the text that is left", () => {
  const scrubber = createScrubber();
  for (let round = 0; round < 400; round += 1) {
    for (const shape of SHAPES) {
      const secret = ALPHABETS[randomInt(ALPHABETS.length)]?.() ?? "";
      const text = scrubber.text(`before ${shape(secret)}`);
      expect(text).not.toContain(secret);
      expect(text).not.toContain(encodeURIComponent(secret));
      expect(text).not.toContain(Buffer.from(`ada:${secret}`).toString("base64"));
    }
  }
});

test("a secret that was learnt is taken out wherever it stands, in every form that it takes", () => {
  const scrubber = createScrubber();
  for (let round = 0; round < 200; round += 1) {
    const secret = ALPHABETS[randomInt(ALPHABETS.length)]?.() ?? "";
    scrubber.learn(secret);
    const base64 = Buffer.from(secret).toString("base64");
    const text = scrubber.text(
      `x${secret}y ${JSON.stringify({ a: secret })} ${encodeURIComponent(secret)} ${base64}`,
    );
    expect(text).not.toContain(secret);
    expect(text).not.toContain(base64);
    expect(text).not.toContain(encodeURIComponent(secret));
  }
});

test("tokens by their shape, people and their folders, and what somebody wrote", () => {
  const { text } = createScrubber();
  const token = jwt();
  expect(text(`got ${token} back`)).toBe("got … back");
  expect(text("from ada.lovelace+x@mairie.example.org today")).toBe("from … today");
  expect(text(join("/", "home", "ada", ".local/share/parvis/logs"))).toBe("/home/…/.local/share/parvis/logs");
  expect(text(String.raw`C:\Users\Ada\AppData\x`)).toBe(String.raw`C:\Users\…\AppData\x`);
  expect(text(`Unexpected token 'B', "Bonjour Ma"... is not valid JSON`)).toBe(
    "Unexpected token …, … is not valid JSON",
  );
  expect(text("refused “Réunion du budget, salle 4”")).toBe("refused “…”");
});

test("what the help desk needs is left: codes, origins, kinds of path, opaque ids", () => {
  const { text } = createScrubber();
  const id = "0192f0c1-2b3c-7d4e-8f50-112233445566";
  expect(text("UNABLE_TO_GET_ISSUER_CERT_LOCALLY after 3 tries")).toBe(
    "UNABLE_TO_GET_ISSUER_CERT_LOCALLY after 3 tries",
  );
  expect(text(`account ${id} signed out`)).toBe(`account ${id} signed out`);
  expect(text(`https://parvis.example.org:8443/v1/blobs/${id}?a=b#c`)).toBe(
    "https://parvis.example.org:8443/v1/blobs/:id",
  );
  expect(text("at read (host/files/json-file.ts:61:11)")).toBe("at read (host/files/json-file.ts:61:11)");
});

test("entries are JSON, one a line, scrubbed in message and fields, as much as the level in force says", async () => {
  const path = join(await tempFolder(), "logs", "parvis.log");
  let level: "warning" | "debug" = "warning";
  const log = openLog({ path, level: () => level, now: () => Date.parse("2026-11-23T08:00:00Z") });
  const accounts = log.of("accounts");
  accounts.write("information", "not yet");
  level = "debug";
  accounts.write("debug", "signed in as ada@example.org", {
    token: "abc",
    title: "Ordre du jour",
    tries: 2,
    at: "x",
  });
  const monitor: ((error: unknown, origin: string) => void)[] = [];
  logCrashes(log, { on: (_name, listener) => monitor.push(listener), off: () => undefined });
  monitor[0]?.(new Error("boom", { cause: new TypeError("password=hunter2") }), "unhandledRejection");
  log.close();
  const lines = (await readFile(path, "utf8")).trim().split("\n");
  expect(lines).toHaveLength(2);
  expect(JSON.parse(lines[0] ?? "")).toEqual({
    at: "2026-11-23T08:00:00.000Z",
    level: "debug",
    service: "accounts",
    message: "signed in as …",
    token: "…",
    title: "…",
    tries: 2,
    at_: "x",
  });
  expect(lines[1]).toContain("caused by TypeError");
  expect(lines[1]).not.toContain("hunter2");
});

test("the words of another program are scrubbed line by line, however they are cut", async () => {
  const path = join(await tempFolder(), "workplace.log");
  const scrubber = createScrubber();
  scrubber.learn("correct horse");
  const log = openTextLog(path, scrubber);
  log.write("ready\npassw");
  log.write("ord=hunter2 and correct ho");
  log.write("rse\nlast");
  log.close();
  expect(await readFile(path, "utf8")).toBe("ready\npassword=… and …\nlast\n");
});
