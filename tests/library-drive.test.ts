import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accountIdSchema } from "#contract/account.ts";
import { drivePathSchema, TOP, type DriveEntry, type DrivePath } from "#contract/drives.ts";
import { scopeSchema } from "#contract/scope.ts";
import { scopeListSchema } from "#contract/sync.ts";
import { tokenResponseSchema } from "#contract/sign-in.ts";
import { openLibrary } from "#host/drives/library-drive.ts";
import { bearerAuthorization } from "#host/drives/webdav/authorization.ts";
import { WebdavDrive } from "#host/drives/webdav/webdav-drive.ts";
import { driveRules, type TriedDrive } from "#host/testing/drive-rules.ts";
import { startServer, temporaryFolder, type RunningProgram } from "./support/processes.ts";

/** Libraries of a real workplace as drives, over its own `/dav/`. */

const folder = temporaryFolder("library-drive");
const call = { signal: new AbortController().signal };
const accountId = accountIdSchema.parse(randomUUID());
let server: RunningProgram;
let token: string;
let personId: string;

beforeAll(async () => {
  server = await startServer(["--demo", "--data", folder.path, "--port", "0"]);
  const answer = await fetch(`${server.url}/v1/token`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ grant_type: "password", username: "mairie", password: "demo" }),
  });
  ({ access_token: token, person_id: personId } = tokenResponseSchema.parse(await answer.json()));
});

afterAll(async () => {
  await server.stop();
  folder.remove();
});

/** With a token that is refused first where `renewals` takes it. */
function openScope(scope: string, renewals?: string[]): WebdavDrive {
  const accounts = {
    accessToken: (_id: unknown, refused?: string) => {
      if (refused !== undefined) renewals?.push(refused);
      return Promise.resolve(renewals?.length === 0 ? "ended" : token);
    },
  };
  const definition = { address: `${server.url}/`, accountId, scope: scopeSchema.parse(scope) };
  return openLibrary(definition, { accounts, fetch: (url, init) => fetch(url, init) });
}

async function entriesIn(drive: WebdavDrive, path: DrivePath): Promise<DriveEntry[]> {
  const entries: DriveEntry[] = [];
  for await (const entry of drive.list(path, call)) entries.push(entry);
  return entries;
}

const textOf = async (drive: WebdavDrive, path: string) =>
  new Response((await drive.read(drivePathSchema.parse(path), {}, call)).stream).text();

const content = (text: string) => ({
  stream: new Blob([text]).stream(),
  sizeBytes: text.length,
  condition: "any" as const,
});

test("a token that has ended is renewed once, and the library opens", async () => {
  const renewals: string[] = [];
  const drive = openScope(`person:${personId}`, renewals);
  expect(await drive.capabilities(call)).toMatchObject({
    canWrite: true,
    canLock: true,
    isCaseSensitive: false,
  });
  expect(await drive.stat(TOP, call)).toMatchObject({ kind: "folder" });
  expect(renewals).toEqual(["ended"]);
});

test("the library of a space is found by its id, and what is written there is read back", async () => {
  const { scopes } = scopeListSchema.parse(
    await (await fetch(`${server.url}/v1/scopes`, { headers: { authorization: `Bearer ${token}` } })).json(),
  );
  const space = scopes.find(({ scope }) => scope.startsWith("space:"));
  const drive = openScope(space?.scope ?? "");
  const path = drivePathSchema.parse("Essai d’accents é.txt");
  const first = await drive.write(path, content("un"), call);
  const second = await drive.write(
    path,
    { ...content("deux"), condition: { ifVersion: first.version ?? "" } },
    call,
  );
  expect(second.version).not.toBe(first.version);
  expect(await textOf(drive, path)).toBe("deux");
  expect((await entriesIn(drive, TOP)).map(({ name }) => name)).toContain("Essai d’accents é.txt");
  await drive.remove(path, { ifVersion: second.version ?? "" }, call);
});

let count = 0;

driveRules("on the door of a workplace", {
  make: () => ownFolder(),
  claims: {
    canWrite: true,
    canLock: true,
    canReadParts: true,
    canTellChanges: false,
    isCaseSensitive: false,
  },
  refusedNames: ["finit par un point.", " commence par une espace", "CON"],
  many: 150,
});

/** A folder of one's own library for each test, and the same person on another machine. */
async function ownFolder(): Promise<TriedDrive> {
  const library = openScope(`person:${personId}`);
  count += 1;
  const name = drivePathSchema.parse(`essai-${count}`);
  await library.makeFolder(name, call);
  const drive = new WebdavDrive({
    address: `${server.url}/dav/mine/${name}/`,
    fetch: (url, init) => fetch(url, init),
    authorization: bearerAuthorization(() => Promise.resolve(token)),
    isCaseSensitive: false,
    isAtomic: true,
  });
  return {
    drive,
    putBehind: async (path, text) => {
      await library.write(drivePathSchema.parse(`${name}/${path}`), content(text), call);
    },
    close: async () => {
      await drive.close();
      await library.remove(name, {}, call);
    },
  };
}
