import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isInstalled, skipLoudly, startPeer } from "./peer-process.ts";

/** A real mount of the kernel whose server can be stopped: every call into it then blocks where no signal reaches. */
export interface HungMount {
  /** Where it is mounted. */
  folder: string;
  /** Writes on the server's side. */
  put: (name: string, text: string) => Promise<void>;
  freeze: () => void;
  wake: () => void;
  stop: () => Promise<void>;
}

/** Undefined where a file system of a program (FUSE) cannot be mounted. */
export async function hungMount(): Promise<HungMount | undefined> {
  const isThere = isInstalled("rclone", ["rclone"]) && isInstalled("fusermount3", ["fuse3"]);
  if (process.platform !== "linux" || !isThere) return skipped();
  const base = mkdtempSync(join(tmpdir(), "parvis-hung-"));
  const [source, folder, cache] = [join(base, "source"), join(base, "mount"), join(base, "cache")];
  for (const each of [source, folder, cache]) mkdirSync(each);
  const fresh = ["--dir-cache-time", "0s", "--attr-timeout", "0s", "--vfs-cache-mode", "writes"];
  const peer = startPeer("rclone", ["mount", source, folder, "--cache-dir", cache, ...fresh], {
    env: { ...process.env, RCLONE_CONFIG: "/dev/null" },
  });
  const signal = (name: NodeJS.Signals) => () => void peer.child.kill(name);
  const wake = signal("SIGCONT");
  const stop = async () => {
    wake();
    unmount(folder);
    await peer.stop();
    rmSync(base, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 100 && peer.child.exitCode === null; tries += 1) {
    if (readFileSync("/proc/self/mountinfo", "utf8").includes(` ${folder} `)) {
      const put = (name: string, text: string) => writeFile(join(source, name), text);
      return { folder, put, freeze: signal("SIGSTOP"), wake, stop };
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
  await stop();
  return skipped();
}

function unmount(folder: string): void {
  try {
    execFileSync("fusermount3", ["-uz", folder], { stdio: "ignore" });
  } catch {
    // It was not mounted, or no longer.
  }
}

function skipped(): undefined {
  skipLoudly("a mount through FUSE");
  return undefined;
}
