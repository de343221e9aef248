import { availableParallelism } from "node:os";
import { defineConfig } from "playwright/test";
import { whyNoElectron } from "./tests/electron/real-electron.ts";
import { chromiumPath } from "./tests/support/system-packages.ts";
import { withUtf8 } from "./tests/support/utf8-locale.ts";

const executablePath = chromiumPath();

export default defineConfig({
  testMatch: "**/*.e2e.ts",
  projects: [
    { name: "browser", testDir: "tests/e2e" },
    /** The desktop shell on the stand-in of Electron, and once more where there is a binary. */
    { name: "desktop", testDir: "tests/electron" },
    ...(whyNoElectron() === undefined ? [{ name: "electron", testDir: "tests/electron" }] : []),
  ],
  outputDir: ".cache/e2e",
  /** Each has servers, profiles and a Chromium of its own; most of the time they wait for one another. */
  workers: Math.max(1, Math.min(4, availableParallelism())),
  fullyParallel: false,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["json"]],
  use: {
    browserName: "chromium",
    viewport: { width: 1280, height: 800 },
    locale: "fr-FR",
    timezoneId: "Europe/Paris",
    trace: "retain-on-failure",
    actionTimeout: 20_000,
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      env: withUtf8(process.env),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
