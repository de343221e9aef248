import { connect, type Socket } from "node:net";
import * as electron from "./electron.ts";
import { textAt } from "./chromium/cdp.ts";

/** The way of the test's process into this one: functions to evaluate, as Playwright's `electronApp.evaluate` sends them. */
export function openControl(address: string): { tell: (message: object) => void } {
  const socket = connect(address);
  socket.on("error", () => undefined);
  // The application ends when it wants to, not when the test does.
  socket.unref();
  let text = "";
  socket.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
    const lines = text.split("\n");
    text = lines.pop() ?? "";
    for (const line of lines) void run(socket, JSON.parse(line));
  });
  return { tell: (message) => socket.write(`${JSON.stringify(message)}\n`) };
}

async function run(socket: Socket, request: { id: number; source: string; arg: unknown }): Promise<void> {
  const answer = (message: object): void => {
    socket.write(`${JSON.stringify({ id: request.id, ...message })}\n`);
  };
  try {
    // oxlint-disable-next-line no-eval -- The test's own function, as text.
    const act: unknown = (0, eval)(`(${request.source})`);
    if (typeof act !== "function") throw new TypeError("not a function");
    answer({ value: await Reflect.apply(act, undefined, [electron, request.arg]) });
  } catch (error) {
    answer({ error: error instanceof Error ? (error.stack ?? error.message) : textAt({ error }, "error") });
  }
}
