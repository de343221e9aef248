import { execFileSync } from "node:child_process";
import { chmod, chown, mkdir, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { policyNames } from "#contract/policies.ts";
import { HostEvents } from "../events.ts";
import { createSettings } from "../settings.ts";
import { tempFolder } from "../testing/temp-folder.ts";
import { jsonPolicies } from "./json-policies.ts";
import { macPolicies } from "./mac-policies.ts";
import { openPolicies } from "./open-policies.ts";
import { matchesHost, matchesOrigin } from "./patterns.ts";
import { MachinePolicies } from "./policies.ts";
import { policyKind } from "./read-policies.ts";
import { windowsPolicies } from "./windows-policies.ts";

async function writePolicies(content: string, mode = 0o644): Promise<string> {
  const path = join(await tempFolder(), "policies.json");
  await writeFile(path, content);
  await chmod(path, mode);
  return path;
}

const onLinux = async (content: unknown) =>
  MachinePolicies.open(jsonPolicies(await writePolicies(JSON.stringify(content))));

test("what is right applies, what is not is named with its place, and nothing else suffers", async () => {
  const policies = await onLinux({
    mandatory: {
      IdleLockMinutes: "ten",
      CloseToTray: false,
      closeToTray: true,
      UpdateMode: "always",
      AllowedServers: ["https://parvis.example.org", 7],
      Telemetry: true,
    },
    recommended: { Autostart: true },
    Mandatory: {},
  });
  const { entries, problems } = policies.status();
  expect(entries.map(({ name, level }) => `${name} ${level}`)).toEqual([
    "Autostart recommended",
    "CloseToTray mandatory",
  ]);
  expect(problems.map(({ name = "", message }) => `${name}: ${message}`)).toEqual([
    expect.stringContaining("“Mandatory” is left out"),
    expect.stringMatching(/^IdleLockMinutes: .*expected number.*docs\/policies\.md/),
    expect.stringContaining("closeToTray: There is no policy of this name: CloseToTray was probably meant"),
    expect.stringMatching(/^UpdateMode: .*off.*mirror/),
    expect.stringMatching(/^AllowedServers: .*\(at 1\)/),
    expect.stringContaining("Telemetry: There is no policy of this name"),
  ]);
  expect(policies.get("CloseToTray")).toBe(false);
  expect(policies.get("IdleLockMinutes")).toBeUndefined();
});

test.each([
  ["{", "It is not a JSON object"],
  ["[]", "It is not a JSON object"],
  ["", "It is not a JSON object"],
])("a file with %j is reported and nothing of it applies", async (content, message) => {
  const policies = await MachinePolicies.open(jsonPolicies(await writePolicies(content)));
  expect(policies.status()).toMatchObject({
    entries: [],
    problems: [{ message: expect.stringContaining(message) }],
  });
});

test("a file that others may write to is not believed; no file is no problem", async () => {
  const open = await writePolicies(`{"mandatory":{"CloseToTray":false}}`, 0o666);
  expect((await MachinePolicies.open(jsonPolicies(open))).status()).toMatchObject({
    entries: [],
    problems: [{ message: expect.stringContaining("others than its owner") }],
  });
  const none = await MachinePolicies.open(jsonPolicies(join(await tempFolder(), "none.json")));
  expect(none.status()).toEqual({ entries: [], problems: [], managedSettings: [] });
});

test.skipIf(process.platform === "win32").each([
  ["a pipe that nobody writes to", async (path: string) => void execFileSync("mkfifo", [path])],
  ["a folder", (path: string) => mkdir(path)],
  ["a gigabyte", (path: string) => writeFile(path, "").then(() => truncate(path, 1_000_000_000))],
  ["a link to an endless device", (path: string) => symlink("/dev/zero", path)],
])("%s where the policies should be is reported, and the start goes on", async (_what, put) => {
  const path = join(await tempFolder(), "policies.json");
  await put(path);
  expect((await MachinePolicies.open(jsonPolicies(path))).status()).toMatchObject({
    entries: [],
    problems: [{ message: expect.stringContaining("It is not read: it is ") }],
  });
});

test.skipIf(process.getuid?.() !== 0)("a file of somebody else is not believed", async () => {
  const path = await writePolicies(`{"mandatory":{"CloseToTray":false}}`);
  await chown(path, 12_345, 12_345);
  expect((await MachinePolicies.open(jsonPolicies(path))).status()).toMatchObject({
    entries: [],
    problems: [{ message: expect.stringContaining("belongs to somebody else") }],
  });
});

/** As `reg export` writes it: UTF-16 read as text, continued lines, escapes, binary lists. */
const MACHINE = `\uFEFFWindows Registry Editor Version 5.00\r
\r
[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Parvis]\r
"IdleLockMinutes"=dword:0000000a\r
"CloseToTray"=dword:00000000\r
"DownloadsFolder"="D:\\\\Téléchargements \\"é\\""\r
"CertificateFolder"=hex(2):25,00,41,00,25,00,5c,00,\\\r
  63,00,00,00\r
"HiddenModules"=hex(7):66,00,65,00,65,00,64,00,00,00,00,00\r
\r
[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Parvis\\AllowedServers]\r
"2"="https://b.example.org"\r
"10"="https://c.example.org"\r
"1"="https://a.example.org"\r
\r
[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Parvis\\Recommended]\r
"Autostart"=dword:00000001\r
`;
const PERSON = MACHINE.replaceAll("HKEY_LOCAL_MACHINE", "HKEY_CURRENT_USER")
  .replace("0000000a", "0000001e")
  .replace(`"Autostart"=dword:00000001`, `"LogLevel"="debug"`)
  .replace(`"CloseToTray"=dword:00000000`, `"LockWithSystem"=dword:00000001`);

test("the registry: the machine's key wins over the person's, numbers are booleans, lists keep their order", async () => {
  const policies = await MachinePolicies.open(
    windowsPolicies(async (key) => (key.startsWith("HKLM") ? MACHINE : PERSON)),
  );
  expect(Object.fromEntries(policies.status().entries.map(({ name, value }) => [name, value]))).toEqual({
    IdleLockMinutes: 10,
    CloseToTray: false,
    LockWithSystem: true,
    DownloadsFolder: `D:\\Téléchargements "é"`,
    CertificateFolder: "%A%\\c",
    HiddenModules: ["feed"],
    AllowedServers: ["https://a.example.org", "https://b.example.org", "https://c.example.org"],
    Autostart: true,
    LogLevel: "debug",
  });
  const sources = policies.status().entries.map(({ name, source }) => `${name} ${source}`);
  expect(sources).toContain("IdleLockMinutes HKLM\\SOFTWARE\\Policies\\Parvis");
  expect(sources).toContain("LockWithSystem HKCU\\SOFTWARE\\Policies\\Parvis");
  expect(sources).toContain("Autostart HKLM\\SOFTWARE\\Policies\\Parvis\\Recommended");
  expect(policies.status().problems).toEqual([]);
});

const key = (hive: string, level: string, minutes: number) =>
  `[${hive}\\SOFTWARE\\Policies\\Parvis${level}]\n"IdleLockMinutes"=dword:${minutes.toString(16)}\n`;

test("what the person's own key makes mandatory wins over what the machine's recommends", async () => {
  const policies = await MachinePolicies.open(
    windowsPolicies(async (path) =>
      path.startsWith("HKLM")
        ? key("HKEY_LOCAL_MACHINE", "\\Recommended", 5)
        : key("HKEY_CURRENT_USER", "", 9),
    ),
  );
  expect(policies.get("IdleLockMinutes")).toBe(9);
});

test("a registry that cannot be read is reported; a machine without the keys is not managed", async () => {
  const refused = await MachinePolicies.open(
    windowsPolicies(async () => {
      throw new Error("Access is denied.");
    }),
  );
  expect(refused.status().problems).toEqual([
    { source: "HKLM\\SOFTWARE\\Policies\\Parvis", message: "It cannot be read: Access is denied." },
    { source: "HKCU\\SOFTWARE\\Policies\\Parvis", message: "It cannot be read: Access is denied." },
  ]);
  const none = await MachinePolicies.open(windowsPolicies(async () => undefined));
  expect(none.status().problems).toEqual([]);
});

test("managed preferences: the machine's file before the person's, recommended apart, the system's own keys left out", async () => {
  const folder = await tempFolder();
  await mkdir(join(folder, "agent"));
  const machine = join(folder, "fr.parvis.desktop.plist");
  await writeFile(machine, "");
  await writeFile(join(folder, "agent", "fr.parvis.desktop.plist"), "");
  const policies = await MachinePolicies.open(
    macPolicies({
      folder,
      username: "agent",
      convert: async (path) =>
        JSON.stringify(
          path === machine
            ? { CloseToTray: true, PayloadUUID: "x", Recommended: { Autostart: true } }
            : { CloseToTray: false, LogLevel: "debug" },
        ),
    }),
  );
  expect(policies.status()).toMatchObject({ problems: [] });
  expect(policies.get("CloseToTray")).toBe(true);
  expect(policies.get("LogLevel")).toBe("debug");
  expect(policies.isMandatory("Autostart")).toBe(false);
  expect(policies.get("Autostart")).toBe(true);
});

test("settings: proposed until chosen, imposed whatever was chosen, told when policies change", async () => {
  const path = await writePolicies(
    `{"mandatory":{"CloseToTray":false},"recommended":{"Autostart":true,"IdleLockMinutes":10}}`,
  );
  const policies = await MachinePolicies.open(jsonPolicies(path));
  const events = new HostEvents();
  const settings = createSettings(await tempFolder(), events, () => undefined, policies);
  expect(await settings.get()).toMatchObject({ closeToTray: false, autostart: true, lockAfterMinutes: 10 });
  await settings.set({ autostart: false, theme: "dark" });
  expect(await settings.get()).toMatchObject({ autostart: false, theme: "dark" });
  await expect(settings.set({ closeToTray: true, theme: "light" })).rejects.toMatchObject({
    kind: "forbidden",
  });
  expect(await settings.get()).toMatchObject({ theme: "dark" });
  expect(policies.status().managedSettings).toEqual(["closeToTray"]);
  const told = new Promise((resolve) => {
    events.subscribe((event) => {
      if (event.type === "settingsChanged") resolve(event.settings);
    });
  });
  await writeFile(path, `{"mandatory":{"Autostart":true}}`);
  await policies.renew();
  expect(await told).toMatchObject({ autostart: true, closeToTray: true, lockAfterMinutes: 0 });
});

test("a further file takes nothing away from the machine's own", async () => {
  const path = await writePolicies(`{"mandatory":{"LogLevel":"debug"}}`);
  const policies = await openPolicies("linux", { PARVIS_POLICIES: path });
  expect(policies.status().entries.at(-1)).toMatchObject({ name: "LogLevel", source: path });
});

const origins = (pattern: string, list: string[]) => list.filter((origin) => matchesOrigin(pattern, origin));

test("addresses and hosts match as written, and nothing that merely looks alike", () => {
  const asked = [
    "https://parvis.example.org",
    "http://parvis.example.org",
    "https://parvis.example.org:8443",
    "https://a.parvis.example.org",
    "https://evilparvis.example.org",
    "https://parvis.example.org.evil.example",
  ];
  expect(origins("https://parvis.example.org", asked)).toEqual(["https://parvis.example.org"]);
  expect(origins("parvis.example.org:8443", asked)).toEqual(["https://parvis.example.org:8443"]);
  expect(origins("https://*.parvis.example.org/", asked)).toEqual([
    "https://parvis.example.org",
    "https://a.parvis.example.org",
  ]);
  expect(origins("https://", asked)).toEqual([]);
  expect(matchesHost("*", "anything.example")).toBe(true);
  expect(matchesHost("*.example.org", "example.org.evil.example")).toBe(false);
});

test("every policy is of a kind that the platforms can carry", () => {
  const kinds = z.enum(["boolean", "integer", "string", "array"]);
  expect(policyNames.filter((name) => !kinds.safeParse(policyKind(name)).success)).toEqual([]);
});
