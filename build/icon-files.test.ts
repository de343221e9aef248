import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { icns, ico } from "./icon-files.ts";
import { projectRoot } from "./project-root.ts";

const resources = join(projectRoot, "build", "resources");
const pictures = [16, 32, 48, 64, 128, 256, 512].map((size) => ({
  size,
  png: readFileSync(join(resources, "icons", `${size}x${size}.png`)),
}));

test("the icons of Windows and macOS are made of the pictures that are committed", () => {
  expect(readFileSync(join(resources, "icon.ico")).equals(ico(pictures))).toBe(true);
  expect(readFileSync(join(resources, "icon.icns")).equals(icns(pictures))).toBe(true);
});
