import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { DIRECTORY } from "#contract/scope.ts";
import { said, user } from "../import/slack/fixture.ts";
import { contentOf, temporaryFolder, writeFiles } from "../import/test-folder.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";

const command = join(import.meta.dirname, "import.ts");
const realExport = join(import.meta.dirname, "../../../shared/data/slack-export.zip");

interface Finished {
  code: number | null;
  out: string;
  err: string;
}

function start(
  args: string[],
  onError: (text: string, child: ChildProcess) => void = () => undefined,
): Promise<Finished> {
  const environment = { PATH: process.env["PATH"], LANG: "fr_FR.UTF-8" };
  const child = spawn(process.execPath, [command, ...args], {
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const finished: Finished = { code: null, out: "", err: "" };
  child.stdout.on("data", (chunk: Buffer) => {
    finished.out += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    finished.err += chunk.toString();
    onError(finished.err, child);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ ...finished, code }));
  });
}

/** Ten channels of threads and reactions, 8,000 messages. */
function largeExport(): Record<string, unknown> {
  const users = Array.from({ length: 300 }, (_, index) => user(`U${index}`, `Personne ${index}`));
  const files: Record<string, unknown> = { "users.json": users };
  const names = Array.from({ length: 10 }, (_, index) => `canal-${index}`);
  files["channels.json"] = names.map((name, index) => ({
    id: `C${index}`,
    name,
    created: 1_700_000_000,
    members: ["U1"],
  }));
  for (const name of names) {
    for (let day = 1; day <= 2; day += 1) {
      const midnight = 1_704_000_000 + day * 86_400;
      files[`${name}/2024-01-0${day}.json`] = Array.from({ length: 400 }, (_, index) =>
        said(
          `${midnight + index}.000100`,
          `U${(index * 7) % 300}`,
          `Message ${index} du jour ${day}, ${"mot ".repeat(index % 30)}`,
          {
            thread_ts:
              index % 5 === 0 ? `${midnight + index}.000100` : `${midnight + index - (index % 5)}.000100`,
            reactions: index % 9 === 0 ? [{ name: "tada", users: ["U2", "U3"] }] : [],
          },
        ),
      );
    }
  }
  return files;
}

describe("the import command", () => {
  it("ends in the same state when killed at any moment and begun again", { timeout: 120_000 }, async () => {
    const folder = await writeFiles(await temporaryFolder(), largeExport());
    const whole = await temporaryFolder();
    expect(await start(["slack", folder, "--data", whole])).toMatchObject({ code: 0 });
    const cut = await temporaryFolder();
    let kills = 0;
    for (const mark of [" 20 %", " 50 %", " 80 %"]) {
      const killed = await start(["slack", folder, "--data", cut], (text, child) => {
        if (text.includes(mark)) child.kill("SIGKILL");
      });
      if (killed.code === null) kills += 1;
    }
    expect(kills).toBeGreaterThan(0);
    expect(contentOf(cut)).not.toEqual(contentOf(whole));
    expect(await start(["slack", folder, "--data", cut])).toMatchObject({ code: 0 });
    expect(contentOf(cut)).toEqual(contentOf(whole));
    const again = await start(["slack", folder, "--data", cut]);
    expect(again.out).toContain("Tout y était déjà : rien n’a changé.");
  });

  it("refuses a folder that a running server holds", async () => {
    const folder = await temporaryFolder();
    const files = await writeFiles(await temporaryFolder(), {
      "a.csv": "Nom complet;Courriel\nAda;ada@v.example\n",
    });
    const store = openSqliteStore({ folder });
    const refused = await start(["people", join(files, "a.csv"), "--data", folder]);
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining("This data folder is in use") });
    await store.close();
    expect(await start(["people", join(files, "a.csv"), "--data", folder])).toMatchObject({ code: 0 });
  });

  it("writes nothing in a dry run, not even the folder", async () => {
    const files = await writeFiles(await temporaryFolder(), {
      "a.csv": "Nom complet;Courriel\nAda;ada@v.example\n",
    });
    const absent = join(await temporaryFolder(), "absent");
    const refused = await start(["people", join(files, "a.csv"), "--data", absent, "--dry-run"]);
    expect(refused.code).toBe(1);
    expect(existsSync(absent)).toBe(false);
  });

  it("explains itself, and says what is wrong with its arguments", async () => {
    expect(await start(["--help"])).toMatchObject({
      code: 0,
      out: expect.stringContaining("people FILE.csv"),
    });
    expect(await start(["slack"])).toMatchObject({
      code: 1,
      err: expect.stringContaining("This is not how to call it"),
    });
    expect(await start(["people", "x.csv", "--data", "a", "--server", "http://b.example"])).toMatchObject({
      code: 1,
    });
    expect(
      await start(["people", join(await temporaryFolder(), "absent.csv"), "--data", await emptyFolder()]),
    ).toMatchObject({ code: 1, err: expect.stringContaining("Nothing is there") });
  });

  it.skipIf(!existsSync(realExport))(
    "imports a real export (skipped where ../shared/data/slack-export.zip is not there)",
    { timeout: 180_000 },
    async () => {
      const folder = await temporaryFolder();
      const done = await start(["slack", realExport, "--data", folder, "--space", "Archives"]);
      expect(done).toMatchObject({
        code: 0,
        out: expect.stringContaining(
          "15521 personnes, 14 conversations, 196123 messages dont 50512 réponses",
        ),
      });
      // a log, not a terminal: one line a tenth
      expect(done.err.trim().split("\n")).toHaveLength(10);
      const store = openSqliteStore({ folder });
      const heads = (await store.list(DIRECTORY, "person")).length;
      await store.close();
      expect(heads).toBe(15_521);
    },
  );
});

async function emptyFolder(): Promise<string> {
  const folder = join(await temporaryFolder(), "data");
  await mkdir(folder);
  return folder;
}
