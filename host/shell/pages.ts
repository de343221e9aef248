import type { Gateway } from "../gateway/gateway.ts";
import { pageSecurityHeaders } from "./security-headers.ts";
import type { StaticFiles } from "./static-files.ts";

export interface Pages {
  handle(request: Request): Promise<Response>;
}

/** What a page loads and calls, behind `http://127.0.0.1` and behind `app://parvis` alike. */
export function createPages(gateway: Gateway, files: StaticFiles): Pages {
  return {
    async handle(request) {
      if (/^\/(gateway|drives)\//.test(new URL(request.url).pathname)) return gateway.handle(request);
      return (await files.handle(request)) ?? notFound();
    },
  };
}

function notFound(): Response {
  const headers = pageSecurityHeaders();
  headers.set("content-type", "text/plain; charset=utf-8");
  return new Response("Not found", { status: 404, headers });
}
