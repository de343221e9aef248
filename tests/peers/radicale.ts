import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answersAt, freePort, isInstalled, skipLoudly, startPeer } from "./peer-process.ts";

/** Radicale on the loopback interface: a real CalDAV server with one account. */
export interface RadicalePeer {
  url: string;
  username: string;
  password: string;
  /** Its calendars: folders with a file for each object. */
  folder: string;
  /** Makes a calendar, or any collection, at `name`. */
  makeCalendar: (
    name: string,
    options?: { title?: string; colour?: string; components?: readonly string[] },
  ) => Promise<string>;
  /** Ends the server; `start` begins it again on the same port, with the same data. */
  stop: () => Promise<void>;
  start: () => Promise<void>;
  remove: () => Promise<void>;
}

const USERNAME = "alice";
const PASSWORD = "mot de passe d’Alice";

/** Undefined where it is not to be had. */
export async function startRadicale(): Promise<RadicalePeer | undefined> {
  if (!isInstalled("radicale", ["radicale"])) {
    skipLoudly("Radicale");
    return undefined;
  }
  const base = mkdtempSync(join(tmpdir(), "parvis-radicale-"));
  const port = await freePort();
  writeFileSync(join(base, "users"), `${USERNAME}:${PASSWORD}\n`);
  const folder = join(base, "collections");
  mkdirSync(folder);
  const config = join(base, "config");
  writeFileSync(config, configOf({ base, folder, port }));
  const begin = async () => {
    const peer = startPeer("radicale", ["-C", config], { env: { ...process.env, LC_ALL: "C.UTF-8" } });
    await answersAt(port, peer);
    return peer;
  };
  let peer = await begin();
  const url = `http://127.0.0.1:${port}/`;
  const authorization = `Basic ${Buffer.from(`${USERNAME}:${PASSWORD}`).toString("base64")}`;
  return {
    url,
    username: USERNAME,
    password: PASSWORD,
    folder: join(folder, "collection-root", USERNAME),
    async makeCalendar(name, { title = name, colour = "#3F8A4BFF", components = ["VEVENT"] } = {}) {
      const address = `${url}${USERNAME}/${encodeURIComponent(name)}/`;
      const held = components.map((component) => `<C:comp name="${component}"/>`).join("");
      const response = await fetch(address, {
        method: "MKCALENDAR",
        headers: { authorization, "content-type": "application/xml" },
        body: `<?xml version="1.0"?><C:mkcalendar xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:A="http://apple.com/ns/ical/"><set><prop><displayname>${title.replaceAll("&", "&amp;")}</displayname><A:calendar-color>${colour}</A:calendar-color><C:supported-calendar-component-set>${held}</C:supported-calendar-component-set></prop></set></C:mkcalendar>`,
      });
      if (response.status !== 201) throw new Error(`${name} was not made: ${response.status}`);
      return address;
    },
    stop: () => peer.stop(),
    async start() {
      peer = await begin();
    },
    async remove() {
      await peer.stop();
      rmSync(base, { recursive: true, force: true });
    },
  };
}

function configOf({ base, folder, port }: { base: string; folder: string; port: number }): string {
  return [
    "[server]",
    `hosts = 127.0.0.1:${port}`,
    "[auth]",
    "type = htpasswd",
    `htpasswd_filename = ${join(base, "users")}`,
    "htpasswd_encryption = plain",
    "delay = 0",
    "[rights]",
    "type = owner_only",
    "[storage]",
    `filesystem_folder = ${folder}`,
    "[logging]",
    "level = warning",
    "",
  ].join("\n");
}
