import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { libraryItemSchema, type LibraryItem } from "#contract/entities/library.ts";
import { spaceSchema } from "#contract/entities/space.ts";
import type { SpaceId } from "#contract/ids.ts";
import { personScope, type Scope } from "#contract/scope.ts";
import { appPasswordSchema } from "#contract/sign-in.ts";
import { toIsoTime } from "#contract/time.ts";
import type { Store } from "../store/store.ts";
import { spaceOf } from "./places.ts";
import { TestWorkplace, type TestPerson } from "./workplace.ts";

const DAY_MS = 86_400_000;
const LOCK = `<lockinfo xmlns="DAV:"><lockscope><exclusive/></lockscope><locktype><write/></locktype></lockinfo>`;
const setting = (xml: string) =>
  `<propertyupdate xmlns="DAV:"><set><prop>${xml}</prop></set></propertyupdate>`;

interface Said {
  headers?: Record<string, string>;
  body?: string;
}

/** The door `/dav/`, beyond what litmus looks at, over any store. */
export function describeDav(name: string, open: () => Promise<Store>): void {
  describe(`${name}: WebDAV`, () => {
    let workplace: TestWorkplace;
    let ada: TestPerson;
    let bo: TestPerson;
    let guest: TestPerson;
    let scope: Scope;
    let spaceId: SpaceId;
    beforeAll(async () => {
      workplace = await TestWorkplace.open(await open());
      ada = await workplace.person("Ada");
      bo = await workplace.person("Bo");
      guest = await workplace.person("Guest", { isGuest: true });
      ({ scope, spaceId } = await spaceOf(ada, [bo]));
      await ada.does("membership.set", scope, { spaceId, personId: guest.id, role: "guest" });
    });
    afterAll(() => workplace.store.close());

    async function dav(by: TestPerson, method: string, path: string, { headers, body }: Said = {}) {
      const length =
        body === undefined
          ? {}
          : { "content-length": String(Buffer.byteLength(body)), "content-type": "application/octet-stream" };
      const init = { authorization: `Bearer ${by.token}`, ...length, ...headers };
      const address = `http://parvis.test/dav/${path}`;
      const request = new Request(address, {
        method,
        headers: init,
        ...(body === undefined ? {} : { body }),
      });
      return await workplace.app.fetch(request);
    }
    const statusOf = async (...call: Parameters<typeof dav>) => (await dav(...call)).status;
    const inSpace = (path = "") => `spaces/${spaceId}/${path}`;
    async function itemOf(wanted: string): Promise<LibraryItem> {
      const items = (await ada.rows(scope, "libraryItem")).map(({ data }) => libraryItemSchema.parse(data));
      const found = items.find((item) => item.name === wanted);
      if (found === undefined) throw new Error(`${wanted} is not there`);
      return found;
    }

    test("a file that a program writes is everybody's, with its versions and its type", async () => {
      expect(await statusOf(ada, "PUT", inSpace("Été.csv"), { body: "a;b" })).toBe(201);
      expect(await statusOf(bo, "PUT", inSpace("%C3%A9t%C3%A9.CSV"), { body: "c;d" })).toBe(204);
      const item = await itemOf("Été.csv");
      expect(item).toMatchObject({ version: 2, createdBy: ada.id, modifiedBy: bo.id });
      expect(item.content?.mediaType).toBe("text/csv");
      const got = await dav(ada, "GET", inSpace("Été.csv"), { headers: { range: "bytes=2-" } });
      expect([got.status, await got.text(), got.headers.get("content-range")]).toEqual([
        206,
        "d",
        "bytes 2-2/3",
      ]);
    });

    test("what was read and changed since is not written over", async () => {
      await dav(ada, "PUT", inSpace("a.txt"), { body: "1" });
      const etag = (await dav(ada, "HEAD", inSpace("a.txt"))).headers.get("etag") ?? "";
      const headers = { "if-match": etag };
      expect(await statusOf(ada, "PUT", inSpace("a.txt"), { headers, body: "2" })).toBe(204);
      expect(await statusOf(ada, "PUT", inSpace("a.txt"), { headers, body: "3" })).toBe(412);
      const none = { "if-none-match": "*" };
      expect(await statusOf(ada, "PUT", inSpace("a.txt"), { headers: none, body: "4" })).toBe(412);
      expect(await (await dav(ada, "GET", inSpace("a.txt"))).text()).toBe("2");
    });

    test("an office program's way of saving leaves the file in its place", async () => {
      await dav(ada, "PUT", inSpace("note.odt"), { body: "old" });
      for (const litter of [".DS_Store", "._note.odt", ".~lock.note.odt%23", "~$note.odt"])
        expect(await statusOf(ada, "PUT", inSpace(litter), { body: "x" })).toBe(201);
      await dav(ada, "PUT", inSpace("note.tmp"), { body: "new" });
      const headers = { destination: `http://parvis.test/dav/${inSpace("note.odt")}`, overwrite: "T" };
      expect(await statusOf(ada, "MOVE", inSpace("note.tmp"), { headers })).toBe(204);
      expect(await (await dav(ada, "GET", inSpace("note.odt"))).text()).toBe("new");
      expect(await statusOf(ada, "GET", inSpace("note.tmp"))).toBe(404);
    });

    test("a lock is a check-out that others see and keep to, whatever name they come by", async () => {
      await dav(ada, "PUT", inSpace("lock.txt"), { body: "1" });
      const taken = await dav(ada, "LOCK", inSpace("lock.txt"), { body: LOCK });
      const token = taken.headers.get("lock-token") ?? "";
      expect((await itemOf("lock.txt")).lock?.personId).toBe(ada.id);
      const row = (await ada.rows(scope, "space"))[0];
      const title = encodeURIComponent(spaceSchema.parse(row?.data).name);
      for (const path of [inSpace("lock.txt"), inSpace("LOCK.TXT"), `spaces/${title}/lock.txt`]) {
        expect(await statusOf(bo, "PUT", path, { body: "2" })).toBe(423);
        // Another program of the same person.
        expect(await statusOf(ada, "PUT", path, { body: "2" })).toBe(423);
        expect(await statusOf(bo, "DELETE", path)).toBe(423);
      }
      expect(await statusOf(bo, "UNLOCK", inSpace("lock.txt"), { headers: { "lock-token": token } })).toBe(
        403,
      );
      const headers = { if: `(${token})` };
      expect(await statusOf(ada, "PUT", inSpace("lock.txt"), { headers, body: "2" })).toBe(204);
      expect(await statusOf(ada, "UNLOCK", inSpace("lock.txt"), { headers: { "lock-token": token } })).toBe(
        204,
      );
      expect((await itemOf("lock.txt")).lock).toBeUndefined();
      expect(await statusOf(bo, "PUT", inSpace("lock.txt"), { body: "3" })).toBe(204);
    });

    test("what somebody checked out in Parvis is seen as locked, by others alone", async () => {
      await dav(ada, "PUT", inSpace("out.txt"), { body: "1" });
      await bo.does("file.lock", scope, { id: (await itemOf("out.txt")).id });
      const seen = async (by: TestPerson) =>
        await (await dav(by, "PROPFIND", inSpace("out.txt"), { headers: { depth: "0" } })).text();
      expect(await seen(ada)).toContain("<D:activelock>");
      expect(await seen(bo)).not.toContain("<D:activelock>");
      expect(await statusOf(ada, "PUT", inSpace("out.txt"), { body: "2" })).toBe(423);
      expect(await statusOf(bo, "PUT", inSpace("out.txt"), { body: "2" })).toBe(204);
    });

    test("locks of one's own library concern nobody else's file of the same name", async () => {
      for (const by of [ada, bo]) await dav(by, "PUT", "mine/a.txt", { body: by.id });
      expect(await statusOf(ada, "LOCK", "mine/a.txt", { body: LOCK })).toBe(200);
      expect(await statusOf(bo, "PUT", "mine/a.txt", { body: "2" })).toBe(204);
      expect(await statusOf(ada, "PUT", "mine/a.txt", { body: "2" })).toBe(423);
    });

    test("a lock ends with its time", async () => {
      await dav(ada, "PUT", inSpace("short.txt"), { body: "1" });
      await dav(ada, "LOCK", inSpace("short.txt"), { body: LOCK, headers: { timeout: "Second-60" } });
      expect(await statusOf(bo, "PUT", inSpace("short.txt"), { body: "2" })).toBe(423);
      workplace.nowMs += 61_000;
      expect(await statusOf(bo, "PUT", inSpace("short.txt"), { body: "2" })).toBe(204);
    });

    test("deleted is in the trash, and is not there over the door", async () => {
      await dav(ada, "MKCOL", inSpace("Old"));
      await dav(ada, "PUT", inSpace("Old/in.txt"), { body: "1" });
      expect(await statusOf(ada, "DELETE", inSpace("Old"))).toBe(204);
      for (const path of ["Old", "Old/", "Old/in.txt"])
        expect(await statusOf(ada, "GET", inSpace(path))).toBe(404);
      expect((await itemOf("Old")).trashed?.personId).toBe(ada.id);
    });

    test("what is preserved is read and nothing else", async () => {
      await dav(ada, "PUT", inSpace("kept.txt"), { body: "1" });
      const { id } = await itemOf("kept.txt");
      await ada.does("libraryItem.preserve", scope, { id, until: toIsoTime(workplace.nowMs + 9 * DAY_MS) });
      const headers = { destination: `/dav/${inSpace("moved.txt")}` };
      expect(await statusOf(ada, "PUT", inSpace("kept.txt"), { body: "2" })).toBe(403);
      expect(await statusOf(ada, "DELETE", inSpace("kept.txt"))).toBe(403);
      expect(await statusOf(ada, "MOVE", inSpace("kept.txt"), { headers })).toBe(403);
      expect(await (await dav(ada, "GET", inSpace("kept.txt"))).text()).toBe("1");
    });

    test("spaces and libraries of others are not there", async () => {
      const other = await spaceOf(bo, []);
      for (const method of ["GET", "PROPFIND", "DELETE"]) {
        const headers = { depth: method === "PROPFIND" ? "0" : "infinity" };
        expect(await statusOf(ada, method, `spaces/${other.spaceId}/a.txt`, { headers })).toBe(404);
      }
      expect(await statusOf(ada, "PUT", `spaces/${other.spaceId}/a.txt`, { body: "1" })).toBeGreaterThan(399);
      const listed = await dav(ada, "PROPFIND", "spaces/", { headers: { depth: "1" } });
      expect((await listed.text()).match(/<D:response>/g)).toHaveLength(2);
      expect(personScope(ada.id)).not.toBe(personScope(bo.id));
    });

    test("guests take away what they made and nothing else", async () => {
      await dav(ada, "PUT", inSpace("ours.txt"), { body: "1" });
      expect(await statusOf(guest, "PUT", inSpace("theirs.txt"), { body: "1" })).toBe(201);
      expect(await statusOf(guest, "MKCOL", inSpace("Folder"))).toBe(403);
      expect(await statusOf(guest, "DELETE", inSpace("ours.txt"))).toBe(403);
      expect(await statusOf(guest, "DELETE", inSpace("theirs.txt"))).toBe(204);
    });

    test("an archived space is read and not written", async () => {
      const old = await spaceOf(ada, []);
      await dav(ada, "PUT", `spaces/${old.spaceId}/a.txt`, { body: "1" });
      await ada.does("space.archive", old.scope, { spaceId: old.spaceId, isArchived: true });
      expect(await statusOf(ada, "GET", `spaces/${old.spaceId}/a.txt`)).toBe(200);
      expect(await statusOf(ada, "PUT", `spaces/${old.spaceId}/a.txt`, { body: "2" })).toBe(403);
      expect(await statusOf(ada, "MKCOL", `spaces/${old.spaceId}/B`)).toBe(403);
    });

    test("paths that mean to lead elsewhere lead nowhere, and names that no library holds are refused", async () => {
      for (const step of ["a%00b", "a%5Cb", "a%2Fb", "CON", "fin.", "%20a", "a%3Ab", "%FF", "x".repeat(300)])
        expect(await statusOf(ada, "PUT", inSpace(step), { body: "1" })).toSatisfy(isClientFault);
      for (const path of ["mine/%2e%2e%2f%2e%2e/v1/me", "mine/..%5c..%5cetc", "mine/%252e%252e/a"])
        expect(await statusOf(ada, "GET", path)).toSatisfy(isClientFault);
      expect(await statusOf(ada, "PUT", inSpace("no/such/folder.txt"), { body: "1" })).toBe(409);
      const away = { destination: "https://elsewhere.example.org/dav/mine/a.txt" };
      expect(await statusOf(ada, "COPY", inSpace("ours.txt"), { headers: away })).toBe(502);
    });

    test("XML that means harm is refused", async () => {
      const entity = `<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>`;
      const bodies = [
        `${entity}<propfind xmlns="DAV:"><prop><a>&e;</a></prop></propfind>`,
        `<propfind xmlns="DAV:"><prop>${"<a>".repeat(3000)}${"</a>".repeat(3000)}</prop></propfind>`,
        "<propfind",
        "\u0000",
        `<propfind xmlns="DAV:"><prop><x:a/></prop></propfind>`,
      ];
      for (const body of bodies)
        expect(await statusOf(ada, "PROPFIND", inSpace(), { headers: { depth: "0" }, body })).toBe(400);
      const huge = `<propfind xmlns="DAV:"><prop>${"<a/>".repeat(100_000)}</prop></propfind>`;
      expect(await statusOf(ada, "PROPFIND", inSpace(), { headers: { depth: "0" }, body: huge })).toBe(413);
      expect(await statusOf(ada, "PROPFIND", inSpace(), { headers: { depth: "infinity" } })).toBe(403);
      expect(await statusOf(ada, "SEARCH", inSpace())).toBe(405);
    });

    test("what programs keep about a file stays with it, and with its copy", async () => {
      await dav(ada, "PUT", inSpace("dead.txt"), { body: "1" });
      const body = setting(
        `<Z:Win32FileAttributes xmlns:Z="urn:schemas-microsoft-com:">20 &amp; é</Z:Win32FileAttributes>`,
      );
      expect(await statusOf(ada, "PROPPATCH", inSpace("dead.txt"), { body })).toBe(207);
      const headers = { destination: `/dav/${inSpace("dead-copy.txt")}` };
      expect(await statusOf(ada, "COPY", inSpace("dead.txt"), { headers })).toBe(201);
      for (const path of ["dead.txt", "dead-copy.txt"]) {
        const found = await dav(bo, "PROPFIND", inSpace(path), { headers: { depth: "0" } });
        expect(await found.text()).toContain("20 &amp; é");
      }
      const live = setting("<getetag>x</getetag>");
      const refused = await dav(ada, "PROPPATCH", inSpace("dead.txt"), { body: live });
      expect(await refused.text()).toContain("403 Forbidden");
    });

    test("an application password opens the door, nothing else, and until it is ended", async () => {
      const made = await ada.post("/v1/app-passwords", { name: "Explorateur" });
      expect([made.status, made.headers.get("cache-control")]).toEqual([201, "no-store"]);
      const { username, password, sessionId } = appPasswordSchema.parse(await made.json());
      const ask = (authorization: string, path: string) =>
        workplace.app.fetch(
          new Request(`http://parvis.test${path}`, { method: "OPTIONS", headers: { authorization } }),
        );
      const basic = (word: string) => `Basic ${Buffer.from(`${username}:${word}`).toString("base64")}`;
      expect((await ask(basic(password), "/dav/mine/")).status).toBe(200);
      const refused = await ask(basic(`${password}x`), "/dav/mine/");
      expect([refused.status, refused.headers.get("www-authenticate")]).toEqual([
        401,
        'Basic realm="Parvis", charset="UTF-8"',
      ]);
      expect((await ask(`Bearer ${password}`, "/dav/mine/")).status).toBe(401);
      const me = new Request("http://parvis.test/v1/me", {
        headers: { authorization: `Bearer ${password}` },
      });
      expect((await workplace.app.fetch(me)).status).toBe(401);
      const rows = await ada.rows(personScope(ada.id), "session");
      expect(rows.map(({ data }) => data)).toContainEqual(
        expect.objectContaining({ id: sessionId, device: expect.objectContaining({ shell: "dav" }) }),
      );
      expect(JSON.stringify(rows)).not.toContain(password);
      await ada.does("session.end", personScope(ada.id), { id: sessionId, personId: ada.id, wipe: false });
      expect((await ask(basic(password), "/dav/mine/")).status).toBe(401);
    });

    test("guesses are slowed down, and nobody has application passwords without end", async () => {
      const authorization = `Basic ${Buffer.from("ada:guess").toString("base64")}`;
      const guess = () => dav(ada, "OPTIONS", "mine/", { headers: { authorization } });
      let status = 401;
      for (let tries = 0; tries < 250 && status === 401; tries += 1) status = (await guess()).status;
      expect(status).toBe(429);
      let made = 201;
      for (let count = 0; count < 40 && made === 201; count += 1)
        made = (await bo.post("/v1/app-passwords", { name: "x" })).status;
      expect(made).toBe(409);
    });
  });
}

function isClientFault(status: number): boolean {
  return status >= 400 && status < 500;
}
