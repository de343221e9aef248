import { join } from "node:path";
import { EmbeddedWorkplace } from "../workplace/embedded-workplace.ts";
import { nodeWorkplace } from "../workplace/workplace-process.ts";

/** Starts the fake workplace as a host does and waits to be killed. */
const workplace = new EmbeddedWorkplace({
  start: nodeWorkplace(join(import.meta.dirname, "fake-workplace.ts")),
  dataDir: "unused",
  port: undefined,
  log: () => undefined,
  onChange: () => undefined,
});
process.stdout.write(`${await workplace.start()}\n`);
