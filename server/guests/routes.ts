import { Hono, type Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { z } from "zod";
import { invitationAcceptanceSchema, invitationPreviewRequestSchema } from "#contract/guest-invitations.ts";
import { freshIdSchema } from "#contract/ids.ts";
import { AppError, badRequest } from "#contract/problem.ts";
import type { CallerEnv } from "../authenticate.ts";
import type { ServerConfig } from "../config.ts";
import { addressOf } from "../http/caller-address.ts";
import { Attempts } from "../sign-in/attempts.ts";
import { countingGuesses } from "../sign-in/counting-guesses.ts";
import { createTokenIssuer } from "../sign-in/tokens.ts";
import type { Store } from "../store/store.ts";
import { acceptInvitation } from "./acceptance.ts";
import type { Invitations } from "./invitations.ts";
import { invitationPage, invitationPageHeaders } from "./page.ts";

export interface GuestRouteOptions {
  store: Store;
  clock: () => number;
  invitations: Invitations;
  config: Pick<ServerConfig, "signIn" | "trustsProxy" | "publicUrl">;
}

const MAX_BODY_BYTES = 16 * 1024;
const WINDOW_MS = 5 * 60 * 1000;

/** `GET /invitation` and what whoever holds a link may do with it: mounted before authentication. */
export function invitationRoutes({ store, clock, invitations, config }: GuestRouteOptions): Hono {
  const tokens = createTokenIssuer({ store, clock });
  const perAddress = new Attempts({ failures: 200, windowMs: WINDOW_MS, keys: 20_000 }, clock);
  // By address: whoever runs a space makes as many links as they like to the same guest.
  const perGuest = new Attempts({ failures: 10, windowMs: WINDOW_MS, keys: 20_000 }, clock);
  const app = new Hono();

  app.get("/invitation", () => new Response(invitationPage, { headers: invitationPageHeaders }));
  for (const path of ["/v1/guest-invitations/preview", "/v1/guest-invitations/accept"]) {
    app.use(path, bodyLimit({ maxSize: MAX_BODY_BYTES, onError: refuseSize }));
  }

  app.post("/v1/guest-invitations/preview", async (c) => {
    const { token } = await read(c, invitationPreviewRequestSchema);
    const address = addressOf(c, config.trustsProxy);
    return noStore(c, await countingGuesses(perAddress, address, () => invitations.preview(token)));
  });

  app.post("/v1/guest-invitations/accept", async (c) => {
    const acceptance = await read(c, invitationAcceptanceSchema);
    if (!config.signIn.some(({ kind }) => kind === "password")) throw noPasswords();
    const address = addressOf(c, config.trustsProxy);
    const personId = await countingGuesses(perAddress, address, async () => {
      const { invitation } = await invitations.open(acceptance.token);
      return perGuest.run(invitation.email, () =>
        acceptInvitation({ store, clock, invitations }, acceptance),
      );
    });
    return noStore(c, await tokens.begin(personId, acceptance.device));
  });
  return app;
}

/** `POST /v1/guest-invitations/{id}/link`, behind authentication. */
export function invitationLinkRoutes({ invitations, config }: GuestRouteOptions): Hono<CallerEnv> {
  const app = new Hono<CallerEnv>();
  app.post("/v1/guest-invitations/:id/link", async (c) => {
    const id = freshIdSchema.safeParse(c.req.param("id"));
    if (!id.success) throw badRequest(id.error, "id");
    const origin = config.publicUrl ?? new URL(c.req.url).origin;
    return noStore(c, await invitations.link(id.data, c.var.personId, origin));
  });
  return app;
}

function noStore(c: Context, body: object): Response {
  c.header("Cache-Control", "no-store");
  return c.json(body);
}

async function read<S extends z.ZodType>(c: Context, schema: S): Promise<z.output<S>> {
  const body: unknown = await c.req.json<unknown>().catch((cause: unknown) => {
    if (cause instanceof AppError) throw cause;
    throw new AppError("badRequest", { title: "The body is not JSON", cause });
  });
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw badRequest(parsed.error);
  return parsed.data;
}

function refuseSize(): never {
  throw new AppError("tooLarge", {
    title: "The request is too large",
    detail: `At most ${MAX_BODY_BYTES} bytes.`,
  });
}

function noPasswords(): AppError {
  return new AppError("unsupported", {
    title: "This workplace does not take guests",
    detail: "Guests sign in with a password, which it does not offer (--guests). Tell whoever invited you.",
  });
}
