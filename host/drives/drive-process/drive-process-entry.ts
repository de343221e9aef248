import { LocalDrive } from "../local/local-drive.ts";
import type { FromProcess } from "./messages.ts";
import { DriveServer } from "./serve-drive.ts";

/** Of a utility process of Electron, which has no `process.send`. */
interface ParentPort {
  postMessage: (message: unknown) => void;
  on: (event: "message", listener: (event: { data: unknown }) => void) => void;
}

/** Entry of the process that looks after one mount: should the kernel hang, it hangs alone. */
function serve(folder: string): void {
  const port = parentPort(process);
  const send = (message: FromProcess): void => {
    if (port === undefined) process.send?.(message);
    else port.postMessage(message);
  };
  const server = new DriveServer(new LocalDrive(folder), send);
  if (port === undefined) process.on("message", (message) => server.take(message));
  else port.on("message", ({ data }) => server.take(data));
  // Nobody is left to work for.
  process.once("disconnect", () => process.exit(0));
}

function parentPort(owner: object): ParentPort | undefined {
  if (!("parentPort" in owner) || owner.parentPort === null || owner.parentPort === undefined)
    return undefined;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Electron's own, whose types are not known here
  return owner.parentPort as ParentPort;
}

serve(process.argv[2] ?? "");
