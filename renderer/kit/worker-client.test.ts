import { describe, expect, test } from "vitest";
import type { PageMessage, WorkerMessage } from "#contract/worker.ts";
import { WorkerClient } from "./worker-client.ts";

function createPair() {
  const heard: PageMessage[] = [];
  const listeners: ((message: WorkerMessage) => void)[] = [];
  const client = new WorkerClient({
    post: (message) => heard.push(message),
    listen: (listener) => listeners.push(listener),
    close: () => undefined,
  });
  const open = () =>
    client.open({ accountId: "a", gatewayPath: "/gateway/a", key: new ArrayBuffer(32), keyId: "k" });
  const tell = (message: WorkerMessage) => {
    for (const listener of listeners) listener(message);
  };
  return { client, heard, open, tell };
}

describe("the page's end of the worker", () => {
  test("says open first, then what views had asked before the key came", () => {
    const { client, heard, open } = createPair();
    client.query("conversations", {}).subscribe(() => undefined);
    expect(heard).toEqual([]);
    open();
    expect(heard.map(({ type }) => type)).toEqual(["open", "subscribe"]);
  });

  test("shares one subscription between views and lets go of it after the last", async () => {
    const { client, heard, open } = createPair();
    open();
    const stopFirst = client.query("spaces", {}).subscribe(() => undefined);
    const stopSecond = client.query("spaces", {}).subscribe(() => undefined);
    expect(heard.filter(({ type }) => type === "subscribe")).toHaveLength(1);
    stopFirst();
    await Promise.resolve();
    expect(heard.some(({ type }) => type === "unsubscribe")).toBe(false);
    stopSecond();
    await Promise.resolve();
    expect(heard.at(-1)?.type).toBe("unsubscribe");
  });

  test("tells a view of a patch, and stays silent when the patch changes nothing", () => {
    const { client, open, tell } = createPair();
    open();
    let calls = 0;
    const live = client.query("spaces", {});
    live.subscribe(() => {
      calls += 1;
    });
    tell({ type: "reset", id: live.id, items: [{ key: "a", sort: "1" }], info: {} });
    tell({ type: "patch", id: live.id, put: [{ key: "b", sort: "0" }], remove: [] });
    expect(live.getSnapshot().items.map(({ key }) => key)).toEqual(["b", "a"]);
    tell({ type: "patch", id: live.id, put: [{ key: "b", sort: "0" }], remove: [], info: {} });
    expect(calls).toBe(2);
  });

  test("answers each call with its own result, and all of them when the worker is lost", async () => {
    const { client, heard, open, tell } = createPair();
    open();
    const first = client.call("sync.retry", {});
    const second = client.call("sync.retry", {});
    const id = heard.find((message) => message.type === "call")?.id ?? -1;
    tell({ type: "result", id, result: { ok: true, value: null } });
    expect(await first).toEqual({ ok: true, value: null });
    const error = { type: "about:blank", kind: "storageFull" as const, title: "Full" };
    tell({ type: "fatal", error });
    expect(await second).toEqual({ ok: false, error });
  });
});
