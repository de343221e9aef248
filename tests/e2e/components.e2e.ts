import { join } from "node:path";
import { expect, test } from "playwright/test";
import { build, preview, type PreviewServer } from "vite";
import { rendererConfig } from "../../build/renderer.config.ts";
import { freePort, repositoryRoot, temporaryFolder } from "#tests/support/processes.ts";
import { misplaced, violations } from "./layout.ts";

/** Every component in every state, in every look and language: readable, accessible, and inside the window. */

const folder = temporaryFolder("components");
let server: PreviewServer;
let origin: string;

test.beforeAll(async () => {
  await build(rendererConfig({ outDir: folder.path, isDevelopment: true }));
  const port = await freePort();
  server = await preview({
    configFile: false,
    root: join(repositoryRoot, "renderer"),
    logLevel: "warn",
    build: { outDir: folder.path },
    preview: { port, strictPort: true, host: "127.0.0.1" },
  });
  origin = `http://127.0.0.1:${port}`;
});

test.afterAll(async () => {
  await server.close();
  folder.remove();
});

for (const theme of ["light", "dark", "contrast"]) {
  for (const lang of ["fr", "en"]) {
    test(`every component in ${theme}, ${lang}`, async ({ page }) => {
      await page.goto(`${origin}/components.html?theme=${theme}&lang=${lang}`);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      expect(await violations(page)).toEqual([]);
      for (const width of [1280, 480, 320]) {
        await page.setViewportSize({ width, height: 800 });
        expect(await misplaced(page), `${width} px`).toEqual([]);
      }
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.goto(`${origin}/components.html?theme=${theme}&lang=${lang}&view=frame`);
      await expect(page.getByRole("article").last()).toBeVisible();
      for (const width of [1280, 800, 480, 320]) {
        await page.setViewportSize({ width, height: 800 });
        expect(await misplaced(page), `frame, ${width} px`).toEqual([]);
      }
    });
  }
}

test("what spills, is cut or stands beyond the window is found", async ({ page }) => {
  await page.setContent(`
    <div style="width: 3000px">far</div>
    <div style="width: 20px; white-space: nowrap">a text that spills</div>
    <div style="width: 20px; white-space: nowrap; overflow: hidden">a text that is cut</div>
    <div style="width: 20px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis">a text that says so</div>`);
  expect((await misplaced(page)).map((line) => line.split(":")[0])).toEqual([
    "beyond the window",
    "text spills",
    "text is cut",
  ]);
});
