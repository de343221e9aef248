import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

export interface FolderServer {
  url: string;
  close(): Promise<void>;
}

/** Names as update files have them: no folders, nothing hidden. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._()+-]*$/u;

/**
 * Files of a folder or share on 127.0.0.1, behind a path that nobody can guess: the updater reads from the web only.
 */
export async function serveFolder(folder: string): Promise<FolderServer> {
  const secret = randomBytes(24).toString("base64url");
  const server = createServer((request, response) => {
    const name = nameIn(request.url ?? "", secret);
    const done =
      request.method !== "GET" || name === undefined
        ? notFound(response)
        : send(join(folder, name), response);
    // A reader that went away, or a share that did: the updater sees the answer break off.
    done.catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new TypeError("the server has no port");
  return {
    url: `http://127.0.0.1:${address.port}/${secret}/`,
    async close() {
      const closed = new Promise((resolve) => {
        server.close(resolve);
      });
      server.closeAllConnections();
      await closed;
    },
  };
}

function nameIn(url: string, secret: string): string | undefined {
  const path = URL.parse(url, "http://127.0.0.1")?.pathname ?? "";
  if (!path.startsWith(`/${secret}/`)) return undefined;
  try {
    const name = decodeURIComponent(path.slice(secret.length + 2));
    return NAME.test(name) ? name : undefined;
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

async function send(path: string, response: ServerResponse): Promise<void> {
  const file = await stat(path).catch(() => undefined);
  if (file?.isFile() !== true) return notFound(response);
  response.writeHead(200, { "content-length": file.size, "content-type": "application/octet-stream" });
  await pipeline(createReadStream(path), response);
}

async function notFound(response: ServerResponse): Promise<void> {
  response.writeHead(404).end();
}
