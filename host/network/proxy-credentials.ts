import { z } from "zod";
import { AppError } from "#contract/problem.ts";
import type { SecretStore } from "../secrets/secret-store.ts";
import type { NetworkQuestions } from "./questions.ts";

const credentialsSchema = z.object({ username: z.string(), password: z.string() });
export type Credentials = z.infer<typeof credentialsSchema>;

interface Asked {
  /** Host and port of the proxy. */
  host: string;
  realm: string;
  /** What the proxy has just refused. */
  refused?: Credentials;
}

export interface ProxyCredentialsOptions {
  secrets: SecretStore;
  questions: NetworkQuestions;
  /** Told each password, to keep it out of logs. */
  onSecret: (secret: string) => void;
}

/** Names and passwords for proxies: asked once, kept for the run, and on this machine if the person wants. */
export class ProxyCredentials {
  readonly #options: ProxyCredentialsOptions;
  readonly #known = new Map<string, Credentials>();

  constructor(options: ProxyCredentialsOptions) {
    this.#options = options;
  }

  /** Those that worked last, to be sent without being asked. */
  async known(host: string): Promise<Credentials | undefined> {
    return this.#known.get(host) ?? this.#stored(host);
  }

  /** Undefined: the person does not say. */
  async get({ host, realm, refused }: Asked): Promise<Credentials | undefined> {
    const current = await this.known(host);
    if (current !== undefined && !isSame(current, refused)) return current;
    if (current !== undefined) await this.#forget(host);
    const answer = await this.#options.questions.ask({
      kind: "proxyCredentials",
      host,
      realm: plainRealm(realm),
      isAgain: refused !== undefined,
    });
    if (answer.kind !== "credentials") return undefined;
    const { username, password, isRemembered } = answer;
    await this.#keep(host, { username, password }, isRemembered);
    return { username, password };
  }

  async #stored(host: string): Promise<Credentials | undefined> {
    const text = await this.#tolerant(() => this.#options.secrets.get(nameOf(host)));
    if (text === undefined) return undefined;
    const parsed = credentialsSchema.safeParse(JSON.parse(text));
    if (!parsed.success) return undefined;
    this.#remember(host, parsed.data);
    return parsed.data;
  }

  #remember(host: string, credentials: Credentials): void {
    this.#options.onSecret(credentials.password);
    this.#options.onSecret(`${credentials.username}:${credentials.password}`);
    this.#known.set(host, credentials);
  }

  async #keep(host: string, credentials: Credentials, isRemembered: boolean): Promise<void> {
    this.#remember(host, credentials);
    if (!isRemembered) return;
    await this.#tolerant(() => this.#options.secrets.set(nameOf(host), JSON.stringify(credentials)));
  }

  async #forget(host: string): Promise<void> {
    this.#known.delete(host);
    await this.#tolerant(() => this.#options.secrets.delete(nameOf(host)));
  }

  /** A keyring that is locked does not keep anybody from the network: it is then asked, for this run. */
  async #tolerant<T>(act: () => Promise<T>): Promise<T | undefined> {
    try {
      return await act();
    } catch (error) {
      if (error instanceof AppError) return undefined;
      throw error;
    }
  }
}

function nameOf(host: string): string {
  return `proxy/${host}`;
}

function isSame(a: Credentials, b: Credentials | undefined): boolean {
  return b !== undefined && a.username === b.username && a.password === b.password;
}

/** It comes from the network: short, and nothing that cannot be seen. */
function plainRealm(realm: string): string {
  return realm.replaceAll(/[\p{Cc}\p{Cf}]/gu, "").slice(0, 100);
}
