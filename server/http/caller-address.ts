import { getConnInfo } from "@hono/node-server/conninfo";
import { isIP } from "node:net";
import type { Context } from "hono";

/** Who calls, for the rate limit. Of what a reverse proxy passes on, only the entry that it added itself counts. */
export function addressOf(c: Context, trustsProxy: boolean): string {
  const vouchedFor = trustsProxy ? c.req.header("x-forwarded-for")?.split(",").at(-1)?.trim() : undefined;
  if (vouchedFor !== undefined && isIP(vouchedFor) !== 0) return vouchedFor;
  // Called as a plain function, without a socket, there is only one caller.
  const bindings: unknown = c.env;
  const hasSocket = typeof bindings === "object" && bindings !== null && "incoming" in bindings;
  return hasSocket ? (getConnInfo(c).remote.address ?? "unknown") : "local";
}
