import { once } from "node:events";
import { Agent, request, type IncomingMessage } from "node:http";
import { scopeListSchema } from "#contract/sync.ts";

/** Reads a server's streams as fast as it sends them, and does nothing with them but weigh them. */
export class SyncClient {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #url: string;
  readonly #token: string;

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  async scopes(): Promise<string[]> {
    const answer = await this.#get("/v1/scopes");
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(Buffer.from(chunk));
    const list = scopeListSchema.parse(JSON.parse(Buffer.concat(chunks).toString()));
    return list.scopes.map(({ scope }) => scope);
  }

  /** Reads one whole stream; returns the number of bytes. */
  async sync(scope: string): Promise<number> {
    const answer = await this.#get(`/v1/sync?scope=${encodeURIComponent(scope)}&timeline=1000000`);
    let bytes = 0;
    answer.on("data", (chunk: Buffer) => (bytes += chunk.length));
    await once(answer, "end");
    return bytes;
  }

  close(): void {
    this.#agent.destroy();
  }

  #get(path: string): Promise<IncomingMessage> {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const headers = { authorization: `Bearer ${this.#token}` };
    const asked = request(`${this.#url}${path}`, { agent: this.#agent, headers }, (answer) => {
      if (answer.statusCode === 200) resolve(answer);
      else reject(new Error(`${path}: ${String(answer.statusCode)}`));
    });
    asked.on("error", reject);
    asked.end();
    return promise;
  }
}
