import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { AppUpdater, CancellationToken } from "electron-updater";
import type { ContactLog } from "#host/network/contact-log.ts";
import type { Credentials, ProxyCredentials } from "#host/network/proxy-credentials.ts";
import { serveFolder } from "#host/updates/folder-server.ts";
import { UpdateRefused, type SignedManifest } from "#host/updates/manifest-gate.ts";
import type { PlanInForce } from "#host/updates/update-service.ts";
import type { UpdateSource } from "#host/updates/update-source.ts";
import type { Updater } from "#host/updates/updater.ts";
import { failureReason } from "#host/updates/update-failure.ts";
import { refusalOf } from "#host/updates/windows-signature.ts";
import { createSignedProvider } from "./update-provider.ts";

export interface ElectronUpdaterOptions {
  platform: NodeJS.Platform;
  /** Of the running program: updates on Windows have to be signed by whoever signed it. */
  program: string;
  admit: (signed: SignedManifest) => Promise<unknown>;
  /** Keeps the list of hosts that were contacted. */
  contacts: Pick<ContactLog, "begin" | "failed">;
  /** For a proxy that asks. Proxy and authorities of the library's own session are set by electron/network.ts. */
  credentials: Pick<ProxyCredentials, "get">;
  /** How long a list may take. */
  patienceMs?: number;
  /** Another updater than that of this platform; for tests. */
  load?: () => Promise<AppUpdater>;
}

const PATIENCE_MS = 120_000;
/** Some ways of fetching say nothing of their progress. */
const FILE_PATIENCE = 10;

/** electron-updater behind the port, looking at the mirror of this plan. */
export async function createElectronUpdater(
  plan: PlanInForce,
  options: ElectronUpdaterOptions,
): Promise<Updater> {
  const { load = loadUpdater, admit, patienceMs = PATIENCE_MS } = options;
  const { url, close } = await open(plan.source);
  const updater = await load();
  const provider = await createSignedProvider({
    baseUrl: new URL(url),
    channel: plan.channel,
    admit,
    patienceMs,
  });
  configure(updater, { isFolder: plan.source.kind === "folder" });
  updater.setFeedURL({ provider: "custom", updateProvider: provider });
  // Last: what is set above may turn it on.
  updater.allowDowngrade = false;
  answerLogins(updater, options);
  const { CancellationToken: Token } = (await import("electron-updater")).default;
  const contact = contacting(plan.source, options.contacts);
  return createPort({ updater, close, contact, createToken: () => new Token() }, options);
}

type Contact = <T>(act: () => Promise<T>) => Promise<T>;

/** In the list before it is contacted. A folder is no host; what the system does for a share is the system's. */
function contacting(source: UpdateSource, contacts: ElectronUpdaterOptions["contacts"]): Contact {
  return async (act) => {
    if (source.kind === "folder") return act();
    await contacts.begin(source.url, "updates");
    try {
      return await act();
    } catch (error) {
      if (failureReason(error) === "network") contacts.failed(source.url, "updates", "offline");
      throw error;
    }
  };
}

async function loadUpdater(): Promise<AppUpdater> {
  return (await import("electron-updater")).default.autoUpdater;
}

async function open(source: UpdateSource): Promise<{ url: string; close: () => Promise<void> }> {
  if (source.kind === "folder") return serveFolder(source.path);
  const url = source.url.endsWith("/") ? source.url : `${source.url}/`;
  return { url, close: () => Promise.resolve() };
}

/** Nothing happens by itself and nothing goes back to an older version. */
function configure(updater: AppUpdater, { isFolder }: { isFolder: boolean }): void {
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  updater.disableWebInstaller = true;
  // A folder is served whole; parts of a file are for real web servers.
  updater.disableDifferentialDownload = isFolder;
  // It prints to the console otherwise. Failures come back as rejections.
  updater.logger = null;
}

/** Without a listener a proxy's question would never be answered. Empty credentials cancel the request. */
function answerLogins(updater: AppUpdater, { credentials }: ElectronUpdaterOptions): void {
  const given = new Map<string, Credentials>();
  updater.removeAllListeners("login");
  updater.on("login", ({ isProxy, host: name, port, realm }, answer) => {
    const host = `${name}:${port}`;
    const refused = given.get(host);
    const asked = isProxy
      ? credentials.get({ host, realm, ...(refused === undefined ? {} : { refused }) })
      : Promise.resolve(undefined);
    asked.then(
      (found) => {
        if (found !== undefined) given.set(host, found);
        answer(found?.username ?? "", found?.password ?? "");
      },
      () => answer("", ""),
    );
  });
}

interface PortParts {
  updater: AppUpdater;
  createToken: () => CancellationToken;
  contact: Contact;
  close: () => Promise<void>;
}

function createPort(
  { updater, createToken, contact, close }: PortParts,
  { platform, program, patienceMs = PATIENCE_MS }: ElectronUpdaterOptions,
): Updater {
  const verifyProgram = async (file: string): Promise<string | null> =>
    platform === "win32" ? refusalOf(file, program) : null;
  // The library's own check lets everything pass where PowerShell is blocked.
  if ("verifyUpdateCodeSignature" in updater) {
    updater.verifyUpdateCodeSignature = (_publishers: string[], file: string) => verifyProgram(file);
  }
  let promised: ReadonlySet<string> = new Set();
  let fetched: string | undefined;
  let token: CancellationToken | undefined;
  const confirm = async (): Promise<void> => {
    if (fetched === undefined) throw new UpdateRefused("nothing was fetched");
    if (!promised.has(await hashFile(fetched))) throw new UpdateRefused(`${fetched} is not what was signed.`);
    // Here, too: the library skips its check when the installation names no publisher.
    const refusal = await verifyProgram(fetched);
    if (refusal !== null) throw new UpdateRefused(`it is not installed, because ${refusal}`);
  };
  return {
    async check() {
      const result = await contact(() => updater.checkForUpdates());
      if (result === null) return undefined;
      if (!result.isUpdateAvailable) return null;
      const { version, releaseDate, files } = result.updateInfo;
      promised = new Set(files.map((file) => file.sha512));
      return { version, releasedAt: releaseDate };
    },
    async download(onProgress) {
      const cancelling = createToken();
      token = cancelling;
      const silence = watchSilence(patienceMs * FILE_PATIENCE);
      const report = ({ percent }: { percent: number }): void => {
        silence.broken();
        onProgress(percent / 100);
      };
      updater.on("download-progress", report);
      try {
        // Raced: the library does not break off a request for a part of a file.
        const download = contact(() => updater.downloadUpdate(cancelling));
        [fetched] = await Promise.race([download, silence.lasted]);
      } catch (error) {
        cancelling.cancel();
        throw error;
      } finally {
        silence.end();
        updater.off("download-progress", report);
      }
      await confirm();
    },
    confirm,
    install(onFailed) {
      // It does not throw.
      updater.once("error", onFailed);
      updater.quitAndInstall(false, true);
    },
    async close() {
      token?.cancel();
      await close();
    },
  };
}

function watchSilence(limitMs: number) {
  const { promise, reject } = Promise.withResolvers<never>();
  // Nobody has to wait for it.
  promise.catch(() => undefined);
  const timer = setTimeout(() => reject(new Error("the mirror fell silent: timed out")), limitMs);
  return { lasted: promise, broken: () => timer.refresh(), end: () => clearTimeout(timer) };
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha512");
  await pipeline(createReadStream(path), hash);
  return hash.digest("base64");
}
