import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { storeRules } from "../testing/secret-store-rules.ts";
import { tempFolder } from "../testing/temp-folder.ts";

const hasKeyring = ["dbus-run-session", "gnome-keyring-daemon"].every(
  (command) => spawnSync("sh", ["-c", `command -v ${command}`]).status === 0,
);
const CLIENT = join(import.meta.dirname, "..", "testing", "keyring-client.ts");
if (process.platform === "linux" && !hasKeyring) {
  process.stderr.write(
    "SKIPPED: keyring tests need gnome-keyring and dbus (apt-get install gnome-keyring dbus)\n",
  );
}

/** Runs a shell script in a D-Bus session of its own; `client` in it is the keyring client. */
function inSession(home: string, script: string): unknown[] {
  const prelude = `export HOME=${home} XDG_RUNTIME_DIR=${home}/run XDG_DATA_HOME=${home}/.local/share
    mkdir -p $XDG_DATA_HOME $XDG_RUNTIME_DIR; chmod 700 $XDG_RUNTIME_DIR
    client() { ${process.execPath} ${CLIENT} "$@"; echo; }`;
  const run = spawnSync("dbus-run-session", ["--", "bash", "-c", `${prelude}\n${script}`], {
    encoding: "utf8",
    timeout: 25_000,
  });
  return run.stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line): unknown => JSON.parse(line));
}

const UNLOCK = `eval "$(printf 'pw\\n' | gnome-keyring-daemon --unlock --components=secrets)" > /dev/null`;

test.skipIf(!hasKeyring)("keeps, gives back and removes secrets in a real keyring", async () => {
  const answers = inSession(
    await tempFolder(),
    `${UNLOCK}
    client check none; client set tokens/a 'é secret'; client get tokens/a; client delete tokens/a; client delete tokens/a`,
  );
  expect(answers).toEqual([
    { value: null },
    { value: "é secret" },
    { value: "é secret" },
    { value: null },
    { value: null },
  ]);
});

test.skipIf(!hasKeyring)("a real keyring keeps the rules of every store", async () => {
  const [answer] = inSession(await tempFolder(), `${UNLOCK}\nclient rules`);
  expect(answer).toEqual({ value: storeRules.map((rule) => rule.name) });
});

test.skipIf(!hasKeyring)(
  "a keyring that is locked says so in time, and still has its secrets afterwards",
  async () => {
    const home = await tempFolder();
    expect(inSession(home, `${UNLOCK}\nclient set a kept`)).toEqual([{ value: "kept" }]);
    const [locked] = inSession(
      home,
      `gnome-keyring-daemon --start --components=secrets > /dev/null 2>&1\nclient get a`,
    );
    expect(locked).toMatchObject({ kind: "locked", status: { store: "keyring", isLocked: true } });
    expect(inSession(home, `${UNLOCK}\nclient get a`)).toEqual([{ value: "kept" }]);
  },
);

test.skipIf(process.platform !== "linux")("no keyring at all is a plain problem", () => {
  const { DBUS_SESSION_BUS_ADDRESS: _, ...env } = process.env;
  const run = spawnSync(process.execPath, [CLIENT, "check"], {
    encoding: "utf8",
    env: { ...env, XDG_RUNTIME_DIR: "/nonexistent" },
  });
  expect(JSON.parse(run.stdout)).toMatchObject({
    kind: "secretsUnavailable",
    status: { isLocked: true, reason: expect.stringContaining("cannot be used") },
  });
});
