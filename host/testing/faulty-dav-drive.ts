import { drivePathSchema, TOP, type DrivePath } from "#contract/drives.ts";
import { DriveError } from "../drives/drive-error.ts";
import type { DriveCall } from "../drives/drive.ts";
import { basicAuthorization } from "../drives/webdav/authorization.ts";
import { WebdavDrive, type WebdavDriveOptions } from "../drives/webdav/webdav-drive.ts";
import { faultyDav, MULTISTATUS, type FaultyDav, type Misbehaviour } from "./faulty-dav.ts";

export const call: DriveCall = { signal: new AbortController().signal };
export const at = (path: string): DrivePath => drivePathSchema.parse(path);

export function driveOn(
  server: Pick<FaultyDav, "address">,
  options: Partial<WebdavDriveOptions> = {},
): WebdavDrive {
  return new WebdavDrive({
    address: server.address,
    fetch: (url, init) => fetch(url, init),
    authorization: basicAuthorization("anna", "secret"),
    ...options,
  });
}

export async function namesIn(drive: WebdavDrive): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of drive.list(TOP, call)) names.push(name);
  return names;
}

export async function readText(drive: WebdavDrive, path: string): Promise<string> {
  return new Response((await drive.read(at(path), {}, call)).stream).text();
}

export const content = (text: string) => ({
  stream: new Blob([text]).stream(),
  sizeBytes: text.length,
  condition: "any" as const,
});

/** What a call fails with; undefined where it does not. */
export const faultOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => (error instanceof DriveError ? error.fault : error),
  );

/** A server that has the file `a`, and answers one method wrongly. */
export async function serverWith(method: string, fault: Misbehaviour): Promise<FaultyDav> {
  const server = await faultyDav();
  server.files.set("a", { text: "bonjour" });
  server.faults.set(method, fault);
  return server;
}

export const xml =
  (text: string, status = 207): Misbehaviour =>
  (incoming, response) => {
    incoming.resume();
    response.writeHead(status, MULTISTATUS).end(text);
  };

export const only =
  (status: number, headers: Record<string, string> = {}): Misbehaviour =>
  (incoming, response) => {
    incoming.resume();
    response.writeHead(status, headers).end();
  };
