import { Hono, type Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { AppError, badRequest } from "#contract/problem.ts";
import type { PersonId } from "#contract/ids.ts";
import {
  ID_TOKEN_TYPE,
  TOKEN_EXCHANGE,
  revokeRequestSchema,
  tokenRequestSchema,
  wipedRequestSchema,
  type TokenRequest,
  type TokenResponse,
} from "#contract/sign-in.ts";
import type { ServerConfig } from "../config.ts";
import { addressOf } from "../http/caller-address.ts";
import { findAccount } from "./accounts.ts";
import { Attempts } from "./attempts.ts";
import { createIdTokenVerifier } from "./id-token.ts";
import { isPassword } from "./passwords.ts";
import { createTokenIssuer, type SignInStore } from "./tokens.ts";

export interface SignInOptions {
  store: SignInStore;
  /** Milliseconds since the epoch. */
  clock: () => number;
  /** The methods that the capabilities announce are the ones answered; passwords are for demonstration accounts. */
  config: Pick<ServerConfig, "signIn" | "trustsProxy">;
  fetch?: typeof fetch;
}

const MAX_BODY_BYTES = 64 * 1024;
const WINDOW_MS = 5 * 60 * 1000;

/** `POST /v1/token`, `…/revoke` and `…/wiped`: mounted before authentication. */
export function signInRoutes(options: SignInOptions): Hono {
  const { store, clock, config } = options;
  const { accounts } = store;
  const allowsPassword = config.signIn.some(({ kind }) => kind === "password");
  const tokens = createTokenIssuer({ store, clock });
  const verify = createIdTokenVerifier({
    providers: config.signIn.filter((method) => method.kind === "oidc"),
    clock,
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
  });
  // A town hall may sit behind one address, hence the wide limit there: it is against spraying many names.
  const perName = new Attempts({ failures: 10, windowMs: WINDOW_MS, keys: 20_000 }, clock);
  const perAddress = new Attempts({ failures: 200, windowMs: WINDOW_MS, keys: 20_000 }, clock);

  async function byPassword(username: string, password: string): Promise<PersonId> {
    const account = await accounts.byUsername(username.trim().toLowerCase());
    const isRight = await isPassword(password, account?.passwordHash);
    if (account === undefined || !isRight || account.isDisabled) throw wrongCredentials();
    return account.personId;
  }

  function identify(
    request: Exclude<TokenRequest, { grant_type: "refresh_token" }>,
    address: string,
  ): Promise<PersonId> {
    if (request.grant_type === TOKEN_EXCHANGE) {
      return verify(request.subject_token, request.nonce).then((identity) => findAccount(accounts, identity));
    }
    if (!allowsPassword) throw noPasswords();
    const { username, password } = request;
    const key = JSON.stringify([username.trim().toLowerCase(), address]);
    return perName.run(key, () => byPassword(username, password));
  }

  async function grant(request: TokenRequest, address: string): Promise<TokenResponse> {
    if (request.grant_type === "refresh_token")
      return await tokens.refresh(request.refresh_token, request.device);
    const personId = await perAddress.run(address, async () => await identify(request, address));
    return await tokens.begin(personId, request.device);
  }

  const app = new Hono();
  app.use("/v1/token/*", bodyLimit({ maxSize: MAX_BODY_BYTES, onError: refuseSize }));
  app.use("/v1/token/*", async (c, next) => {
    c.header("Cache-Control", "no-store");
    await next();
  });
  app.post("/v1/token", async (c) => {
    const request = parseTokenRequest(await readJson(c));
    return c.json(await grant(request, addressOf(c, config.trustsProxy)));
  });
  app.post("/v1/token/revoke", async (c) => {
    const body = revokeRequestSchema.safeParse(await readJson(c));
    if (!body.success) throw badRequest(body.error);
    await tokens.revoke(body.data.token);
    return c.json({});
  });
  app.post("/v1/token/wiped", async (c) => {
    const body = wipedRequestSchema.safeParse(await readJson(c));
    if (!body.success) throw badRequest(body.error);
    await tokens.wiped(body.data.token);
    return c.json({});
  });
  return app;
}

function parseTokenRequest(body: unknown): TokenRequest {
  const request = tokenRequestSchema.safeParse(body);
  if (request.success) return request.data;
  throw badRequest(request.error);
}

async function readJson(c: Context): Promise<unknown> {
  try {
    return await c.req.json<unknown>();
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("badRequest", {
      title: "The request does not fit the contract",
      detail: `The body must be a JSON object, see the contract's tokenRequestSchema (ID tokens: ${ID_TOKEN_TYPE}).`,
      cause: error,
    });
  }
}

function refuseSize(): never {
  throw new AppError("tooLarge", {
    title: "The request is too large",
    detail: `At most ${MAX_BODY_BYTES} bytes.`,
  });
}

/** The same for an unknown name, a wrong password and a disabled account. */
function wrongCredentials(): AppError {
  return new AppError("signInFailed", {
    title: "The sign-in was refused",
    detail: "The name or the password is not right. Check both and try again.",
  });
}

function noPasswords(): AppError {
  return new AppError("unsupported", {
    title: "This workplace has no password sign-in",
    detail: "Use one of the methods that /v1/capabilities lists under signIn.",
  });
}
