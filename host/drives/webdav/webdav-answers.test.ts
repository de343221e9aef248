import { expect, test } from "vitest";
import {
  at,
  call,
  driveOn,
  faultOf,
  namesIn,
  only,
  serverWith,
  xml,
} from "../../testing/faulty-dav-drive.ts";
import {
  fileResponse,
  folderResponse,
  MULTISTATUS,
  multistatus,
  propResponse,
  statusResponse,
} from "../../testing/faulty-dav.ts";
import { deadAddress, httpServer } from "../../testing/test-server.ts";

test.each([
  ["no XML", "<html><body>Welcome</html>"],
  ["another document", '<a xmlns="DAV:"/>'],
  ["cut", multistatus([folderResponse("/dav/")]).slice(0, -20)],
  ["unknown entity", multistatus([propResponse("/dav/a", "<D:getetag>&unknown;</D:getetag>")])],
  ["not well formed", multistatus(["<D:response><D:href>/dav/a</D:response></D:href>"])],
  ["nothing", ""],
  [
    "a property without end",
    multistatus([propResponse("/dav/a", `<D:getetag>${"x".repeat(70_000)}</D:getetag>`)]),
  ],
  ["too deep", multistatus([`${"<a>".repeat(100)}${"</a>".repeat(100)}`])],
  [
    "an entity bomb",
    `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>${multistatus([propResponse("/dav/&b;", "")])}`,
  ],
  [
    "a file of the machine",
    `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>${multistatus([propResponse("/dav/&f;", "")])}`,
  ],
])("an answer that is %s is damaged", async (_name, text) => {
  const server = await serverWith("PROPFIND", xml(text));
  expect(await faultOf(namesIn(driveOn(server)))).toBe("damaged");
});

test("an answer without end is broken off, and what came of it is not kept in memory", async () => {
  let sent = 0;
  const server = await serverWith("PROPFIND", (_incoming, response) => {
    response.writeHead(207, MULTISTATUS).write('<D:multistatus xmlns:D="DAV:"><D:response>');
    const more = (): void => {
      if (response.destroyed) return;
      sent += 1;
      response.write("<D:x/>".repeat(10_000), () => setImmediate(more));
    };
    more();
  });
  expect(await faultOf(namesIn(driveOn(server)))).toBe("damaged");
  expect(sent * 60_000).toBeLessThan(50_000_000);
});

test("a server that says nothing, or next to nothing, is unreachable", async () => {
  const limits = { firstMs: 300, idleMs: 300, leastBytes: 100 };
  const server = await serverWith("PROPFIND", () => undefined);
  expect(await faultOf(namesIn(driveOn(server, { limits })))).toBe("unreachable");
  server.faults.set("PROPFIND", (_incoming, response) => {
    response.writeHead(207, MULTISTATUS).write('<D:multistatus xmlns:D="DAV:">');
    const timer = setInterval(() => response.write(" "), 20);
    response.once("close", () => clearInterval(timer));
  });
  expect(await faultOf(namesIn(driveOn(server, { limits })))).toBe("unreachable");
  expect(await faultOf(namesIn(driveOn({ address: `${await deadAddress()}/dav/` }, { limits })))).toBe(
    "unreachable",
  );
});

test("whoever reads slowly is not taken for a server that says nothing", async () => {
  const server = await serverWith("GET", (_incoming, response) => {
    response.writeHead(200, { "content-length": 7, etag: '"1"' });
    response.write("bon");
    setImmediate(() => response.end("jour"));
  });
  const { stream } = await driveOn(server, { limits: { idleMs: 2000 } }).read(at("a"), {}, call);
  await new Promise((resolve) => {
    setTimeout(resolve, 2500);
  });
  expect(await new Response(stream).text()).toBe("bonjour");
});

test("files of other folders, hosts and names that lead elsewhere are not listed", async () => {
  const responses = [
    "/dav/ok",
    "/dav/%6Fk",
    "/dav/deep/er",
    "/other/x",
    "/dav/../up",
    "/dav/%2e%2e",
    "/dav/..%2fup",
  ]
    .concat([
      "https://other.example/dav/x",
      "/dav/a%00b",
      "/dav/%FF",
      "/davis",
      "/dav/.parvis-0a-1.part",
      "/dav//double",
    ])
    .map((href) => propResponse(href, "<D:getcontentlength>1</D:getcontentlength>"));
  const server = await serverWith("PROPFIND", xml(multistatus([folderResponse("/dav/"), ...responses])));
  expect(await namesIn(driveOn(server))).toEqual(["ok"]);
});

test("an answer about another file than was asked for is damaged", async () => {
  const server = await serverWith("PROPFIND", xml(multistatus([fileResponse("b", { text: "x" })])));
  expect(await faultOf(driveOn(server).stat(at("a"), call))).toBe("damaged");
});

test("absurd numbers, times and tags are left out or refused, never shown", async () => {
  const properties =
    "<D:getcontentlength>-5</D:getcontentlength><D:getlastmodified>yesterday</D:getlastmodified><D:getetag>\n</D:getetag>";
  const server = await serverWith("PROPFIND", xml(multistatus([propResponse("/dav/a", properties)])));
  expect(await driveOn(server).stat(at("a"), call)).toMatchObject({
    sizeBytes: null,
    modifiedAt: null,
    version: null,
  });
});

test("what fails of a part of a tree is the fault of the whole", async () => {
  const parts = [
    statusResponse("/dav/a/x", "424 Failed Dependency"),
    statusResponse("/dav/a/y", "423 Locked"),
  ];
  const server = await serverWith("DELETE", xml(multistatus(parts)));
  expect(await faultOf(driveOn(server).remove(at("a"), {}, call))).toBe("locked");
  const gone = await serverWith(
    "COPY",
    xml(multistatus([statusResponse("/dav/b", "507 Insufficient Storage")])),
  );
  expect(await faultOf(driveOn(gone).copy(at("a"), at("b"), {}, call))).toBe("full");
});

test("a clock that is wrong on the other side changes nothing", async () => {
  const now = Date.parse("2026-11-23T08:00:00Z");
  const lock =
    '<?xml version="1.0"?><D:prop xmlns:D="DAV:"><D:lockdiscovery><D:activelock><D:timeout>Second-600</D:timeout><D:locktoken><D:href>urn:x</D:href></D:locktoken></D:activelock></D:lockdiscovery></D:prop>';
  const server = await serverWith("LOCK", (incoming, response) => {
    incoming.resume();
    response.writeHead(200, { "lock-token": "<urn:x>", date: "Mon, 01 Jan 1990 00:00:00 GMT" }).end(lock);
  });
  const held = await driveOn(server, { now: () => now }).lock(at("a"), call);
  expect(held).toEqual({ path: "a", token: "urn:x", expiresAt: "2026-11-23T08:10:00.000Z" });
});

test("a lock that has ended cannot be made to last, and giving it back does nothing", async () => {
  const server = await serverWith("LOCK", only(412));
  server.faults.set("UNLOCK", only(409));
  const lock = { path: at("a"), token: "urn:x", expiresAt: null };
  expect(await faultOf(driveOn(server).refresh(lock, call))).toBe("notFound");
  await driveOn(server).unlock(lock, call);
});

test("what answers and is no WebDAV server is said to be so", async () => {
  const origin = await httpServer((incoming, response) => {
    incoming.resume();
    response
      .writeHead(incoming.method === "PROPFIND" ? 405 : 200, { "content-type": "text/html" })
      .end("<p>");
  });
  expect(await faultOf(driveOn({ address: `${origin}/` }).capabilities(call))).toBe("unsupported");
});
