import dns from "node:dns";
import { appendFileSync } from "node:fs";
import net from "node:net";
import process from "node:process";

/**
 * Loaded into a process before anything else (`--import`): writes down every connection that it opens and every name that
 * it looks up, whoever in it does so and by whatever library.
 */
const path = process.env["RECORDED_CONNECTIONS"];

function write(line) {
  if (path !== undefined) appendFileSync(path, `${line}\n`);
}

// Called with the socket that it is called on: see below.
// oxlint-disable-next-line typescript/unbound-method -- `apply` gives it back its own
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function recorded(...args) {
  // Node's own form: one array of options and listener.
  const [first] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof first === "object" && first !== null && first.port !== undefined)
    write(`connect ${first.host ?? "localhost"}:${first.port}`);
  return connect.apply(this, args);
};

const { lookup } = dns;
dns.lookup = function recorded(name, ...rest) {
  write(`lookup ${name}`);
  return lookup.call(this, name, ...rest);
};
