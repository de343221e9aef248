import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { policyNames, policySchemas, type PolicyName } from "#contract/policies.ts";
import { projectRoot } from "../project-root.ts";

/** Everything that the templates say of a policy, from its schema and from the words that the interface shows. */
export interface PolicyFacts {
  name: PolicyName;
  type: "boolean" | "integer" | "string" | "array";
  /** Values that it may have, where they are few. */
  choices: readonly string[] | undefined;
  minimum: number | undefined;
  maximum: number | undefined;
  maxLength: number | undefined;
  category: Category;
  words: Record<Language, { title: string; text: string }>;
  example: boolean | number | string | readonly string[];
}

export const languages = ["en-US", "fr-FR"] as const;
export type Language = (typeof languages)[number];

export const categories = {
  Workplace: { "en-US": "Workplace", "fr-FR": "Espace de travail" },
  Desktop: { "en-US": "Desktop", "fr-FR": "Bureau" },
  Security: { "en-US": "Security", "fr-FR": "Sécurité" },
  Network: { "en-US": "Network", "fr-FR": "Réseau" },
  Updates: { "en-US": "Updates", "fr-FR": "Mises à jour" },
} as const satisfies Record<string, Record<Language, string>>;
export type Category = keyof typeof categories;

interface Own {
  category: Category;
  example: PolicyFacts["example"];
}

/** What neither the schema nor the interface knows. */
const own: Record<PolicyName, Own> = {
  AllowedServers: { category: "Workplace", example: ["https://parvis.example.org"] },
  DefaultServer: { category: "Workplace", example: "https://parvis.example.org" },
  SignInMethods: { category: "Workplace", example: ["browser"] },
  HiddenModules: { category: "Workplace", example: ["feed"] },
  AllowedExternalHosts: { category: "Workplace", example: ["*.example.org"] },
  Autostart: { category: "Desktop", example: true },
  CloseToTray: { category: "Desktop", example: true },
  NotificationContent: { category: "Desktop", example: "hiddenContent" },
  DownloadsFolder: { category: "Desktop", example: "/srv/downloads" },
  OfflineFiles: { category: "Desktop", example: true },
  OfflineBudgetMb: { category: "Desktop", example: 20_000 },
  Drives: { category: "Desktop", example: ["Commun=https://fichiers.example.org/dav/"] },
  DriveIndexing: { category: "Desktop", example: true },
  DriveIndexExclusions: { category: "Desktop", example: ["*.bak", "Archives"] },
  SpellCheckDictionaryAddress: { category: "Desktop", example: "https://mirror.example.org/dictionaries/" },
  CacheKeyStore: { category: "Security", example: "system" },
  CacheCeiling: { category: "Security", example: "internal" },
  CacheKeyDays: { category: "Security", example: 180 },
  IdleLockMinutes: { category: "Security", example: 15 },
  LockWithSystem: { category: "Security", example: true },
  AllowUnencryptedDrives: { category: "Security", example: false },
  LogLevel: { category: "Security", example: "information" },
  ProxyMode: { category: "Network", example: "fixed" },
  ProxyAddress: { category: "Network", example: "http://proxy.example.org:3128" },
  ProxyPacAddress: { category: "Network", example: "http://proxy.example.org/proxy.pac" },
  ProxyBypass: { category: "Network", example: ["*.example.org", "<local>"] },
  CertificateFolder: { category: "Network", example: "/usr/local/share/ca-certificates" },
  AutoSelectCertificateForUrls: {
    category: "Network",
    example: [`{"pattern":"https://*.example.org","filter":{"ISSUER":{"CN":"Example CA"}}}`],
  },
  UpdateMode: { category: "Updates", example: "mirror" },
  UpdateAddress: { category: "Updates", example: "https://mirror.example.org/parvis/" },
  UpdateChannel: { category: "Updates", example: "stable" },
  UpdateDeferralDays: { category: "Updates", example: 7 },
  UpdateSigningKeys: { category: "Updates", example: ["AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="] },
};

const shapeSchema = z.looseObject({
  type: z.enum(["boolean", "integer", "string", "array"]),
  enum: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxLength: z.number().optional(),
});

const wordsSchema = z.object({
  policies: z.object({ names: z.record(z.string(), z.object({ title: z.string(), text: z.string() })) }),
});

/** What the interface says of every policy. */
function readWords(language: string): Record<string, { title: string; text: string }> {
  const path = join(projectRoot, "renderer", "locales", language, "desktop.json");
  return wordsSchema.parse(JSON.parse(readFileSync(path, "utf8"))).policies.names;
}

const said = { "en-US": readWords("en"), "fr-FR": readWords("fr") };

function wordsOf(name: PolicyName, language: Language): { title: string; text: string } {
  const words = said[language][name];
  if (words === undefined) throw new Error(`renderer/locales has no words for the policy ${name}`);
  return words;
}

export const policyFacts: readonly PolicyFacts[] = policyNames.map((name) => {
  const {
    type,
    enum: choices,
    minimum,
    maximum,
    maxLength,
  } = shapeSchema.parse(z.toJSONSchema(policySchemas[name]));
  const words = { "en-US": wordsOf(name, "en-US"), "fr-FR": wordsOf(name, "fr-FR") };
  return Object.assign({ name, type, words }, own[name], { choices, minimum, maximum, maxLength });
});
