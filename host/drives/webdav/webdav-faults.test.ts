import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { type DriveFault } from "#contract/drives.ts";
import {
  at,
  call,
  content,
  driveOn,
  faultOf,
  namesIn,
  only,
  readText,
  serverWith,
} from "../../testing/faulty-dav-drive.ts";
import { behave, faultyDav } from "../../testing/faulty-dav.ts";
import { httpServer } from "../../testing/test-server.ts";
import { basicAuthorization, bearerAuthorization } from "./authorization.ts";

test("a file that is shorter than its announced length is damaged, not read to an early end", async () => {
  const server = await serverWith("GET", (_incoming, response) => {
    response.writeHead(200, { "content-length": 100, etag: '"1"' });
    response.write("bonjour", () => response.destroy());
  });
  server.files.set("a", { text: "x".repeat(100) });
  expect(await faultOf(readText(driveOn(server), "a"))).toBe("damaged");
});

test("a file that is cut off in chunks is damaged", async () => {
  const server = await serverWith("GET", (_incoming, response) => {
    response.writeHead(200, { etag: '"1"' });
    response.write("bonj", () => response.destroy());
  });
  expect(await faultOf(readText(driveOn(server), "a"))).toBe("damaged");
});

test("two lengths of one file are not believed", async () => {
  const server = await serverWith("GET", (_incoming, response) => {
    response.writeHead(200, { "content-length": 3, etag: '"1"' }).end("bon");
  });
  expect(await faultOf(readText(driveOn(server), "a"))).toBe("damaged");
  server.files.set("a", { text: "bonjour", etag: '"2"' });
  expect(await faultOf(readText(driveOn(server), "a"))).toBe("changed");
});

test("another part than was asked for is damaged", async () => {
  const server = await serverWith("GET", (_incoming, response) => {
    response.writeHead(206, { "content-range": "bytes 0-2/7", "content-length": 3 }).end("bon");
  });
  expect(await faultOf(driveOn(server).read(at("a"), { range: { first: 4 } }, call))).toBe("damaged");
});

test("of a server that knows no parts, only the part that was wanted is given", async () => {
  const server = await serverWith("GET", (incoming, response) => {
    behave(server.files, incoming, response);
  });
  const drive = driveOn(server);
  expect(await drive.capabilities(call)).toMatchObject({ canReadParts: true });
  const part = await drive.read(at("a"), { range: { first: 3, last: 4 } }, call);
  expect(part).toMatchObject({ first: 3, sizeBytes: 2 });
  expect(await new Response(part.stream).text()).toBe("jo");
  expect(await drive.capabilities(call)).toMatchObject({ canReadParts: false });
});

test.each(["repr-digest", "oc-checksum"])(
  "content with another hash than %s says is damaged",
  async (name) => {
    let hashed = "bonjour";
    const server = await serverWith("GET", (_incoming, response) => {
      const base64 = createHash("sha256").update(hashed).digest("base64");
      const hex = createHash("sha1").update(hashed).digest("hex");
      const value = name === "oc-checksum" ? `SHA1:${hex}` : `sha-256=:${base64}:`;
      response.writeHead(200, { "content-length": 7, etag: '"1"', [name]: value }).end("bonjour");
    });
    expect(await readText(driveOn(server), "a")).toBe("bonjour");
    hashed = "bonsoir";
    expect(await faultOf(readText(driveOn(server), "a"))).toBe("damaged");
  },
);

test("credentials never follow a redirection to another host, whichever call is redirected", async () => {
  const received: unknown[] = [];
  const other = await httpServer((incoming, response) => {
    received.push(incoming.headers);
    response.end();
  });
  for (const status of [301, 302, 303, 307, 308]) {
    for (const method of ["OPTIONS", "PROPFIND", "GET", "PUT", "MKCOL", "DELETE", "LOCK"]) {
      const server = await serverWith(method, only(status, { location: `${other}/dav/a` }));
      const drive = driveOn(server);
      const calls: Record<string, () => Promise<unknown>> = {
        OPTIONS: () => drive.capabilities(call),
        PROPFIND: () => namesIn(drive),
        GET: () => readText(drive, "a"),
        PUT: () => drive.write(at("a"), content("x"), call),
        MKCOL: () => drive.makeFolder(at("F"), call),
        DELETE: () => drive.remove(at("a"), {}, call),
        LOCK: () => drive.lock(at("a"), call),
      };
      expect(await faultOf(calls[method]?.() ?? Promise.resolve())).toBe("elsewhere");
    }
  }
  expect(received).toEqual([]);
});

test.each([
  "http://user:pw@HOST/dav/x",
  "//example.org/dav/",
  "/other/",
  "/dav/../etc",
  "https://HOST/dav/",
  "",
])("a redirection out of the drive to %j is not followed", async (location) => {
  const server = await faultyDav();
  const target = location.replace("HOST", new URL(server.origin).host);
  server.faults.set("PROPFIND", only(301, { location: target }));
  expect(await faultOf(namesIn(driveOn(server)))).toBe("elsewhere");
  expect(server.asked.map(({ url }) => url)).toEqual(["/dav/"]);
});

