import type { Provider, UpdateInfo } from "electron-updater";
import type { ProviderRuntimeOptions } from "electron-updater/out/providers/Provider.js";
import { z } from "zod";
import type { SignedManifest } from "#host/updates/manifest-gate.ts";

export interface SignedProviderOptions {
  /** Ends in a slash. */
  baseUrl: URL;
  channel: "stable" | "preview";
  /** Throws, and nothing of the list is used. */
  admit: (signed: SignedManifest) => Promise<unknown>;
  /** How long a list may take. */
  patienceMs: number;
}

/** Names within the mirror's folder: nothing leads elsewhere, not even what is signed. */
const fileName = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} ._()+-]*$/u);
const sha512 = z.string().regex(/^[A-Za-z0-9+/]{86}==$/);

/** What is used of a list; web installers (`packages`) are not. */
const manifestSchema = z.object({
  version: z.string().max(100),
  files: z
    .array(
      z.object({
        url: fileName,
        sha512,
        size: z.int().positive(),
        blockMapSize: z.int().positive().exactOptional(),
      }),
    )
    .min(1),
  path: fileName,
  sha512,
  releaseDate: z.iso.datetime(),
  stagingPercentage: z.number().min(0).max(100).exactOptional(),
  minimumSystemVersion: z.string().exactOptional(),
});

export type ProviderClass = new (
  options: unknown,
  updater: unknown,
  runtimeOptions: ProviderRuntimeOptions,
) => Provider<UpdateInfo>;

/** electron-builder's names: `latest` is what everybody gets. */
const CHANNELS = { stable: "latest", preview: "preview" } as const;

/**
 * Electron-updater's view of a mirror, through which it sees nothing that is not signed: the list is fetched once, the very
 * bytes that were checked are those that are used, and the SHA-512 in them covers every file.
 */
export async function createSignedProvider(options: SignedProviderOptions): Promise<ProviderClass> {
  const { baseUrl, channel, admit, patienceMs } = options;
  const { Provider: LibraryProvider, CancellationToken } = (await import("electron-updater")).default;
  const { parseUpdateInfo, resolveFiles } = (await import("electron-updater/out/providers/Provider.js"))
    .default;
  return class SignedProvider extends LibraryProvider<UpdateInfo> {
    constructor(_options: unknown, _updater: unknown, runtimeOptions: ProviderRuntimeOptions) {
      super(runtimeOptions);
    }

    /** The library would name this installation to the mirror. */
    override setRequestHeaders(): void {
      super.setRequestHeaders(null);
    }

    async getLatestVersion(): Promise<UpdateInfo> {
      const file = `${this.getCustomChannelName(CHANNELS[channel])}.yml`;
      const manifest = await this.fetchFile(file);
      await admit({ file, manifest, signature: await this.fetchSignature(`${file}.sig`) });
      return manifestSchema.parse(parseUpdateInfo(manifest.toString("utf8"), file, new URL(file, baseUrl)));
    }

    resolveFiles(info: UpdateInfo) {
      return resolveFiles(info, baseUrl);
    }

    private async fetchSignature(name: string): Promise<string | undefined> {
      try {
        return (await this.fetchFile(name)).toString("utf8");
      } catch (error) {
        // What is not there is not signed; whatever else went wrong is said as it is.
        if (error instanceof Error && /status 40[34]/.test(error.message)) return undefined;
        throw error;
      }
    }

    private async fetchFile(name: string): Promise<Buffer> {
      const url = new URL(name, baseUrl);
      // Between here and the mirror nothing is to answer from memory.
      url.searchParams.set("noCache", Date.now().toString(36));
      // Chromium's requests have no time limit of their own.
      const cancellationToken = new CancellationToken();
      const timer = setTimeout(() => cancellationToken.cancel(), patienceMs);
      try {
        return await this.executor.downloadToBuffer(url, { cancellationToken });
      } catch (error) {
        if (!cancellationToken.cancelled) throw error;
        throw new Error(`${url.host} timed out`, { cause: error });
      } finally {
        clearTimeout(timer);
      }
    }
  };
}
