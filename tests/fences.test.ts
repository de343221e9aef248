import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/**
 * The walls between layers. A copy of the repository's rules is fed one forbidden import at a time and must refuse it,
 * and one allowed import that it must accept (so that a broken set-up cannot pass for a wall).
 */
const root = join(import.meta.dirname, "..");
const bin = (name: string) => join(root, "node_modules", ".bin", name);
const layers = ["contract", "server", "host", "electron", "preload", "renderer", "conformance"];
let copy = "";

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "parvis-fence-"));
  for (const file of ["package.json", "tsconfig.base.json", ".oxlintrc.json"])
    copyFileSync(join(root, file), join(copy, file));
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  for (const layer of layers) {
    mkdirSync(join(copy, layer));
    copyFileSync(join(root, layer, "tsconfig.json"), join(copy, layer, "tsconfig.json"));
    writeFileSync(join(copy, layer, "face.ts"), `export const face = "${layer}";\n`);
  }
  cpSync(join(root, "contract"), join(copy, "contract"), { recursive: true });
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

function withFile<T>(file: string, text: string, run: () => T): T {
  const path = join(copy, file);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, text);
  try {
    return run();
  } finally {
    rmSync(path);
  }
}

function lint(file: string, text: string): string {
  return withFile(file, text, () => {
    const done = spawnSync(bin("oxlint"), ["--deny-warnings", file], { cwd: copy, encoding: "utf8" });
    return done.status === 0 ? "" : `${done.stdout}${done.stderr}`;
  });
}

function compile(file: string, text: string): string {
  return withFile(file, text, () => {
    const layer = file.split("/")[0] ?? "";
    const done = spawnSync(bin("tsc"), ["-b", layer], { cwd: copy, encoding: "utf8" });
    return done.status === 0 ? "" : done.stdout;
  });
}

const use = (path: string) => `import { face } from "${path}";\nexport const probe = face;\n`;

describe("the linter's walls", () => {
  const forbidden: [file: string, path: string][] = [
    ["contract/probe.ts", "node:fs"],
    ["contract/probe.ts", "#server/face.ts"],
    ["server/probe.ts", "#host/face.ts"],
    ["server/probe.ts", "electron"],
    ["host/probe.ts", "electron"],
    ["host/probe.ts", "#server/face.ts"],
    ["host/probe.ts", "#renderer/face.ts"],
    ["electron/probe.ts", "#server/face.ts"],
    ["preload/probe.ts", "node:fs"],
    ["preload/probe.ts", "#host/face.ts"],
    ["renderer/probe.ts", "node:fs"],
    ["renderer/probe.ts", "electron"],
    ["renderer/probe.ts", "#host/face.ts"],
    ["renderer/sync/probe.ts", "dexie"],
    ["renderer/kit/probe.ts", "#renderer/features/messaging/x.ts"],
    ["renderer/features/messaging/probe.ts", "../settings/x.ts"],
    ["renderer/features/messaging/probe.ts", "#renderer/features/settings/x.ts"],
    ["conformance/probe.ts", "#server/face.ts"],
  ];
  it.each(forbidden)("%s may not import %s", (file, path) => {
    expect(lint(file, use(path))).toContain("no-restricted-imports");
  });

  it.each([
    ["host/probe.ts", "#contract/face.ts"],
    ["renderer/features/messaging/probe.ts", "../../kit/x.ts"],
    ["electron/probe.ts", "#host/face.ts"],
  ])("%s may import %s", (file, path) => {
    expect(lint(file, use(path))).toBe("");
  });
});

describe("the compiler's walls", () => {
  it.each([
    ["renderer/probe.ts", "#server/face.ts"],
    ["renderer/probe.ts", "#host/face.ts"],
    ["host/probe.ts", "#renderer/face.ts"],
    ["server/probe.ts", "#host/face.ts"],
    ["contract/probe.ts", "#server/face.ts"],
  ])("%s cannot see %s", (file, path) => {
    expect(compile(file, use(path))).toContain("TS6307");
  });

  it("the page has no Node globals", () => {
    expect(compile("renderer/probe.ts", "export const probe = process.env;\n")).toContain("process");
  });

  it("the host has no DOM", () => {
    expect(compile("host/probe.ts", "export const probe = document.title;\n")).toContain("document");
  });

  it("accepts an import along the arrows", () => {
    expect(compile("host/probe.ts", use("#contract/face.ts"))).toBe("");
  });
});
