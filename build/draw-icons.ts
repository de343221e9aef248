import { writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright";
import { icns, ico, type Picture } from "./icon-files.ts";
import { projectRoot } from "./project-root.ts";

/** Draws build/resources/icons/ from icon.svg with Debian's Chromium. Run by hand when the drawing changes. */

const SIZES = [16, 32, 48, 64, 128, 256, 512];
const resources = join(projectRoot, "build", "resources");
const svg = await readFile(join(resources, "icon.svg"), "utf8");
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage();
const pictures: Picture[] = [];
for (const size of SIZES) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
  );
  const png = await page.screenshot({ omitBackground: true });
  writeFileSync(join(resources, "icons", `${size}x${size}.png`), png);
  pictures.push({ size, png });
}
writeFileSync(join(resources, "icon.icns"), icns(pictures));
writeFileSync(join(resources, "icon.ico"), ico(pictures));
await browser.close();
