import { spawnSync } from "node:child_process";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";

/** Programs of the system that only some tests need, and the Debian packages that bring them. */
const systemPrograms = {
  chromium: {
    isPresent: () => chromiumPath() !== undefined,
    packages: ["chromium", "fonts-noto-color-emoji"],
  },
  postgresql: {
    isPresent: () => globSync("/usr/lib/postgresql/*/bin/initdb").length > 0,
    packages: ["postgresql"],
  },
  "secret service": {
    isPresent: () => existsSync("/usr/bin/gnome-keyring-daemon") && existsSync("/usr/bin/dbus-run-session"),
    packages: ["gnome-keyring", "libsecret-1-0", "dbus"],
  },
  "installer compiler": {
    isPresent: () => existsSync("/usr/bin/makensis"),
    packages: ["nsis"],
  },
  "notification daemon": {
    isPresent: hasNotificationDaemon,
    packages: ["xvfb", "xauth", "dunst", "libnotify-bin", "dbus"],
  },
} as const;

/** A screen of its own, a session bus and what shows notifications on them. */
export function hasNotificationDaemon(): boolean {
  return ["xvfb-run", "dunst", "dunstctl", "notify-send", "dbus-run-session"].every((name) =>
    existsSync(`/usr/bin/${name}`),
  );
}

/** The browser that the end-to-end tests drive: `PARVIS_CHROMIUM`, else the system's. */
export function chromiumPath(): string | undefined {
  const candidates = [
    process.env["PARVIS_CHROMIUM"],
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
  ];
  return candidates.find((path) => path !== undefined && existsSync(path));
}

function mayInstall(): boolean {
  return process.getuid?.() === 0 && existsSync("/etc/debian_version") && existsSync("/usr/bin/apt-get");
}

/** Keeps packages from starting daemons of their own while they are installed. */
function forbidDaemons(): void {
  const file = "/usr/sbin/policy-rc.d";
  if (!existsSync(file)) writeFileSync(file, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
}

/** Installs what is missing where that is allowed; returns a line for each program that is still missing. */
export function ensureSystemPrograms(print: (line: string) => void): string[] {
  const missing = Object.entries(systemPrograms).filter(([, program]) => !program.isPresent());
  if (missing.length > 0 && mayInstall()) {
    const packages = missing.flatMap(([, program]) => program.packages);
    print(`Installing what some tests need: ${packages.join(" ")}`);
    forbidDaemons();
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    spawnSync("apt-get", ["update", "-qq"], { env, stdio: "ignore" });
    const install = ["install", "-y", "-qq", "--no-install-recommends", ...packages];
    const done = spawnSync("apt-get", install, { env, encoding: "utf8" });
    if (done.status !== 0) print(done.stderr.trim().split("\n").slice(-3).join("\n"));
  }
  return missing
    .filter(([, program]) => !program.isPresent())
    .map(
      ([name, program]) =>
        `${name} is missing: install ${program.packages.join(" ")} to run the tests that need it`,
    );
}

/** Debian, version and all, for messages; empty elsewhere. */
export function systemName(): string {
  if (!existsSync("/etc/os-release")) return process.platform;
  return /PRETTY_NAME="(.*)"/.exec(readFileSync("/etc/os-release", "utf8"))?.[1] ?? process.platform;
}
