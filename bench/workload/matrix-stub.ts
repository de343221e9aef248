import type { ServerResponse } from "node:http";
import type { Route } from "../harness/bench-server.ts";

function answer(response: ServerResponse, body: object | Buffer): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(Buffer.isBuffer(body) ? body : JSON.stringify(body));
}

/** As much of a Matrix homeserver as matrix-js-sdk asks for while it starts. */
export function matrixStub(firstSync: Buffer): Route {
  return (_request, response, url) => {
    const path = url.pathname;
    if (path.endsWith("/versions")) return answer(response, { versions: ["v1.1", "v1.5", "v1.11"] });
    // The next sync is a long poll: nothing happens until the page goes.
    if (path.endsWith("/sync"))
      return url.searchParams.has("since") ? undefined : answer(response, firstSync);
    if (path.endsWith("/pushrules/")) return answer(response, { global: {} });
    if (path.endsWith("/filter")) return answer(response, { filter_id: "1" });
    if (path.endsWith("/capabilities")) return answer(response, { capabilities: {} });
    return answer(response, {});
  };
}
