import { readdirSync, readFileSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { startParvis, temporaryFolder } from "./support/processes.ts";

const PASSPHRASE = "phrase-de-passe-de-l-environnement";

interface Seen {
  /** Processes that were started by others that have the passphrase, and do not have it. */
  clean: Set<string>;
  leaking: Set<string>;
}

const read = (pid: string, name: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    // It has ended.
    return "";
  }
};

/** Looks at every child of this test's child, and theirs, again and again. */
function watch(): { seen: Seen; stop: () => void } {
  const seen: Seen = { clean: new Set(), leaking: new Set() };
  const look = (): void => {
    const parents = new Map(
      readdirSync("/proc")
        .filter((name) => /^\d+$/.test(name))
        .map((pid) => [
          pid,
          read(pid, "stat")
            .replace(/^.*\) /s, "")
            .split(" ")[1] ?? "",
        ]),
    );
    const generation = (pid: string): number => {
      let steps = 0;
      for (let at: string | undefined = pid; at !== undefined && at !== "0"; at = parents.get(at)) {
        if (at === String(process.pid)) return steps;
        steps += 1;
      }
      return 0;
    };
    for (const pid of parents.keys()) {
      // Parvis itself is the first generation.
      if (generation(pid) < 2) continue;
      const command = read(pid, "cmdline");
      const environment = read(pid, "environ");
      // Between being copied and becoming another program it is Parvis still.
      if (environment === "" || command.includes("host/cli/start.ts")) continue;
      (environment.includes(PASSPHRASE) ? seen.leaking : seen.clean).add(command.replaceAll("\0", " "));
    }
  };
  const timer = setInterval(look, 20);
  return { seen, stop: () => clearInterval(timer) };
}

test.skipIf(process.platform !== "linux")(
  "the passphrase is in the environment of no process that Parvis starts, from its first moment",
  { timeout: 120_000 },
  async () => {
    const folder = temporaryFolder("passphrase-environment");
    onTestFinished(() => folder.remove());
    const { seen, stop } = watch();
    onTestFinished(stop);
    const parvis = await startParvis(["--data", folder.path, "--port", "0"], {
      PARVIS_PASSPHRASE: PASSPHRASE,
    });
    onTestFinished(() => parvis.kill());
    await expect.poll(() => [...seen.clean].join("\n")).toContain("server/cli/serve.ts");
    stop();
    await parvis.stop();
    expect([...seen.leaking]).toEqual([]);
    // The bundler is the first of them.
    expect([...seen.clean].join("\n")).toContain("build/bundle.ts");
  },
);
