import type { DavAuthorization } from "./dav-client.ts";

/** Name and password (RFC 7617), in UTF-8; without both: none. */
export function basicAuthorization(username: string | null, password: string | null): DavAuthorization {
  const isNone = (username === null || username === "") && password === null;
  const value = Buffer.from(`${username ?? ""}:${password ?? ""}`, "utf8").toString("base64");
  return () => Promise.resolve(isNone ? null : `Basic ${value}`);
}

/** @param access the token that counts now; another one where that one was refused */
export function bearerAuthorization(access: (refused?: string) => Promise<string>): DavAuthorization {
  return async (refused) =>
    `Bearer ${await access(...(refused === null ? [] : [refused.slice("Bearer ".length)]))}`;
}
