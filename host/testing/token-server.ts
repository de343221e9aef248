import type { IncomingMessage, ServerResponse } from "node:http";
import { createId } from "#contract/ids.ts";
import { tokenRequestSchema } from "#contract/sign-in.ts";
import { CAPABILITIES } from "./capabilities-fixture.ts";
import { httpServer } from "./test-server.ts";

/** A workplace as far as signing in goes: tokens rotate, each refresh token works once, `demo` / `demo` is right. */
export class TokenServer {
  url = "";
  expiresIn = 3600;
  refreshes = 0;
  /** Token requests that have come, answered or not. */
  asked = 0;
  readonly revoked: string[] = [];
  /** Refresh tokens whose holders said that they had forgotten everything. */
  readonly wiped: string[] = [];
  refuseWiped = false;
  #isWipeOrdered = false;
  /** Token requests wait for it. */
  tokenGate: Promise<void> = Promise.resolve();
  /** Answered in place of everything else. */
  override: { status: number; body: unknown } | undefined;
  readonly #personId = createId();
  #issued = 0;
  #access = "";
  #refresh = "";

  static async open(): Promise<TokenServer> {
    const server = new TokenServer();
    server.url = await httpServer((incoming, response) => server.#answer(incoming, response));
    return server;
  }

  /** Ends the session; whoever refreshes has to forget everything. */
  orderWipe(): void {
    this.#access = "";
    this.#isWipeOrdered = true;
  }

  /** Ends every token without a word. */
  revokeAll(): void {
    this.#access = "";
    this.#refresh = "";
  }

  /** Ends the access token alone. */
  expireAccess(): void {
    this.#access = "";
  }

  async #answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(incoming);
    if (this.override !== undefined) return json(response, this.override.body, this.override.status);
    if (incoming.url === "/v1/capabilities") return json(response, CAPABILITIES);
    if (incoming.url === "/v1/token") {
      this.asked += 1;
      await this.tokenGate;
      return this.#token(body, response);
    }
    if (incoming.url === "/v1/token/revoke") {
      this.revoked.push(body);
      return json(response, {});
    }
    if (incoming.url === "/v1/token/wiped") {
      if (this.refuseWiped) return refuse(response, "unavailable");
      this.wiped.push(body);
      return json(response, {});
    }
    if (incoming.headers.authorization !== `Bearer ${this.#access}`)
      return refuse(response, "signInRequired");
    return json(response, { url: incoming.url });
  }

  #token(body: string, response: ServerResponse): void {
    const request = tokenRequestSchema.parse(JSON.parse(body));
    if (request.grant_type === "password" && request.password !== "demo")
      return refuse(response, "signInFailed");
    if (request.grant_type === "refresh_token") {
      this.refreshes += 1;
      if (this.#isWipeOrdered) return refuse(response, "wipeRequired");
      if (request.refresh_token !== this.#refresh) return refuse(response, "signInFailed");
    }
    this.#issued += 1;
    this.#access = `access-${this.#issued}`;
    this.#refresh = `refresh-${this.#issued}`;
    return json(response, {
      access_token: this.#access,
      token_type: "Bearer",
      expires_in: this.expiresIn,
      refresh_token: this.#refresh,
      person_id: this.#personId,
    });
  }
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of incoming) text += String(chunk);
  return text;
}

function json(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}

function refuse(response: ServerResponse, kind: string): void {
  response
    .writeHead(401, { "content-type": "application/problem+json" })
    .end(JSON.stringify({ type: "about:blank", kind, title: kind, status: 401 }));
}
