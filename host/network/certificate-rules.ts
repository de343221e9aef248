import { z } from "zod";
import { matchesOrigin } from "../policy/patterns.ts";

/** Who a certificate names, in the words of Chromium's policy. */
export interface Principal {
  CN?: string | undefined;
  O?: readonly string[] | undefined;
  OU?: readonly string[] | undefined;
  L?: string | undefined;
}

const principalSchema = z.strictObject({
  CN: z.string().optional(),
  O: z.string().optional(),
  OU: z.string().optional(),
  L: z.string().optional(),
});

/**
 * As Chromium's AutoSelectCertificateForUrls. `file` is ours, for the browser shell, which cannot use the system's
 * certificates: a PEM file with certificate and key, without a passphrase, or a folder of them.
 */
const ruleSchema = z.strictObject({
  pattern: z.string().min(1).max(500),
  filter: z
    .strictObject({ ISSUER: principalSchema.optional(), SUBJECT: principalSchema.optional() })
    .default({}),
  file: z.string().min(1).max(1000).optional(),
});
export type CertificateRule = z.infer<typeof ruleSchema>;

/** Those that can be read; the others are told. */
export function parseRules(
  texts: readonly string[],
  onRefused: (text: string, why: string) => void,
): CertificateRule[] {
  return texts.flatMap((text) => {
    const parsed = ruleSchema.safeParse(parseJson(text));
    if (parsed.success) return [parsed.data];
    onRefused(text, parsed.error.issues[0]?.message ?? "it does not fit");
    return [];
  });
}

export function rulesFor(rules: readonly CertificateRule[], url: string): CertificateRule[] {
  const { origin } = new URL(url);
  return rules.filter(
    ({ pattern }) => pattern === "*" || matchesOrigin(pattern.replace("[*.]", "*."), origin),
  );
}

export function fits(rule: CertificateRule, subject: Principal, issuer: Principal): boolean {
  return fitsOne(rule.filter.SUBJECT ?? {}, subject) && fitsOne(rule.filter.ISSUER ?? {}, issuer);
}

function fitsOne(wanted: z.infer<typeof principalSchema>, given: Principal): boolean {
  const isName = (name: "CN" | "L"): boolean => wanted[name] === undefined || wanted[name] === given[name];
  const isAmong = (name: "O" | "OU"): boolean =>
    wanted[name] === undefined || given[name]?.includes(wanted[name]) === true;
  return isName("CN") && isName("L") && isAmong("O") && isAmong("OU");
}

/** As Node writes them, one `KEY=value` a line. */
export function parsePrincipal(text: string): Principal {
  const all = (key: string): string[] =>
    text.split("\n").flatMap((line) => (line.startsWith(`${key}=`) ? [line.slice(key.length + 1)] : []));
  return { CN: all("CN")[0], O: all("O"), OU: all("OU"), L: all("L")[0] };
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
