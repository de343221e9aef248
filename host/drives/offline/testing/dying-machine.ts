import { LocalDrive } from "../../local/local-drive.ts";
import { Machine } from "./machine.ts";

/** Synchronises once and is killed, without any farewell, at the step that it is told. Says so when it lived to the end. */
const [folder = "", drive = "", step = "0"] = process.argv.slice(2);
let reached = 0;
const machine = await Machine.start({
  folder,
  drive: new LocalDrive(drive),
  // One at a time: each step is then the same in every run.
  capacity: () => 1,
  reached: (stage, kind) => {
    reached += 1;
    if (reached !== Number(step)) return;
    process.stdout.write(`${kind} ${stage}\n`);
    process.kill(process.pid, "SIGKILL");
  },
});
await machine.converge();
machine.close();
process.stdout.write("alive\n");
