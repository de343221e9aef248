import { expect, test } from "vitest";
import { createBridge } from "../bridge.ts";
import { noUpdateRoutes } from "./routes.ts";

test("in the browser nothing is updated, and the page is told why", async () => {
  const bridge = createBridge([noUpdateRoutes()]);
  for (const channel of ["updates.status", "updates.check"]) {
    expect(await bridge.call(channel, {})).toMatchObject({
      ok: true,
      value: { state: "off", reason: "shell" },
    });
  }
  expect(await bridge.call("updates.install", {})).toMatchObject({
    ok: false,
    error: { kind: "unsupported" },
  });
  expect(await bridge.call("updates.defer", { until: "tomorrow" })).toMatchObject({
    ok: false,
    error: { kind: "badRequest" },
  });
});