test("a redirection within the drive is followed, and one in circles is not", async () => {
  const server = await serverWith("GET", (incoming, response) => {
    if (incoming.url === "/dav/a") only(302, { location: "/dav/b" })(incoming, response);
    else response.writeHead(200, { "content-length": 7 }).end("bonjour");
  });
  expect(await readText(driveOn(server), "a")).toBe("bonjour");
  let count = 0;
  server.faults.set("GET", (incoming, response) => {
    count += 1;
    only(302, { location: `/dav/${count}` })(incoming, response);
  });
  expect(await faultOf(readText(driveOn(server), "a"))).toBe("elsewhere");
  expect(count).toBeLessThan(6);
});

test("a token that is refused is renewed once; a password is not tried again", async () => {
  const server = await faultyDav();
  const renewed: (string | undefined)[] = [];
  const authorization = bearerAuthorization((refused) => {
    renewed.push(refused);
    return Promise.resolve(refused === undefined ? "old" : "new");
  });
  server.faults.set("PROPFIND", (incoming, response) => {
    if (incoming.headers.authorization === "Bearer new") behave(server.files, incoming, response);
    else only(401)(incoming, response);
  });
  expect(await namesIn(driveOn(server, { authorization }))).toEqual([]);
  expect(renewed).toEqual([undefined, "old"]);
  server.faults.set("PROPFIND", only(401, { "www-authenticate": "Basic realm=x" }));
  server.asked.length = 0;
  expect(await faultOf(namesIn(driveOn(server, { authorization })))).toBe("wrongPassword");
  expect(server.asked).toHaveLength(2);
  expect(await faultOf(namesIn(driveOn(server)))).toBe("wrongPassword");
  expect(server.asked).toHaveLength(3);
  expect(await faultOf(namesIn(driveOn(server, { authorization: basicAuthorization(null, null) })))).toBe(
    "needsPassword",
  );
});

test.each<[number, DriveFault]>([
  [403, "forbidden"],
  [405, "readOnly"],
  [409, "notFound"],
  [412, "changed"],
  [413, "tooLarge"],
  [415, "unsupported"],
  [423, "locked"],
  [500, "damaged"],
  [501, "readOnly"],
  [502, "unreachable"],
  [503, "unreachable"],
  [507, "full"],
])("a write that is answered with %i fails as such", async (status, fault) => {
  const server = await serverWith("PUT", only(status));
  expect(await faultOf(driveOn(server).write(at("a"), content("x"), call))).toBe(fault);
});

test("a server that is full half-way through a write says so", async () => {
  const server = await serverWith("PUT", (incoming, response) => {
    incoming.once("data", () => response.writeHead(507, { connection: "close" }).end());
  });
  let sent = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 1;
      if (sent > 2000) controller.close();
      else controller.enqueue(new Uint8Array(65_536));
    },
  });
  const large = { stream, sizeBytes: 2000 * 65_536, condition: "any" as const };
  expect(await faultOf(driveOn(server).write(at("a"), large, call))).toBe("full");
  expect(sent).toBeLessThan(2000);
});

test("when to come back is passed on", async () => {
  const server = await serverWith("PROPFIND", only(503, { "retry-after": "120" }));
  await expect(driveOn(server).stat(at("a"), call)).rejects.toMatchObject({
    fault: "unreachable",
    problem: { retryAfter: 120 },
  });
});

test("a server that ignores conditions overwrites nothing", async () => {
  const server = await serverWith("PUT", only(204));
  const drive = driveOn(server);
  expect(await faultOf(drive.write(at("a"), { ...content("x"), condition: "new" }, call))).toBe("exists");
  expect(
    await faultOf(drive.write(at("a"), { ...content("x"), condition: { ifVersion: '"0"' } }, call)),
  ).toBe("changed");
  server.files.set("b", { text: "x" });
  expect(await faultOf(drive.move(at("a"), at("b"), {}, call))).toBe("exists");
  expect(await faultOf(drive.copy(at("a"), at("b"), {}, call))).toBe("exists");
  expect(await faultOf(drive.makeFolder(at("b"), call))).toBe("exists");
  expect(new Set(server.asked.map(({ method }) => method))).toEqual(new Set(["OPTIONS", "PROPFIND"]));
});

test("a weak ETag is never sent as a condition, a strong one is", async () => {
  const server = await serverWith("PUT", only(204));
  server.files.set("a", { text: "bonjour", etag: 'W/"1"' });
  const drive = driveOn(server);
  const write = () => drive.write(at("a"), { ...content("bonjour"), condition: { ifVersion: '"1"' } }, call);
  await write();
  server.files.set("a", { text: "bonjour", etag: '"1"' });
  await write();
  const puts = server.asked.filter(({ method }) => method === "PUT");
  expect(puts.map(({ headers }) => headers["if-match"])).toEqual([undefined, '"1"']);
});

test("a write that the server kept only in part is damaged", async () => {
  const server = await serverWith("PUT", only(201));
  expect(await faultOf(driveOn(server).write(at("a"), content("much longer than that"), call))).toBe(
    "damaged",
  );
});
