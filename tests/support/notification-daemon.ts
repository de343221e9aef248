import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { z } from "zod";

/** A notification as the daemon has it: the body is markup. */
export interface ShownNotification {
  title: string;
  body: string;
}

export interface NotificationDaemon {
  /** How a program reaches it. */
  env: Record<string, string>;
  /** How many are on the screen. */
  count(): number;
  /** Takes everything off the screen; what was there and before, oldest first. */
  closeAll(): ShownNotification[];
  stop(): Promise<void>;
}

const entrySchema = z.object({
  summary: z.object({ data: z.string() }),
  body: z.object({ data: z.string() }),
  id: z.object({ data: z.number() }),
});
const historySchema = z.object({ data: z.tuple([z.array(entrySchema)]) });

const SESSION = `dunst -config /dev/null >/dev/null 2>&1 &
dunst=$!
until dunstctl count >/dev/null 2>&1; do sleep 0.05; done
echo "ready $DBUS_SESSION_BUS_ADDRESS $DISPLAY $XAUTHORITY"
read -r _
kill $dunst`;

/** dunst, on a screen and a D-Bus session of its own. */
export async function startNotificationDaemon(): Promise<NotificationDaemon> {
  const child = spawn("xvfb-run", ["-a", "dbus-run-session", "--", "bash", "-c", SESSION], {
    stdio: ["pipe", "pipe", "ignore"],
  });
  const exit = once(child, "exit");
  const env = await new Promise<Record<string, string>>((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString("utf8");
      const [, bus, display, authority] = /ready (\S+) (\S+) (\S*)\n/.exec(text) ?? [];
      if (bus === undefined || display === undefined) return;
      resolve({ DBUS_SESSION_BUS_ADDRESS: bus, DISPLAY: display, XAUTHORITY: authority ?? "" });
    });
    child.once("error", reject);
    child.once("exit", () => reject(new Error("the notification daemon did not start")));
  });
  const ask = (...args: string[]): string =>
    execFileSync("dunstctl", args, { env: { ...process.env, ...env }, encoding: "utf8" });
  return {
    env,
    count: () => Number(ask("count", "displayed")),
    closeAll() {
      ask("close-all");
      const [entries] = historySchema.parse(JSON.parse(ask("history"))).data;
      return entries
        .toSorted((a, b) => a.id.data - b.id.data)
        .map((entry) => ({ title: entry.summary.data, body: entry.body.data }));
    },
    async stop() {
      child.stdin.end("\n");
      await exit;
    },
  };
}
