import { join } from "node:path";
import { z } from "zod";
import { JsonFile } from "../files/json-file.ts";
import { fits, rulesFor, type CertificateRule, type Principal } from "./certificate-rules.ts";
import type { NetworkQuestions } from "./questions.ts";

export interface ClientCertificate {
  fingerprint: string;
  subject: Principal;
  issuer: Principal;
  validUntil: string;
}

const fileSchema = z.object({ version: z.literal(1), choices: z.record(z.string(), z.string()) });

export interface CertificateChoiceOptions {
  dataDir: string;
  questions: NetworkQuestions;
  rules: () => readonly CertificateRule[];
  onNotice: (message: string) => void;
}

/** Which certificate says who the person is: by rule, as chosen before, or asked once. Never the first that comes. */
export class CertificateChoice {
  readonly #options: CertificateChoiceOptions;
  readonly #file: JsonFile<z.infer<typeof fileSchema>>;
  readonly #ofThisRun = new Map<string, string>();

  constructor(options: CertificateChoiceOptions) {
    this.#options = options;
    this.#file = new JsonFile({
      path: join(options.dataDir, "certificates.json"),
      schema: fileSchema,
      empty: () => ({ version: 1, choices: {} }),
      onDamaged: options.onNotice,
    });
  }

  /** Undefined: none is sent. */
  async choose<C extends ClientCertificate>(url: string, all: readonly C[]): Promise<C | undefined> {
    const rules = rulesFor(this.#options.rules(), url);
    const byRule = all.filter((one) => rules.some((rule) => fits(rule, one.subject, one.issuer)));
    if (byRule.length === 1) return byRule[0];
    const among = byRule.length === 0 ? all : byRule;
    if (among.length === 0) return undefined;
    const { host } = new URL(url);
    const remembered = this.#ofThisRun.get(host) ?? (await this.#file.read()).choices[host];
    return among.find(({ fingerprint }) => fingerprint === remembered) ?? (await this.#ask(host, among));
  }

  async #ask<C extends ClientCertificate>(host: string, among: readonly C[]): Promise<C | undefined> {
    const answer = await this.#options.questions.ask({
      kind: "clientCertificate",
      host,
      certificates: among.map(({ fingerprint, subject, issuer, validUntil }) => ({
        fingerprint,
        subject: nameOf(subject),
        issuer: nameOf(issuer),
        validUntil,
      })),
    });
    if (answer.kind !== "certificate") return undefined;
    const { fingerprint, isRemembered } = answer;
    this.#ofThisRun.set(host, fingerprint);
    if (isRemembered)
      await this.#file.update((file) => ({ ...file, choices: { ...file.choices, [host]: fingerprint } }));
    return among.find((one) => one.fingerprint === fingerprint);
  }
}

function nameOf({ CN, O, OU }: Principal): string {
  return [CN, OU?.[0], O?.[0]].filter(Boolean).join(", ");
}
