import { randomBytes } from "node:crypto";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { sessionSchema } from "#contract/entities/session.ts";
import { createId, type PersonId } from "#contract/ids.ts";
import { AppError, badRequest } from "#contract/problem.ts";
import { personScope } from "#contract/scope.ts";
import { appPasswordRequestSchema, type AppPassword } from "#contract/sign-in.ts";
import type { CallerEnv } from "../authenticate.ts";
import { Sessions } from "./sessions.ts";
import type { Store } from "../store/store.ts";
import { hashToken, type SignInStore } from "./tokens.ts";

const YEAR_MS = 365 * 24 * 3_600_000;
/** A program that nobody has thought of for so long is somebody else's by now. */
const KEPT_MS = 2 * YEAR_MS;
const MOST_EACH = 30;
const MAX_BODY_BYTES = 4096;

export interface AppPasswordOptions {
  store: SignInStore & Pick<Store, "list">;
  clock: () => number;
}

/**
 * `POST /v1/app-passwords`: a password for a program that knows no other way of signing in, good for `/dav/` alone. It is a
 * sign-in like any other: shown among one's devices, and ended there. Mounted behind authentication.
 */
export function appPasswordRoutes({ store, clock }: AppPasswordOptions): Hono<CallerEnv> {
  const app = new Hono<CallerEnv>();
  const sessions = new Sessions(store, clock);
  app.post("/v1/app-passwords", bodyLimit({ maxSize: MAX_BODY_BYTES, onError: refuseSize }), async (c) => {
    const wanted = appPasswordRequestSchema.safeParse(await c.req.json().catch(() => undefined));
    if (!wanted.success) throw badRequest(wanted.error);
    const { personId } = c.var;
    const account = await store.accounts.byPerson(personId);
    if (account === undefined) throw new AppError("notFound", { title: "This person has no account" });
    await requireRoom(store, personId);
    const password = createPassword();
    const sessionId = createId();
    await store.accounts.saveSession({
      tokenHash: hashToken(password),
      kind: "application",
      sessionId,
      personId,
      expiresAtMs: clock() + KEPT_MS,
      generation: 0,
    });
    await sessions.seen({ personId, sessionId }, { name: wanted.data.name, shell: "dav", platform: "other" });
    const { username } = account;
    c.header("Cache-Control", "no-store");
    return c.json({ username, password, sessionId } satisfies AppPassword, 201);
  });
  return app;
}

function refuseSize(): never {
  throw new AppError("tooLarge", {
    title: "The request is too large",
    detail: `At most ${MAX_BODY_BYTES} bytes.`,
  });
}

/** @throws AppError conflict */
async function requireRoom(store: Pick<Store, "list">, personId: PersonId): Promise<void> {
  const rows = await store.list(personScope(personId), "session");
  const living = rows.filter(({ op, data }) => {
    const session = op === "put" ? sessionSchema.parse(data) : undefined;
    return session?.device?.shell === "dav" && session.endedAt === undefined;
  });
  if (living.length < MOST_EACH) return;
  throw new AppError("conflict", {
    title: "There are too many application passwords",
    detail: `A person may have ${MOST_EACH}. End one in the list of devices first.`,
  });
}

/** 25 letters that are not taken for each other: 125 random bits. */
function createPassword(): string {
  const letters = "abcdefghijkmnpqrstuvwxyz23456789";
  const text = Array.from(randomBytes(25), (byte) => letters[byte % 32]).join("");
  return (text.match(/.{5}/g) ?? []).join("-");
}
