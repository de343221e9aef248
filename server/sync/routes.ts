import { Hono } from "hono";
import type { PersonId } from "#contract/ids.ts";
import { AppError, badRequest } from "#contract/problem.ts";
import type { Scope } from "#contract/scope.ts";
import { historyQuerySchema, syncQuerySchema, type HistoryMark, type ScopeList } from "#contract/sync.ts";
import type { CallerEnv } from "../authenticate.ts";
import { streamBytes } from "../http/stream-bytes.ts";
import type { Logger } from "../logger.ts";
import type { Store } from "../store/store.ts";
import { openSync } from "./sync-stream.ts";

const ndjson = {
  "content-type": "application/x-ndjson; charset=utf-8",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
};

/** `GET /v1/scopes`, `/v1/sync`, `/v1/history/{collection}`: the reading side, behind authentication. */
export function syncRoutes(store: Store, logger: Logger): Hono<CallerEnv> {
  const app = new Hono<CallerEnv>();

  app.get("/v1/scopes", async (c) => {
    const list: ScopeList = { scopes: await store.scopesOf(c.var.personId) };
    return c.json(list);
  });

  app.get("/v1/sync", async (c) => {
    const query = syncQuerySchema.safeParse(c.req.query());
    if (!query.success) throw badRequest(query.error);
    await requireReader(store, c.var.personId, query.data.scope);
    const pieces = await openSync(store, query.data);
    return new Response(streamBytes(pieces, logger), { headers: ndjson });
  });

  app.get("/v1/history/:collection", async (c) => {
    const collection = c.req.param("collection");
    if (collection !== "message") {
      throw new AppError("notFound", {
        title: "No such history",
        detail: `Only messages have a history, and what hangs on them comes with them: not ${collection}.`,
      });
    }
    const query = historyQuerySchema.safeParse(c.req.query());
    if (!query.success) throw badRequest(query.error);
    const { scope, conversationId, threadId, before, limit } = query.data;
    await requireReader(store, c.var.personId, scope);
    const page = await store.readHistory({ scope, conversationId, threadId, before, limit });
    const mark: HistoryMark = { history: { hasOlder: page.hasOlder } };
    const lines = [...page.messages, ...page.parts, mark].map((line) => `${JSON.stringify(line)}\n`);
    return new Response(lines.join(""), { headers: ndjson });
  });

  return app;
}

/** The same answer for a scope that does not exist: its existence is nobody else's business. */
async function requireReader(store: Store, personId: PersonId, scope: Scope): Promise<void> {
  if (await store.canRead(personId, scope)) return;
  throw new AppError("forbidden", {
    title: "This is not yours to read",
    detail: `You are not a member of ${scope}, or it does not exist.`,
  });
}
