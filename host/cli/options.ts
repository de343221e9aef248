import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { AppError } from "#contract/problem.ts";
import { readLink } from "../desktop/deep-links.ts";
import { defaultDataDir } from "../profile/data-dir.ts";

export const USAGE = `npm start -- [options] [parvis://…]

Starts Parvis. Without options: a workplace with demonstration data on this machine, in a window of its own
where Electron is found or can be fetched, otherwise in the browser.

  --shell electron|browser   this one or nothing
  --port N                   port of the browser shell; 0: choose once and remember (default)
  --hidden                   without a window, for the start with the session: the icon near the clock, or only notifications
  --no-open                  do not open the browser, only print the address
  --data DIR                 where everything is kept (default: ${defaultDataDir(process.platform, process.env)})
  --server URL               a workplace to add, instead of the demonstration
  --reset-demo               make the demonstration data anew
  --dev                      build again at each change of the pages
  --help

Environment:
  PARVIS_PASSPHRASE          opens the encrypted file of secrets, or begins it, on machines without a keyring
`;

export interface StartOptions {
  shell: "electron" | "browser" | undefined;
  /** `undefined` and 0: the one that the profile remembers, or any. */
  port: number | undefined;
  isOpening: boolean;
  /** No window until somebody wants one. */
  isHidden: boolean;
  dataDir: string;
  serverUrl: string | undefined;
  isResettingDemo: boolean;
  isDevelopment: boolean;
  /** `parvis://…`: opened as soon as it can be. */
  link: string | undefined;
  isHelp: boolean;
}

/** @throws AppError badRequest, or what parseArgs throws, in words for a person */
export function parseOptions(args: readonly string[]): StartOptions {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    args: [...args],
    options: {
      shell: { type: "string" },
      port: { type: "string" },
      hidden: { type: "boolean", default: false },
      "no-open": { type: "boolean", default: false },
      data: { type: "string" },
      server: { type: "string" },
      "reset-demo": { type: "boolean", default: false },
      dev: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.server !== undefined && values["reset-demo"]) {
    throw wrong("--reset-demo has no meaning with --server");
  }
  return {
    shell: parseShell(values.shell),
    port: parsePort(values.port),
    isOpening: !values["no-open"] && !values.hidden,
    isHidden: values.hidden,
    dataDir: resolve(values.data ?? defaultDataDir(process.platform, process.env)),
    serverUrl: values.server,
    isResettingDemo: values["reset-demo"],
    isDevelopment: values.dev,
    link: parseLinks(positionals),
    isHelp: values.help,
  };
}

/** Said without the address: what is in it may come from anywhere. */
function parseLinks([text, ...more]: readonly string[]): string | undefined {
  if (text === undefined) return undefined;
  const found = readLink(text);
  if (more.length === 0 && found.kind === "link") return found.link;
  throw wrong("Besides options there may be one address of an object in Parvis: parvis://…");
}

function parseShell(text: string | undefined): StartOptions["shell"] {
  if (text === undefined || text === "electron" || text === "browser") return text;
  throw wrong(`--shell is electron or browser, not “${text}”`);
}

function parsePort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw wrong(`--port is a number from 0 to 65535, not “${text}”`);
}

function wrong(title: string): AppError {
  return new AppError("badRequest", { title, detail: "“npm start -- --help” lists the options." });
}
