import { once } from "node:events";
import { createServer, request as send, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { withPlainBody } from "./plain-body.ts";

/** A request that has reached a server, and the client's end of it. */
async function arrived(method: "PUT" | "POST" = "PUT", path = "/drives/one/content") {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on a port
  const { port } = server.address() as AddressInfo;
  const client = send({ port, host: "127.0.0.1", method, path });
  client.on("error", () => undefined);
  client.flushHeaders();
  const seen = Promise.withResolvers<IncomingMessage>();
  server.once("request", (incoming) => seen.resolve(incoming));
  const incoming = await seen.promise;
  const request = new Request(`http://127.0.0.1:${port}${path}`, { method, body: "another" });
  return { client, incoming, request, plain: withPlainBody(request, incoming) };
}

test("A body comes whole and in order, however it was cut on its way", async () => {
  const { client, plain } = await arrived();
  const bytes = Buffer.alloc(3_000_000, "une ligne de plus, sans fin. ");
  client.write(bytes.subarray(0, 1));
  const reading = new Response(plain.body).arrayBuffer();
  client.write(bytes.subarray(1, 1_500_000));
  client.end(bytes.subarray(1_500_000));
  expect(Buffer.from(await reading).equals(bytes)).toBe(true);
});

test("An empty body is empty", async () => {
  const { client, plain } = await arrived();
  client.end();
  expect(await new Response(plain.body).text()).toBe("");
});

test("A body that breaks off is an error, never a shorter file", async () => {
  const { client, plain } = await arrived();
  client.write("half");
  const reader = plain.body?.getReader();
  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe("half");
  const next = reader?.read();
  client.destroy();
  await expect(next).rejects.toThrow("aborted");
});

test("Whoever gives up a body that never goes on does not wait for it", async () => {
  const { plain } = await arrived();
  const reader = plain.body?.getReader();
  const next = reader?.read();
  await reader?.cancel();
  expect((await next)?.done).toBe(true);
});

test("Nothing is read before it is wanted", async () => {
  const { client, incoming, plain } = await arrived();
  client.write("x".repeat(100));
  expect(plain.body?.locked).toBe(false);
  expect(incoming.readableFlowing).not.toBe(true);
});

test("Other requests keep their body", async () => {
  expect(await new Response((await arrived("POST")).plain.body).text()).toBe("another");
  expect(await new Response((await arrived("PUT", "/gateway/x")).plain.body).text()).toBe("another");
});
