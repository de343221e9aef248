import { createServer } from "node:http";

/**
 * A server process to watch over: says that it is ready, ends with its parent, dies when asked for `/die`. With a `crash`
 * among its arguments it ends before it is ready; `silent` never is.
 */
const args = process.argv.slice(2);
const port = Number(args[args.indexOf("--port") + 1]);
process.stdin.on("end", () => process.exit(0)).resume();
if (process.env["FAKE_WORKPLACE"] === "crash") {
  process.stderr.write("the database is broken\n");
  process.exit(3);
}
const server = createServer((incoming, response) => {
  if (incoming.url === "/die") process.exit(7);
  response.end(String(process.pid));
});
server.once("error", () => process.exit(4));
server.listen(port, "127.0.0.1", () => {
  const address = server.address();
  if (process.env["FAKE_WORKPLACE"] === "silent" || address === null || typeof address === "string") return;
  process.stdout.write(`Workplace server is ready: http://127.0.0.1:${address.port}\n`);
});
