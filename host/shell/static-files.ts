import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import { Readable } from "node:stream";
import { errorCode } from "../files/atomic-file.ts";
import { pageSecurityHeaders } from "./security-headers.ts";

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".txt": "text/plain; charset=utf-8",
  ".map": "application/json; charset=utf-8",
};

/** Vite puts a hash of its content into the name of everything in this folder. */
const HASHED = /^\/assets\//;

export interface StaticFiles {
  /** `undefined` when there is no such file. */
  handle(request: Request): Promise<Response | undefined>;
}

/** The built pages, and nothing outside their folder. A path without extension is a place inside the application. */
export function createStaticFiles(folder: string): StaticFiles {
  return {
    async handle(request) {
      if (request.method !== "GET" && request.method !== "HEAD") return undefined;
      const pathname = decodePath(new URL(request.url).pathname);
      if (pathname === undefined) return undefined;
      const isPlace = extname(pathname) === "";
      const path = join(folder, isPlace ? "index.html" : pathname);
      // After join, which resolves "..": joined rather than resolved, so that a leading slash does not drop the folder.
      if (!path.startsWith(folder + sep)) return undefined;
      return serve(path, request.method, HASHED.test(pathname));
    },
  };
}

function decodePath(pathname: string): string | undefined {
  try {
    const path = decodeURIComponent(pathname);
    return path.includes("\0") || path.includes("\\") ? undefined : path;
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

async function serve(path: string, method: string, isHashed: boolean): Promise<Response | undefined> {
  const size = await sizeOf(path);
  if (size === undefined) return undefined;
  const headers = pageSecurityHeaders();
  headers.set("content-type", TYPES[extname(path)] ?? "application/octet-stream");
  headers.set("content-length", String(size));
  headers.set("cache-control", isHashed ? "public, max-age=31536000, immutable" : "no-store");
  if (method === "HEAD") return new Response(null, { headers });
  return new Response(Readable.toWeb(createReadStream(path)), { headers });
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : undefined;
  } catch (error) {
    if (errorCode(error) === "ENOENT" || errorCode(error) === "ENOTDIR") return undefined;
    throw error;
  }
}
