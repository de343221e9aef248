import { runInWorker } from "../bench-page.ts";

window.run = runInWorker(() => new Worker(new URL("./floor-worker.ts", import.meta.url), { type: "module" }));
