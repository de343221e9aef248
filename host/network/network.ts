import { nameFailure } from "../gateway/failures.ts";
import type { Fetch } from "../gateway/upstream.ts";
import type { HostEvents } from "../events.ts";
import type { Log } from "../log/log.ts";
import type { Policies } from "../policy/policies.ts";
import type { SecretStore } from "../secrets/secret-store.ts";
import { ContactLog, type ContactModule } from "./contact-log.ts";
import { ProxyCredentials } from "./proxy-credentials.ts";
import { NetworkQuestions } from "./questions.ts";
import { plainTransport, type CreateTransport, type Transport, type TransportParts } from "./transport.ts";

export interface NetworkOptions {
  dataDir: string;
  policies: Policies;
  events: HostEvents;
  secrets: SecretStore;
  log: Log;
  now: () => number;
  onNotice: (message: string) => void;
  onSecret: (secret: string) => void;
  fetch: Fetch;
  createTransport?: CreateTransport;
}

/** The one door to the network: each part of Parvis has its own `Fetch`, and each contact is in the log. */
export class Network {
  readonly contacts: ContactLog;
  readonly questions: NetworkQuestions;
  readonly credentials: ProxyCredentials;
  readonly transport: Transport;
  readonly #log: Log;

  private constructor(parts: Omit<TransportParts, "dataDir" | "policies">, transport: Transport) {
    this.contacts = parts.contacts;
    this.questions = parts.questions;
    this.credentials = parts.credentials;
    this.transport = transport;
    this.#log = parts.log;
  }

  static async open(options: NetworkOptions): Promise<Network> {
    const { dataDir, policies, events, secrets, now, onSecret } = options;
    const log = options.log.of("network");
    const contacts = await ContactLog.open(options);
    const questions = new NetworkQuestions(events, now);
    const credentials = new ProxyCredentials({ secrets, questions, onSecret });
    const parts = { dataDir, policies, contacts, questions, credentials, log };
    const transport = (await options.createTransport?.(parts)) ?? plainTransport(options.fetch);
    return new Network(parts, transport);
  }

  fetchFor(module: ContactModule): Fetch {
    return async (url, init) => {
      await this.contacts.begin(url, module);
      try {
        return await this.transport.fetch(url, init);
      } catch (error) {
        this.#failed(url, module, error, init.signal);
        throw error;
      }
    };
  }

  async stop(): Promise<void> {
    this.questions.close();
    await this.transport.close();
    await this.contacts.close();
  }

  #failed(url: string, module: ContactModule, error: unknown, signal: RequestInit["signal"]): void {
    // Given up by whoever asked: nothing failed.
    if (signal?.aborted === true) return;
    const { origin } = new URL(url);
    const reason = reasonOf(error, origin);
    this.contacts.failed(url, module, reason);
    this.#log.write("warning", "A host was not reached", { origin, module, reason });
  }
}

function reasonOf(error: unknown, origin: string): string {
  try {
    return nameFailure(error, origin).error.kind;
  } catch {
    return "unknown";
  }
}
