/**
 * In the place of the `electron` program: `node start.ts FOLDER [arguments]` runs the folder's built main bundle with
 * `electron` resolved to this folder's own.
 */
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { textAt } from "./chromium/cdp.ts";

const root = resolve(process.argv[2] ?? ".");
const electronUrl = pathToFileURL(join(import.meta.dirname, "electron.ts")).href;

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === "electron" || specifier === "electron/main")
      return { url: electronUrl, format: "module-typescript", shortCircuit: true };
    // Node's own fs, untouched: https://www.electronjs.org/docs/latest/tutorial/asar-archives#limitations-of-the-node-api
    if (specifier === "original-fs") return next("node:fs", context);
    return next(specifier, context);
  },
});

const versionOf = (path: string): string => textAt(JSON.parse(readFileSync(path, "utf8")), "version");
const versions = {
  ...process.versions,
  electron: versionOf(join(import.meta.dirname, "../../node_modules/electron/package.json")),
  chrome: "150.0.0.0",
};
Object.defineProperty(process, "versions", { value: versions });
Object.defineProperty(process, "type", { value: "browser" });
/** As if it had been installed: the program is the application. */
const isPackaged = process.env["STAND_IN_PACKAGED"] === "1";
if (!isPackaged) Object.defineProperty(process, "defaultApp", { value: true });
Object.defineProperty(process, "resourcesPath", { value: join(root, "resources") });

const { app, takeSwitches } = await import("./modules/app.ts");
const { closeAllWindows } = await import("./modules/browser-window.ts");
const { endBrowser, startBrowser } = await import("./browser.ts");
const { watchDownloads } = await import("./downloads.ts");
const { openControl } = await import("./control.ts");

const controlAddress = process.env["STAND_IN_CONTROL"];
delete process.env["STAND_IN_CONTROL"];
// As there: the program, the folder where it is not its own, the arguments.
process.argv.splice(1, 2, ...(isPackaged ? [] : [root]));
app.isPackaged = isPackaged;
app.standIn.root = root;
takeSwitches(process.argv.slice(isPackaged ? 1 : 2));
app.standIn.quitting = { closeAllWindows, end: endBrowser };
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => app.quit());

const main = textAt(JSON.parse(readFileSync(join(root, "package.json"), "utf8")), "main");
const control = controlAddress === undefined ? undefined : openControl(controlAddress);
await import(pathToFileURL(join(root, main)).href);
if (!app.standIn.isQuitting) {
  const { cdp, endpoint } = await startBrowser();
  await watchDownloads(cdp);
  control?.tell({ endpoint });
  app.becomeReady();
}
