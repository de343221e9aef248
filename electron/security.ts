import { app } from "electron";
import { APP_ORIGIN, isAppUrl } from "./origin.ts";

/** What is asked of a permission: the origin or address that asks, and which media. */
interface Asked {
  isMainFrame?: boolean;
  requestingUrl?: string;
  securityOrigin?: string;
  mediaType?: string;
  mediaTypes?: readonly string[];
}

/** What is used of a session. */
export interface GuardedSession {
  setPermissionRequestHandler(
    handler: (
      contents: unknown,
      permission: string,
      callback: (isGranted: boolean) => void,
      details: Asked,
    ) => void,
  ): void;
  setPermissionCheckHandler(
    handler: (contents: unknown, permission: string, origin: string, details: Asked) => boolean,
  ): void;
  setDevicePermissionHandler(handler: () => boolean): void;
  on(
    name: "will-download",
    listener: (
      event: { preventDefault: () => void },
      item: { getURL(): string; getFilename(): string },
    ) => void,
  ): unknown;
}

/** `navigator.clipboard.writeText` asks for it; reading what was copied elsewhere stays denied. */
const COPYING = "clipboard-sanitized-write";

/**
 * Denies every permission and device, whoever asks; but, to our own page, copying and the microphone for voice messages.
 * The system asks the person for the latter besides. What is downloaded is a file of the workplace, to where the person says.
 */
export function guardSession(session: GuardedSession): void {
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    const { mediaTypes = [] } = details;
    const isSoundOnly = mediaTypes.length > 0 && mediaTypes.every((type) => type === "audio");
    const isAllowed = permission === COPYING || (permission === "media" && isSoundOnly);
    callback(isAllowed && isOurs(details, details.securityOrigin));
  });
  session.setPermissionCheckHandler((_contents, permission, origin, details) => {
    const isAllowed = permission === COPYING || (permission === "media" && details.mediaType === "audio");
    return isAllowed && isOurs(details, origin);
  });
  session.setDevicePermissionHandler(() => false);
  session.on("will-download", (event, item) => {
    if (!isWorkplaceFile(item.getURL()) && !isOwnReport(item.getURL(), item.getFilename()))
      event.preventDefault();
  });
}

function isOurs({ isMainFrame = true, requestingUrl }: Asked, origin: string | undefined): boolean {
  const address = requestingUrl ?? origin;
  return isMainFrame && address !== undefined && isAppUrl(address);
}

/** A file that somebody attached, as the gateway hands it out. */
export function isWorkplaceFile(url: string): boolean {
  return isAppUrl(url) && /^\/gateway\/[^/]+\/v1\/blobs\/[0-9a-f-]{36}$/.test(new URL(url).pathname);
}

/** For the help desk, made by the page from what the host gave it. */
function isOwnReport(url: string, name: string): boolean {
  return url.startsWith(`blob:${APP_ORIGIN}/`) && /^parvis-diagnostics-[\d-]+\.zip$/.test(name);
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
}
