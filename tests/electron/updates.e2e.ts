import { existsSync } from "node:fs";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { expect, test } from "playwright/test";
import { UpdateMirror, writeProgram } from "../../electron/testing/update-mirror.ts";
import { repositoryRoot, temporaryFolder } from "#tests/support/processes.ts";
import { openDesktop } from "./desktop.ts";

const temporary = temporaryFolder("desktop-updates");
test.afterAll(() => temporary.remove());

test("what was not installed does not update itself, and says why", async () => {
  const desktop = await openDesktop({
    dataDir: join(temporary.path, "unpacked"),
    // An address alone is not enough.
    env: { PARVIS_UPDATE_URL: "https://updates.invalid/" },
  });
  const page = await desktop.firstWindow();
  await expect(page.getByRole("button", { name: "Réglages" })).toBeVisible();
  await page.keyboard.press("Control+,");
  await page.getByRole("tab", { name: "Mises à jour" }).click();
  const panel = page.getByRole("tabpanel");
  await expect(panel).toContainText(/Version \d+\.\d+\.\d+/);
  await expect(panel.getByRole("status")).toContainText("installé par votre service informatique");
  await expect(panel.getByRole("button")).toHaveCount(0);
  await desktop.close();
});

/** The built application as an AppImage holds it, and the image that it came from. */
async function install(folder: string, key: string): Promise<{ root: string; image: string }> {
  const root = join(folder, "mounted");
  await mkdir(join(root, "resources"), { recursive: true });
  await symlink(join(repositoryRoot, "dist"), join(root, "dist"));
  const manifest = {
    name: "parvis",
    version: "1.0.0",
    type: "module",
    main: "dist/electron/main.js",
    parvisUpdateKeys: [key],
  };
  await writeFile(join(root, "package.json"), JSON.stringify(manifest));
  await writeFile(join(root, "resources", "package-type"), "appimage");
  await writeFile(join(root, "resources", "app-update.yml"), "updaterCacheDirName: parvis-updater\n");
  const image = join(folder, "Parvis.AppImage");
  await writeProgram(image, "1.0.0");
  return { root, image };
}

test("an update from a mirror is fetched, put off, and installed when the person says so", async () => {
  test.skip(test.info().project.name === "electron", "the binary of a developer's machine is not installed");
  const folder = join(temporary.path, "installed");
  await mkdir(join(folder, "mirror"), { recursive: true });
  const mirror = new UpdateMirror(join(folder, "mirror"));
  const program = await mirror.offer();
  const server = createServer((incoming, response) => void mirror.answer(incoming, response));
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const { root, image } = await install(folder, mirror.key.publicKey);
  const desktop = await openDesktop({
    root,
    dataDir: join(folder, "data"),
    env: {
      APPIMAGE: image,
      PARVIS_UPDATE_URL: `http://127.0.0.1:${port}/`,
      STAND_IN_PACKAGED: "1",
      XDG_CACHE_HOME: join(folder, "cache"),
    },
  });
  const page = await desktop.firstWindow();
  const line = page.getByRole("status").filter({ hasText: "Parvis 1.1.0 est prêt" });
  await expect(line).toBeVisible({ timeout: 30_000 });
  await line.getByRole("button", { name: "Plus tard" }).click();
  await page.getByRole("menuitem", { name: "Demain matin" }).click();
  await expect(line).toBeHidden();
  await page.keyboard.press("Control+,");
  await page.getByRole("tab", { name: "Mises à jour" }).click();
  await expect(page.getByRole("tabpanel")).toContainText("Remise à plus tard");
  const ended = desktop.ended();
  await page.getByRole("button", { name: "Installer et redémarrer" }).click();
  await ended;
  expect(await readFile(image)).toEqual(await readFile(program));
  await expect.poll(() => existsSync(`${image}.started`)).toBe(true);
  server.close();
});
