import type { MiddlewareHandler } from "hono";
import type { PersonId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { hashToken } from "./sign-in/tokens.ts";
import type { AccountStore } from "./store/store.ts";

/** What routes behind `authenticate` know of whose request this is. */
export interface CallerEnv {
  Variables: {
    personId: PersonId;
    sessionId: string;
    /** When their token stops working. */
    expiresAtMs: number;
  };
}

/** Lets only requests with a living access token through. */
export function authenticate(accounts: AccountStore, clock: () => number): MiddlewareHandler<CallerEnv> {
  return async (context, next) => {
    const [scheme, token, ...rest] = (context.req.header("authorization") ?? "").split(" ");
    if (scheme?.toLowerCase() !== "bearer" || token === undefined || token === "" || rest.length > 0) {
      throw new AppError("signInRequired", {
        title: "Sign in first",
        detail: "Send the header Authorization: Bearer TOKEN.",
      });
    }
    const session = await accounts.session(hashToken(token));
    if (session === undefined || session.kind !== "access" || session.expiresAtMs <= clock()) {
      throw new AppError("signInRequired", { title: "The sign-in has expired or was ended" });
    }
    context.set("personId", session.personId);
    context.set("sessionId", session.sessionId);
    context.set("expiresAtMs", session.expiresAtMs);
    await next();
  };
}
