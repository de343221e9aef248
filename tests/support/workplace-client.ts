import { mutationResponseSchema, type MutationResult } from "#contract/mutations.ts";
import { tokenResponseSchema } from "#contract/sign-in.ts";
import { createId } from "#contract/ids.ts";
import { type Envelope } from "#contract/envelope.ts";
import { scopeListSchema, syncLineSchema, type SyncMark } from "#contract/sync.ts";

/** A plain second client of a workplace, to act as somebody else and to look at what the server really holds. */
export interface WorkplaceClient {
  personId: string;
  scopes(): Promise<string[]>;
  /** Every row that a snapshot of this scope gives. */
  rows(scope: string): Promise<Envelope[]>;
  mutate(name: string, scope: string, args: object): Promise<MutationResult>;
}

function isSyncMark(line: SyncMark | Envelope): line is SyncMark {
  return "mark" in line;
}

export async function signIn(url: string, username: string, password: string): Promise<WorkplaceClient> {
  const answer = await fetch(`${url}/v1/token`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ grant_type: "password", username, password }),
  });
  if (!answer.ok) throw new Error(`sign-in of ${username}: ${answer.status} ${await answer.text()}`);
  const token = tokenResponseSchema.parse(await answer.json());
  const headers = { authorization: `Bearer ${token.access_token}`, "content-type": "application/json" };

  async function rows(scope: string): Promise<Envelope[]> {
    const found: Envelope[] = [];
    let cursor: string | undefined;
    for (;;) {
      const query = new URLSearchParams({ scope, ...(cursor === undefined ? {} : { cursor }) });
      const page = await fetch(`${url}/v1/sync?${query.toString()}`, { headers });
      if (!page.ok) throw new Error(`sync of ${scope}: ${page.status} ${await page.text()}`);
      let isEnd = false;
      for (const line of (await page.text()).split("\n").filter((each) => each !== "")) {
        const value = syncLineSchema.parse(JSON.parse(line));
        if (isSyncMark(value)) {
          cursor = value.mark.cursor;
          isEnd = value.mark.isEnd === true;
        } else found.push(value);
      }
      if (isEnd) return found;
    }
  }

  return {
    personId: token.person_id,
    async scopes() {
      const list = await fetch(`${url}/v1/scopes`, { headers });
      return scopeListSchema.parse(await list.json()).scopes.map((each) => each.scope);
    },
    rows,
    async mutate(name, scope, args) {
      const mutation = { id: createId(), name, scope, args, madeAt: new Date().toISOString() };
      const response = await fetch(`${url}/v1/mutations`, {
        method: "POST",
        headers,
        body: JSON.stringify({ mutations: [mutation] }),
      });
      const [result] = mutationResponseSchema.parse(await response.json()).results;
      if (result === undefined) throw new Error("no result");
      return result;
    },
  };
}
