import { expect, test } from "vitest";
import { z } from "zod";
import { exposed, ipcRenderer } from "./testing/fake-electron.ts";

type Call = (...args: unknown[]) => unknown;

const isFunction = z.custom<Call>((value) => typeof value === "function");
const apiSchema = z.strictObject({ invoke: isFunction, onEvent: isFunction });

test("the page gets two functions, never the event object, and can stop listening", async () => {
  // By address: the preload is a layer of its own.
  await import(new URL("../preload/preload.ts", import.meta.url).href);
  const { invoke, onEvent } = apiSchema.parse(exposed["parvis"]);
  await invoke("app.info", { a: 1 });
  expect(ipcRenderer.invoked).toEqual([["host", { channel: "app.info", args: { a: 1 } }]]);
  const seen: unknown[][] = [];
  const stop = isFunction.parse(onEvent((...args: unknown[]) => seen.push(args)));
  ipcRenderer.emit("host-event", { sender: "secret" }, { type: "x" });
  stop();
  ipcRenderer.emit("host-event", {}, { type: "y" });
  expect(seen).toEqual([[{ type: "x" }]]);
});
