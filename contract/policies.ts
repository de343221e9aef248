import { z } from "zod";
import { classificationSchema } from "./classification.ts";

/**
 * What an organisation may impose (mandatory) or propose (recommended) on its machines. Names and shapes are the same in
 * the Windows registry, a macOS configuration profile and the JSON file of Linux; docs/policies.md and the templates in
 * build/policies/ are generated from here. There is no policy for telemetry because there is no telemetry.
 */

const list = z.array(z.string().min(1).max(2000)).max(200);
const flag = z.boolean();

/** Each a plain value that every platform can carry: boolean, integer, one of a few words, text, or a list of texts. */
export const policySchemas = {
  /** Origins that may be added as workplaces: `https://parvis.example.org`, `https://*.example.org`. */
  AllowedServers: list,
  /** The workplace that a new profile begins with. */
  DefaultServer: z.url().max(2000),
  SignInMethods: z.array(z.enum(["browser", "password"])).max(2),
  /** Names of modules, as in the capabilities of a workplace. */
  HiddenModules: list,
  UpdateMode: z.enum(["off", "mirror"]),
  /** `https:` address or folder (UNC path) of the mirror. */
  UpdateAddress: z.string().min(1).max(2000),
  UpdateChannel: z.enum(["stable", "preview"]),
  UpdateDeferralDays: z.int().min(0).max(90),
  /** Ed25519 public keys (base64 of 32 bytes) that may sign the list of updates, instead of those of the build. */
  UpdateSigningKeys: list,
  Autostart: flag,
  CloseToTray: flag,
  NotificationContent: z.enum(["all", "hiddenContent", "off"]),
  /** Where the key of the encrypted cache may be kept; `memory` keeps it for one run only. */
  CacheKeyStore: z.enum(["any", "system", "passphrase", "memory"]),
  /** What is marked above this is shown and never stored. */
  CacheCeiling: classificationSchema,
  /** The cache gets a new key after so many days; 0: never by itself. */
  CacheKeyDays: z.int().min(0).max(3650),
  /** 0: never. */
  IdleLockMinutes: z.int().min(0).max(1440),
  LockWithSystem: flag,
  /** Folder address from which spelling dictionaries may be fetched (Linux); without it none ever is. */
  SpellCheckDictionaryAddress: z.url().max(2000),
  ProxyMode: z.enum(["system", "direct", "pac", "fixed"]),
  /** For `fixed`: `http://proxy.example.org:3128`, without credentials. */
  ProxyAddress: z.url().max(2000),
  /** For `pac`. */
  ProxyPacAddress: z.url().max(2000),
  /** Hosts reached without the proxy: `*.example.org`, `10.0.0.0/8`, `<local>`. */
  ProxyBypass: list,
  /** Folder of PEM files with certification authorities to trust besides the system's. */
  CertificateFolder: z.string().min(1).max(1000),
  /** As in Chromium: JSON texts `{"pattern":"https://*.example.org","filter":{"ISSUER":{"CN":"…"}}}`. */
  AutoSelectCertificateForUrls: list,
  DownloadsFolder: z.string().min(1).max(1000),
  /** Whether files of drives may be pinned on this machine. */
  OfflineFiles: flag,
  /** What pinned files may take of the disk. */
  OfflineBudgetMb: z.int().min(0).max(100_000_000),
  /** Hosts that links may lead to outside: `*.example.org`; `*` for any. An empty list: none. */
  AllowedExternalHosts: list,
  /** Drives that everybody has: `Name=address`, or `{"name":"…","kind":"webdav","address":"…"}`. */
  Drives: list,
  /** WebDAV drives at `http:` addresses, too. */
  AllowUnencryptedDrives: flag,
  /** Names of drives are looked through and kept, encrypted, for searching. */
  DriveIndexing: flag,
  /** Names of files and folders that are left out: `*.bak`, `Archives`. */
  DriveIndexExclusions: list,
  LogLevel: z.enum(["error", "warning", "information", "debug"]),
} as const;

export type PolicyName = keyof typeof policySchemas;
export type PolicyValue<N extends PolicyName> = z.output<(typeof policySchemas)[N]>;

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.keys forgets the names of its object
export const policyNames = Object.keys(policySchemas) as PolicyName[];

export function isPolicyName(name: string): name is PolicyName {
  return Object.hasOwn(policySchemas, name);
}
