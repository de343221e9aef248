import { app } from "electron";
import { isAppUrl } from "./origin.ts";

/** What is used of a session. */
export interface GuardedSession {
  setPermissionRequestHandler(
    handler: (contents: unknown, permission: string, callback: (isGranted: boolean) => void) => void,
  ): void;
  setPermissionCheckHandler(handler: () => boolean): void;
  setDevicePermissionHandler(handler: () => boolean): void;
  on(name: "will-download", listener: (event: { preventDefault: () => void }) => void): unknown;
}

/** Denies every permission and device, whoever asks. */
export function guardSession(session: GuardedSession): void {
  session.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on("will-download", (event) => event.preventDefault());
}

function stay(event: { url: string; preventDefault: () => void }): void {
  if (!isAppUrl(event.url)) event.preventDefault();
}

/** Keeps every window, present and future, on the application's own pages. */
export function guardContents(): void {
  app.on("web-contents-created", (_event, contents) => {
    contents.on("will-attach-webview", (event) => event.preventDefault());
    contents.on("will-navigate", stay);
    contents.on("will-frame-navigate", stay);
    contents.on("will-redirect", stay);
    contents.setWindowOpenHandler(() => ({ action: "deny" }));
  });
  // Unhandled, Chromium sends the first certificate that it finds to whoever asks.
  app.on("select-client-certificate", (event, _contents, _url, _list, callback) => {
    event.preventDefault();
    callback();
  });
}
