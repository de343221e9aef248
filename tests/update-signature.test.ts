import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PACKAGE_KINDS } from "../build/package-kinds.ts";
import { isUpdatable } from "#host/updates/package-kind.ts";
import { admitManifest } from "#host/updates/manifest-gate.ts";
import { tempFolder } from "#host/testing/temp-folder.ts";

/** What `npm run sign-update` writes is what Parvis accepts. */

function run(args: string[], env: Record<string, string> = {}) {
  const script = join(import.meta.dirname, "..", "build", "sign-update.ts");
  return spawnSync(process.execPath, [script, ...args], {
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
}

async function admit(folder: string, file: string, key: string) {
  return admitManifest(
    {
      file,
      manifest: await readFile(join(folder, file)),
      signature: await readFile(join(folder, `${file}.sig`), "utf8"),
    },
    { keys: [key], now: Date.now, newestSigned: async () => undefined, remember: async () => undefined },
  );
}

test("a key is made once, never over another, and the lists of a folder are signed with it", async () => {
  const folder = await tempFolder();
  const keyFile = join(folder, "key.pem");
  const secret = { PARVIS_UPDATE_KEY_PASSPHRASE: "une phrase longue" };
  const key = run(["--new-key", keyFile], secret).stdout.trim();
  expect(run(["--new-key", keyFile], secret).status).toBe(1);
  expect(await readFile(keyFile, "utf8")).toContain("ENCRYPTED PRIVATE KEY");
  await writeFile(join(folder, "latest-linux.yml"), "version: 1.2.0\r\n");
  expect(run(["--key", keyFile, folder]).status).toBe(1);
  const signed = run(["--key", keyFile, "--expires", "90", "--also-preview", folder], secret);
  expect(signed.stdout.split("\n").sort()).toEqual([
    "",
    "latest-linux.yml.sig",
    "preview-linux.yml.sig",
    `signed with ${key}`,
  ]);
  for (const file of ["latest-linux.yml", "preview-linux.yml"]) {
    expect(await admit(folder, file, key)).toMatchObject({ file, expiresAt: expect.any(String) });
  }
});

test("while keys change, a list signed with both passes for either", async () => {
  const folder = await tempFolder();
  const keys = ["old.pem", "new.pem"].map((name) => run(["--new-key", join(folder, name)]).stdout.trim());
  await writeFile(join(folder, "latest.yml"), "version: 1.2.0\n");
  run(["--key", join(folder, "old.pem"), "--key", join(folder, "new.pem"), folder]);
  for (const key of keys)
    expect(await admit(folder, "latest.yml", key)).toMatchObject({ file: "latest.yml" });
});

test("openssl alone can check a signature, as the documentation says", async () => {
  const folder = await tempFolder();
  const key = run(["--new-key", join(folder, "key.pem")]).stdout.trim();
  await writeFile(join(folder, "latest.yml"), "version: 1.2.0\n");
  run(["--key", join(folder, "key.pem"), folder]);
  const script = `
    (sed '/^signature: /,$d' latest.yml.sig; cat latest.yml) > signed.bin
    sed -n 's/^signature: [0-9a-f]* //p' latest.yml.sig | base64 -d > signature.bin
    (printf '\\x30\\x2a\\x30\\x05\\x06\\x03\\x2b\\x65\\x70\\x03\\x21\\x00'; echo '${key}' | base64 -d) > key.der
    openssl pkeyutl -verify -rawin -pubin -keyform DER -inkey key.der -in signed.bin -sigfile signature.bin`;
  const checked = spawnSync("bash", ["-ec", script], { cwd: folder, encoding: "utf8" });
  expect(checked.stdout).toContain("Signature Verified Successfully");
});

test("what the packaging makes lists for is what updates itself, and nothing else", () => {
  expect(PACKAGE_KINDS.filter((kind) => isUpdatable(kind.name) !== kind.isUpdatable)).toEqual([]);
  expect(PACKAGE_KINDS.some((kind) => kind.isUpdatable)).toBe(true);
});
