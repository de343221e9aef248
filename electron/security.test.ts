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

test("no client certificate is sent", () => {
  const event = new FakeEvent();
  const sent: unknown[] = [];
  app.emit("select-client-certificate", event, {}, "https://x", [{ subjectName: "me" }], (one?: unknown) =>
    sent.push(one),
  );
  expect(event.isPrevented).toBe(true);
  expect(sent).toEqual([undefined]);
});

test("no permission, no device, no download", () => {
  const session = new FakeSession();
  guardSession(session);
  const answers: boolean[] = [];
  session.onPermissionRequest?.({}, "media", (isGranted) => answers.push(isGranted));
  expect(answers).toEqual([false]);
  expect(session.onPermissionCheck?.()).toBe(false);
  expect(session.onDevice?.()).toBe(false);
  const event = new FakeEvent();
  session.emit("will-download", event);
  expect(event.isPrevented).toBe(true);
});

test("our address is told by its parts, not by its first letters", () => {
  expect(["app://parvis/", "app://parvis/x?y#z"].every(isAppUrl)).toBe(true);
  expect(
    ["app://parvis.example/", "app://parvis@evil/", "APP2://parvis/", "https://parvis/"].some(isAppUrl),
  ).toBe(false);
});
