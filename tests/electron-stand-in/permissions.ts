import { outward, originOf } from "./chromium/addresses.ts";
import { isRecord, textAt } from "./chromium/cdp.ts";
import { theBrowser } from "./browser.ts";
import { defaultSession } from "./modules/session.ts";
import type { WebContents } from "./modules/web-contents.ts";
import type { WebFrameMain } from "./modules/web-frame-main.ts";

/**
 * What a page asks leave for is asked of the session's handlers, and Chromium is told their answer before it acts.
 * https://www.electronjs.org/docs/latest/api/session#sessetpermissionrequesthandlerhandler
 */

/** Chromium's names for Electron's. */
const DESCRIPTORS: Record<string, object[]> = {
  "media-audio": [{ name: "microphone" }],
  "media-video": [{ name: "camera" }],
  geolocation: [{ name: "geolocation" }],
  notifications: [{ name: "notifications" }],
  "clipboard-read": [{ name: "clipboard-read" }],
  // Without sanitization it would be the leave to read as well.
  "clipboard-sanitized-write": [{ name: "clipboard-write", allowWithoutSanitization: false }],
  midi: [{ name: "midi", sysex: false }],
  "persistent-storage": [{ name: "persistent-storage" }],
  "idle-detection": [{ name: "idle-detection" }],
  "screen-wake-lock": [{ name: "screen-wake-lock" }],
  "display-capture": [{ name: "display-capture" }],
};

/** Everything at once, by the check handler: what a page may ask without being heard. */
export async function applyChecks(contents: WebContents, frame: WebFrameMain): Promise<void> {
  const names = Object.keys(DESCRIPTORS);
  await Promise.all(
    names.map((name) =>
      setPermission(frame, name, mayWithoutAsking(contents, frame, name) ? "granted" : "prompt"),
    ),
  );
}

function mayWithoutAsking(contents: WebContents, frame: WebFrameMain, name: string): boolean {
  const check = defaultSession.standIn.permissionCheck;
  // Without a handler everything is allowed: https://www.electronjs.org/docs/latest/tutorial/security#5-handle-session-permission-requests-from-remote-content
  if (check === null) return true;
  const isMedia = name.startsWith("media-");
  const details = {
    ...baseDetails(frame),
    securityOrigin: `${frame.origin}/`,
    ...(isMedia ? { mediaType: name.slice("media-".length) } : {}),
  };
  return (
    Reflect.apply(check, undefined, [contents, isMedia ? "media" : name, `${frame.origin}/`, details]) ===
    true
  );
}

/** One question of a page: true when it may. */
export async function askPermission(
  contents: WebContents,
  frame: WebFrameMain,
  question: unknown,
): Promise<boolean> {
  const name = textAt(question, "permission");
  const asked = isRecord(question) && Array.isArray(question["mediaTypes"]) ? question["mediaTypes"] : [];
  const mediaTypes = asked.filter((one: unknown) => typeof one === "string");
  const isGranted = await request(contents, frame, name, mediaTypes);
  const names = name === "media" ? mediaTypes.map((type) => `media-${type}`) : [name];
  await Promise.all(names.map((one) => setPermission(frame, one, isGranted ? "granted" : "denied")));
  return isGranted;
}

export function request(
  contents: WebContents,
  frame: WebFrameMain,
  name: string,
  mediaTypes: string[] = [],
  externalURL?: string,
): Promise<boolean> {
  const handler = defaultSession.standIn.permissionRequest;
  if (handler === null) return Promise.resolve(true);
  const details = {
    ...baseDetails(frame),
    ...(name === "media" ? { mediaTypes, securityOrigin: `${frame.origin}/` } : {}),
    ...(externalURL === undefined ? {} : { externalURL }),
  };
  return new Promise((resolve) => {
    Reflect.apply(handler, undefined, [contents, name, (isGranted: boolean) => resolve(isGranted), details]);
  });
}

function baseDetails(frame: WebFrameMain): { isMainFrame: boolean; requestingUrl: string } {
  return { isMainFrame: frame.parent === null, requestingUrl: frame.url };
}

async function setPermission(frame: WebFrameMain, name: string, setting: string): Promise<void> {
  const { origin } = new URL(frame.chromiumUrl);
  if (originOf(outward(frame.chromiumUrl)) === "null" || origin === "null") return;
  for (const permission of DESCRIPTORS[name] ?? [])
    await theBrowser()
      .cdp.browser.send("Browser.setPermission", { permission, setting, origin })
      .catch(() => undefined);
}
