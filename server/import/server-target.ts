import { z } from "zod";
import { capabilitiesSchema } from "#contract/capabilities.ts";
import { personSchema, type Person } from "#contract/entities/person.ts";
import { AppError, problemSchema } from "#contract/problem.ts";
import { tokenResponseSchema } from "#contract/sign-in.ts";
import { syncLineSchema } from "#contract/sync.ts";
import { importAnswerSchema, type ImportLine } from "./import-lines.ts";
import { accountBriefSchema, type ImportTarget } from "./target.ts";

export interface ServerTargetOptions {
  url: string;
  username: string;
  password: string;
  fetch?: typeof fetch;
}

/** A running server, as one of its administrators. A long import outlives a token: it is renewed when refused. */
export async function openServerTarget(options: ServerTargetOptions): Promise<ImportTarget> {
  const connection = new Connection(options);
  const capabilities = capabilitiesSchema.safeParse(await connection.json("/v1/capabilities"));
  if (!capabilities.success) {
    throw new AppError("notAWorkplace", { title: "No workplace answers there", detail: options.url });
  }
  await connection.signIn();
  return {
    messageBytes: capabilities.data.limits.messageBytes,
    people: () => readPeople(connection),
    accounts: async () => {
      const answer = z.object({ accounts: z.array(accountBriefSchema) });
      return answer.parse(await connection.json("/v1/admin/accounts")).accounts;
    },
    apply: async (lines: readonly ImportLine[]) => {
      const body = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
      return importAnswerSchema.parse(await connection.json("/v1/admin/import", body));
    },
    close: () => Promise.resolve(),
  };
}

async function readPeople(connection: Connection): Promise<Person[]> {
  const people: Person[] = [];
  let cursor: string | undefined;
  for (;;) {
    const resume = cursor === undefined ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const text = await (await connection.send(`/v1/sync?scope=directory${resume}`)).text();
    let isEnd = false;
    for (const line of text.split("\n").filter((part) => part !== "")) {
      const parsed = syncLineSchema.parse(JSON.parse(line));
      if ("mark" in parsed) {
        const { mark } = z
          .object({ mark: z.looseObject({ cursor: z.string(), isEnd: z.boolean().optional() }) })
          .parse(parsed);
        cursor = mark.cursor;
        isEnd = mark.isEnd === true;
      } else if (parsed["collection"] === "person" && parsed["op"] === "put") {
        people.push(personSchema.parse(parsed["data"]));
      }
    }
    if (isEnd) return people;
  }
}

class Connection {
  readonly #options: ServerTargetOptions;
  #token = "";

  constructor(options: ServerTargetOptions) {
    this.#options = options;
  }

  async signIn(): Promise<void> {
    const { username, password } = this.#options;
    this.#token = "";
    const body = JSON.stringify({ grant_type: "password", username, password });
    this.#token = tokenResponseSchema.parse(
      await this.json("/v1/token", body, "application/json"),
    ).access_token;
  }

  async json(path: string, body?: string, type = "application/x-ndjson"): Promise<unknown> {
    return (await this.send(path, body, type)).json();
  }

  async send(path: string, body?: string, type = "application/x-ndjson"): Promise<Response> {
    const first = await this.#fetch(path, body, type);
    if (first.status !== 401 || this.#token === "") return accepted(first);
    await first.body?.cancel();
    await this.signIn();
    return accepted(await this.#fetch(path, body, type));
  }

  async #fetch(path: string, body: string | undefined, type: string): Promise<Response> {
    const { url, fetch: send = fetch } = this.#options;
    const headers = {
      "content-type": type,
      ...(this.#token === "" ? {} : { authorization: `Bearer ${this.#token}` }),
    };
    const init = body === undefined ? { headers } : { method: "POST", headers, body };
    try {
      return await send(new URL(path, url), init);
    } catch (cause) {
      throw new AppError("offline", { title: "The server does not answer", detail: url, cause });
    }
  }
}

async function accepted(response: Response): Promise<Response> {
  if (response.ok) return response;
  const text = await response.text();
  let problem;
  try {
    problem = problemSchema.safeParse(JSON.parse(text));
  } catch (cause) {
    throw new AppError("notAWorkplace", { title: `The server answered ${response.status}`, cause });
  }
  if (problem.success) throw AppError.from(problem.data);
  throw new AppError("notAWorkplace", { title: `The server answered ${response.status}` });
}
