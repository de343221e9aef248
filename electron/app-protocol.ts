import { net, protocol } from "electron";
import type { Fetch } from "#host/gateway/upstream.ts";
import type { Pages } from "#host/shell/pages.ts";
import { isAppUrl, SCHEME } from "./origin.ts";

/** Once, before the application is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);
}

/** Serves `app://parvis` in one session: handlers are per session. */
export function servePages(session: Electron.Session, pages: Pages): void {
  session.protocol.handle(SCHEME, (request) => {
    if (!isAppUrl(request.url)) return new Response("Not found", { status: 404 });
    return pages.handle(request);
  });
}

/** Chromium's own network: its proxies, its certificates, the organisation's settings. */
export const chromiumFetch: Fetch = (url, init) =>
  net.fetch(url, { ...init, bypassCustomProtocolHandlers: true });
