import type { IncomingMessage, ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import { z } from "zod";
import type { PersonId } from "#contract/ids.ts";
import { settingsSchema, type Settings } from "#contract/settings.ts";

/** Answers a page's host calls like the browser shell would with one account signed in. */
export class StubHost {
  readonly #me: PersonId;
  readonly #origin: () => string;
  #settings: Settings = settingsSchema.parse({ language: "fr", theme: "light" });

  constructor(me: PersonId, origin: () => string) {
    this.#me = me;
    this.#origin = origin;
  }

  async handle(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    if (path === "/host/events") {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(": here\n\n");
      return;
    }
    const args = await json(request);
    const value = this.#answer(path.slice("/host/".length), args);
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ ok: true, value }));
  }

  #answer(channel: string, args: unknown): unknown {
    switch (channel) {
      case "app.info":
        return {
          version: "0.1.0",
          shell: "browser",
          platform: "linux",
          locale: "fr-FR",
          isDevelopment: false,
        };
      case "settings.get":
        return this.#settings;
      case "settings.set":
        this.#settings = settingsSchema.parse({ ...this.#settings, ...z.looseObject({}).parse(args) });
        return this.#settings;
      case "accounts.list":
        return [this.#account()];
      case "cache.key":
        return { key: Buffer.alloc(32, 7).toString("base64"), keyId: "bench" };
      case "secrets.status":
        return { store: "keyring", isLocked: false };
      default:
        return null;
    }
  }

  #account(): object {
    const account = { id: "bench", serverUrl: this.#origin(), name: "Banc d'essai", isEmbedded: false };
    return { ...account, personId: this.#me, state: "signedIn" };
  }
}
