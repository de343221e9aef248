import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { checkPackage } from "./check-package.ts";
import { projectRoot } from "./project-root.ts";

/** The packaging, carried out offline on folders shaped like Electron's distributions. */

const root = mkdtempSync(join(tmpdir(), "parvis-packages-"));
const KEY = Buffer.alloc(32, 7).toString("base64");
const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8")));

function pack(output: string, ...args: string[]) {
  return spawnSync(
    process.execPath,
    [join(projectRoot, "build", "package.ts"), "--dir", "--output", join(root, output), ...args],
    { encoding: "utf8", timeout: 240_000, env: { ...process.env, PARVIS_UPDATE_KEYS: KEY } },
  );
}

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

describe("npm run package -- --dir", () => {
  let said = "";
  beforeAll(() => {
    const run = pack("all");
    said = run.stdout + run.stderr;
    if (run.status !== 0) throw new Error(said);
  }, 300_000);

  test("packs and checks Linux, Windows and macOS without a network", () => {
    for (const platform of ["linux", "win", "mac"]) {
      expect(said).toContain(`checked ${platform}: contents, fuses, hashes, versions, links`);
    }
  });

  test("pins the keys of updates within the archive", () => {
    const asar = readFileSync(join(root, "all/linux-unpacked/resources/app.asar"), "utf8");
    expect(asar).toContain(`"parvisUpdateKeys": [\n    "${KEY}"`);
  });

  test("a program that was changed after packing no longer passes", async () => {
    const resources = join(root, "all/win-unpacked/resources");
    writeFileSync(join(resources, "package-type"), "nsis");
    const asar = join(resources, "app.asar");
    const text = readFileSync(asar, "latin1");
    writeFileSync(asar, text.replace('"dist":', '"dust":'), "latin1");
    mkdirSync(join(resources, "app.asar.unpacked"));
    const check = { output: join(root, "all"), platform: "win", version, kind: "unpacked" } as const;
    const problems = await checkPackage(check).catch((error: unknown) => [String(error)]);
    expect(problems.join("\n")).not.toBe("");
    writeFileSync(asar, text, "latin1");
    expect(await checkPackage({ ...check, version: "9.9.9" })).toEqual(
      expect.arrayContaining([
        "package.json is not of version 9.9.9",
        "files lie beside the archive, unprotected",
        "package-type says “nsis” and not “unpacked”",
        `the program's version is ${version}`,
      ]),
    );
  });
});

test("what is packed for end-to-end tests lets them attach, and is never taken for the real thing", () => {
  const run = pack("tests", "--for-tests", "--platform", "linux");
  expect(run.status).toBe(1);
  expect(run.stderr.trim()).toBe("linux: fuse EnableNodeCliInspectArguments is not off");
}, 120_000);

test("a key that is none stops the packing", () => {
  const run = spawnSync(process.execPath, [join(projectRoot, "build", "package.ts"), "--dir"], {
    encoding: "utf8",
    env: { ...process.env, PARVIS_UPDATE_KEYS: "bm8=" },
  });
  expect(run.status).toBe(1);
  expect(run.stderr).toContain("PARVIS_UPDATE_KEYS");
}, 120_000);
