import { createReadStream, existsSync, statSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { extname, join, normalize } from "node:path";
import { pipeline } from "node:stream/promises";

/** The policy that every page of Parvis is served with. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "media-src 'self' blob:",
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const mediaTypes: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

/** Serves a file of `folder`, or its index.html for a path without extension. */
export async function serveFile(folder: string, path: string, response: ServerResponse): Promise<void> {
  const wanted = join(folder, normalize(`/${decodeURIComponent(path)}`));
  const index = join(wanted, "index.html");
  const fallback = extname(wanted) === "" ? join(folder, "index.html") : wanted;
  const file = [index, wanted, fallback].find((each) => existsSync(each) && statSync(each).isFile());
  if (file === undefined) return void response.writeHead(404).end();
  response.writeHead(200, {
    "content-type": mediaTypes[extname(file)] ?? "application/octet-stream",
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "content-length": statSync(file).size,
    "x-content-type-options": "nosniff",
    "cache-control": file.includes("/assets/") ? "max-age=31536000, immutable" : "no-cache",
  });
  await pipeline(createReadStream(file), response);
}
