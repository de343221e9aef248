import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createUpdateKey, openUpdateKey, publicKeyOf, signManifest } from "./update-signing.ts";

const USAGE = `npm run sign-update -- --key FILE [--key FILE] [--expires DAYS] [--also-preview] FOLDER
npm run sign-update -- --new-key FILE

Signs every list of updates (latest*.yml, preview*.yml) in FOLDER: writes FILE.yml.sig beside each. Sign where the packages
were made, or after comparing their SHA-512 with the lists: whoever signs says that these are the right files.
  --key FILE       private key; two of them while a new key replaces an old one
  --expires DAYS   refused by Parvis after so many days (a mirror that somebody keeps from being renewed is noticed)
  --also-preview   the same version for those on the preview channel
  --new-key FILE   makes a private key in FILE and prints the public one, for PARVIS_UPDATE_KEYS
The passphrase of a key is taken from PARVIS_UPDATE_KEY_PASSPHRASE.
`;

const DAY_MS = 86_400_000;
const LIST = /^(latest|preview)(-[a-z0-9]+)*\.yml$/;

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      key: { type: "string", multiple: true, default: [] },
      "new-key": { type: "string" },
      expires: { type: "string" },
      "also-preview": { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const [folder] = positionals;
  if (values["new-key"] !== undefined) makeKey(values["new-key"]);
  else if (values.help || folder === undefined || values.key.length === 0) process.stdout.write(USAGE);
  else {
    if (values["also-preview"]) copyForPreview(folder);
    signFolder(folder, values.key, values.expires);
  }
}

function passphrase(): string | undefined {
  const text = process.env["PARVIS_UPDATE_KEY_PASSPHRASE"];
  return text === undefined || text === "" ? undefined : text;
}

function makeKey(path: string): void {
  if (existsSync(path)) throw new Error(`${path} exists: a key is never replaced by accident`);
  const { privatePem, publicKey } = createUpdateKey(passphrase());
  writeFileSync(path, privatePem, { mode: 0o600, flag: "wx" });
  process.stdout.write(`${publicKey}\n`);
}

function copyForPreview(folder: string): void {
  for (const name of readdirSync(folder).filter((file) => /^latest.*\.yml$/.test(file))) {
    copyFileSync(join(folder, name), join(folder, name.replace("latest", "preview")));
  }
}

function signFolder(folder: string, keyFiles: readonly string[], expires: string | undefined): void {
  const keys = keyFiles.map((path) => openUpdateKey(readFileSync(path, "utf8"), passphrase()));
  const lists = readdirSync(folder).filter((name) => LIST.test(name));
  if (lists.length === 0) throw new Error(`${folder} has no list of updates (latest*.yml, preview*.yml)`);
  const now = Date.now();
  const head = {
    signedAt: new Date(now).toISOString(),
    ...(expires === undefined ? {} : { expiresAt: new Date(now + daysIn(expires) * DAY_MS).toISOString() }),
  };
  for (const file of lists) {
    const text = signManifest(readFileSync(join(folder, file)), { file, ...head }, keys);
    writeFileSync(join(folder, `${file}.sig`), text);
    process.stdout.write(`${file}.sig\n`);
  }
  process.stdout.write(`signed with ${keys.map(publicKeyOf).join(" and ")}\n`);
}

function daysIn(text: string): number {
  const days = Number(text);
  if (!(Number.isInteger(days) && days > 0))
    throw new TypeError(`--expires is a number of days, not “${text}”`);
  return days;
}

try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
