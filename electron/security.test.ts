import { beforeAll, expect, test } from "vitest";
import { app, FakeContents, FakeSession } from "./testing/fake-electron.ts";
import { isAppUrl } from "./origin.ts";
import { guardContents, guardSession } from "./security.ts";

class FakeEvent {
  isPrevented = false;
  readonly url: string;
  constructor(url = "") {
    this.url = url;
  }
  preventDefault(): void {
    this.isPrevented = true;
  }
}

beforeAll(() => {
  guardContents();
});

function newContents(): FakeContents {
  const contents = new FakeContents();
  app.emit("web-contents-created", {}, contents);
  return contents;
}

test.each(["will-navigate", "will-frame-navigate", "will-redirect"])(
  "%s leads nowhere but to our own pages",
  (name) => {
    const contents = newContents();
    const outcomes = [
      "app://parvis/",
      "app://parvis/messages",
      "app://parvis.example/",
      "app://other/",
      "https://parvis/",
      "file:///etc/passwd",
      "javascript:alert(1)",
      "not an address",
    ].map((url) => {
      const event = new FakeEvent(url);
      contents.emit(name, event);
      return event.isPrevented;
    });
    expect(outcomes).toEqual([false, false, true, true, true, true, true, true]);
  },
);

test("no window opens, no webview is attached", () => {
  const contents = newContents();
  expect(contents.windowOpenHandler?.({ url: "https://example.org" })).toEqual({ action: "deny" });
  const event = new FakeEvent();
  contents.emit("will-attach-webview", event);
  expect(event.isPrevented).toBe(true);
});

const OURS = { isMainFrame: true, requestingUrl: "app://parvis/" };

test("no permission and no device", () => {
  const session = new FakeSession();
  guardSession(session);
  const answers: boolean[] = [];
  for (const [permission, details] of [
    ["media", { ...OURS, mediaTypes: ["video"] }],
    ["media", { ...OURS, mediaTypes: ["audio", "video"] }],
    ["media", { ...OURS, mediaTypes: [] }],
    ["media", { isMainFrame: true, requestingUrl: "https://evil.example/", mediaTypes: ["audio"] }],
    ["media", { isMainFrame: false, requestingUrl: "app://parvis/", mediaTypes: ["audio"] }],
    ["display-capture", { ...OURS, mediaTypes: ["audio"] }],
    ["geolocation", OURS],
    ["notifications", OURS],
  ] as const) {
    session.onPermissionRequest?.({}, permission, (isGranted) => answers.push(isGranted), details);
  }
  expect(answers).toEqual(Array.from({ length: 8 }, () => false));
  expect(session.onPermissionCheck?.({}, "geolocation", "app://parvis", OURS)).toBe(false);
  expect(session.onPermissionCheck?.({}, "media", "app://parvis", { ...OURS, mediaType: "video" })).toBe(
    false,
  );
  expect(session.onPermissionCheck?.({}, "media", "https://evil.example", { mediaType: "audio" })).toBe(
    false,
  );
  expect(session.onDevice?.()).toBe(false);
});

test("our own page may copy, nobody else, and nobody reads what was copied elsewhere", () => {
  const session = new FakeSession();
  guardSession(session);
  const foreign = { isMainFrame: true, requestingUrl: "https://evil.example/" };
  const answers: boolean[] = [];
  for (const [permission, details] of [
    ["clipboard-sanitized-write", OURS],
    ["clipboard-sanitized-write", foreign],
    ["clipboard-read", OURS],
  ] as const) {
    session.onPermissionRequest?.({}, permission, (isGranted) => answers.push(isGranted), details);
    answers.push(session.onPermissionCheck?.({}, permission, "app://parvis/", details) ?? true);
  }
  expect(answers).toEqual([true, true, false, false, false, false]);
});

test("our own page may ask for the microphone, for voice messages", () => {
  const session = new FakeSession();
  guardSession(session);
  const answers: boolean[] = [];
  const details = { ...OURS, mediaTypes: ["audio"], securityOrigin: "app://parvis/" };
  session.onPermissionRequest?.({}, "media", (isGranted) => answers.push(isGranted), details);
  expect(answers).toEqual([true]);
  expect(session.onPermissionCheck?.({}, "media", "app://parvis/", { ...OURS, mediaType: "audio" })).toBe(
    true,
  );
});

test("files of the workplace and the page's own report are downloaded, and nothing else", () => {
  const session = new FakeSession();
  guardSession(session);
  const outcomes = [
    "app://parvis/gateway/a1/v1/blobs/018f0000-0000-7000-8000-000000000001",
    "app://parvis/gateway/a1/v1/messages",
    "app://parvis/index.html",
    "https://parvis/gateway/a1/v1/blobs/018f0000-0000-7000-8000-000000000001",
    "blob:app://parvis/018f0000-0000-7000-8000-000000000001",
    "data:text/html,x",
    "blob:app://parvis/018f0000-0000-7000-8000-000000000001 parvis-diagnostics-2026-11-23.zip",
    "blob:app://parvis.evil/018f0000-0000-7000-8000-000000000001 parvis-diagnostics-2026-11-23.zip",
  ].map((text) => {
    const [url = "", name = "file.exe"] = text.split(" ");
    const event = new FakeEvent();
    session.emit("will-download", event, { getURL: () => url, getFilename: () => name });
    return event.isPrevented;
  });
  expect(outcomes).toEqual([false, true, true, true, true, true, false, true]);
});

test("our address is told by its parts, not by its first letters", () => {
  expect(["app://parvis/", "app://parvis/x?y#z"].every(isAppUrl)).toBe(true);
  expect(
    ["app://parvis.example/", "app://parvis@evil/", "APP2://parvis/", "https://parvis/"].some(isAppUrl),
  ).toBe(false);
});
