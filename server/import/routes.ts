import { Hono } from "hono";
import { personSchema } from "#contract/entities/person.ts";
import { sessionSchema } from "#contract/entities/session.ts";
import { personIdSchema, type PersonId } from "#contract/ids.ts";
import { AppError, badRequest } from "#contract/problem.ts";
import { DIRECTORY, personScope } from "#contract/scope.ts";
import type { CallerEnv } from "../authenticate.ts";
import type { Store } from "../store/store.ts";
import { applyImport, parseImportLine } from "./import-lines.ts";
import { briefOf } from "./target.ts";

/** Largest batch: a list of 100,000 people fits. */
const BODY_BYTES = 64 * 1024 * 1024;

/**
 * `POST /v1/admin/import`: NDJSON of ImportLine, one batch, all or nothing, idempotent; answers `{lines, changed}`.
 * `GET /v1/admin/accounts`: who may sign in. `GET /v1/admin/sessions`: where somebody is signed in. All for administrators, behind `authenticate`.
 */
export function importRoutes({ store }: { store: Store }): Hono<CallerEnv> {
  const app = new Hono<CallerEnv>();

  app.post("/v1/admin/import", async (c) => {
    await requireAdministrator(store, c.var.personId);
    const text = await readBody(c.req.raw);
    const lines = text
      .split("\n")
      .map((line, index) => (line.trim() === "" ? undefined : parseImportLine(line, index + 1, Date.now())))
      .filter((line) => line !== undefined);
    return c.json(await applyImport(store, lines));
  });

  app.get("/v1/admin/accounts", async (c) => {
    await requireAdministrator(store, c.var.personId);
    return c.json({ accounts: (await store.accounts.list()).map(briefOf) });
  });

  app.get("/v1/admin/sessions", async (c) => {
    await requireAdministrator(store, c.var.personId);
    const personId = personIdSchema.safeParse(c.req.query("personId"));
    if (!personId.success) throw badRequest(personId.error, "personId");
    const rows = await store.list(personScope(personId.data), "session");
    const sessions = rows.filter(({ op }) => op === "put").map(({ data }) => sessionSchema.parse(data));
    return c.json({ sessions: sessions.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt)) });
  });

  return app;
}

async function requireAdministrator(store: Store, personId: PersonId): Promise<void> {
  const row = await store.get(DIRECTORY, "person", personId);
  const person = personSchema.safeParse(row?.data);
  if (
    person.success &&
    person.data.roles?.includes("administrator") === true &&
    person.data.isDeactivated !== true
  )
    return;
  throw new AppError("forbidden", { title: "Only an administrator may do this" });
}

async function readBody(request: Request): Promise<string> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of request.body ?? []) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > BODY_BYTES) {
      throw new AppError("tooLarge", {
        title: "The batch is too large",
        detail: `Send at most ${BODY_BYTES} bytes at a time.`,
      });
    }
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
