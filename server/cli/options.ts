import { parseArgs } from "node:util";
import { meetingProviderSchema, type MeetingProvider } from "#contract/capabilities.ts";
import { assignedDriveSchema, type AssignedDrive } from "#contract/sign-in.ts";
import type { MailOptions } from "../guests/mailer.ts";

export interface ServeOptions {
  port: number;
  host: string;
  folder: string;
  databaseUrl: string | undefined;
  isDemo: boolean;
  name: string | undefined;
  oidc: { issuer: string; clientId: string } | undefined;
  trustsProxy: boolean;
  exitsWithParent: boolean;
  publicUrl: string | undefined;
  mail: MailOptions | undefined;
  takesGuests: boolean;
  drives: AssignedDrive[];
  meetings: MeetingProvider | undefined;
}

export const USAGE = `npm run server -- --port N --data DIR [options]

  --port N              port on which to answer (0: any free one); default 4400
  --host ADDRESS        address on which to answer; default 127.0.0.1
  --data DIR            folder of the data; default ./parvis-data
  --database URL        keep the data in PostgreSQL (postgres://…) instead
  --demo                fill an empty workplace with the demonstration organisation
  --name NAME           name of the workplace
  --oidc-issuer URL     OpenID Connect provider of the accounts
  --oidc-client-id ID   this application's name at that provider
  --trust-proxy         a reverse proxy stands in front: take the caller's address from its X-Forwarded-For
  --guests              guests sign in with a password, also beside an OpenID Connect provider
  --public-url URL      where people outside reach the workplace: links in e-mails lead there
  --smtp URL            mail server for invitations (smtp://user:password@host:587, smtps://…); its password is safer
                        in the environment, as PARVIS_SMTP_URL
  --mail-from ADDRESS   sender of these e-mails
  --drive NAME=ADDRESS  gives everybody this drive: https://… (WebDAV), \\\\server\\share or smb://…; may be given several times
  --meetings NAME=URL   where people meet by wire: https://… with {id} where the name of the room goes
  --exit-with-parent    stop when standard input closes
  --help                show this and the demonstration accounts
`;

/** @throws Error in plain words when an option is wrong; undefined for --help. */
export function parseServeOptions(
  args: string[],
  environment: Record<string, string | undefined> = {},
): ServeOptions | undefined {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: "string", default: "4400" },
      host: { type: "string", default: "127.0.0.1" },
      data: { type: "string", default: "parvis-data" },
      database: { type: "string" },
      demo: { type: "boolean", default: false },
      name: { type: "string" },
      "oidc-issuer": { type: "string" },
      "oidc-client-id": { type: "string" },
      "trust-proxy": { type: "boolean", default: false },
      guests: { type: "boolean", default: false },
      "public-url": { type: "string" },
      smtp: { type: "string" },
      "mail-from": { type: "string" },
      drive: { type: "string", multiple: true, default: [] },
      meetings: { type: "string" },
      "exit-with-parent": { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return undefined;
  const publicUrl = parsePublicUrl(values["public-url"]);
  const mail = parseMail(values.smtp ?? environment["PARVIS_SMTP_URL"], values["mail-from"]);
  if (mail !== undefined && publicUrl === undefined) {
    throw new Error("--smtp needs --public-url: the links in the e-mails lead there");
  }
  return {
    publicUrl,
    mail,
    takesGuests: values.guests,
    drives: values.drive.map(parseDrive),
    meetings: parseMeetings(values.meetings),
    port: parsePort(values.port),
    host: values.host,
    folder: values.data,
    databaseUrl: values.database,
    isDemo: values.demo,
    name: values.name,
    oidc: parseOidc(values["oidc-issuer"], values["oidc-client-id"]),
    trustsProxy: values["trust-proxy"],
    exitsWithParent: values["exit-with-parent"],
  };
}

function parseDrive(text: string): AssignedDrive {
  const equals = text.indexOf("=");
  const [name, address] = [text.slice(0, Math.max(0, equals)).trim(), text.slice(equals + 1).trim()];
  const kind = /^https?:/i.test(address) ? "webdav" : "mount";
  const hasCredentials = URL.parse(address)?.password !== undefined && URL.parse(address)?.password !== "";
  const drive = assignedDriveSchema.safeParse({ name, kind, address });
  // Not shown where it may hold a password.
  if (hasCredentials) throw new Error("--drive has a password in its address: people give their own");
  if (drive.success && /^(https?:|smb:|nfs:|\\\\|\/\/)/i.test(address)) return drive.data;
  throw new Error(
    `--drive ${text} is not a drive: give NAME=https://…, NAME=smb://… or NAME=\\\\server\\share`,
  );
}

function parseMeetings(text: string | undefined): MeetingProvider | undefined {
  if (text === undefined) return undefined;
  const equals = text.indexOf("=");
  const [name, urlTemplate] = [text.slice(0, Math.max(0, equals)).trim(), text.slice(equals + 1).trim()];
  const provider = meetingProviderSchema.safeParse({ name, urlTemplate });
  if (provider.success) return provider.data;
  throw new Error(`--meetings ${text} is not a place for meetings: give NAME=https://…/{id}`);
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new Error(`--port ${text} is not a port: give a number from 0 to 65535`);
}

function parseOidc(issuer: string | undefined, clientId: string | undefined): ServeOptions["oidc"] {
  if (issuer === undefined && clientId === undefined) return undefined;
  if (issuer === undefined || clientId === undefined) {
    throw new Error("--oidc-issuer and --oidc-client-id go together");
  }
  if (!URL.canParse(issuer)) throw new Error(`--oidc-issuer ${issuer} is not an address`);
  return { issuer, clientId };
}

function parsePublicUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isWeb = url?.protocol === "https:" || url?.protocol === "http:";
  if (url === undefined || !isWeb || url.pathname !== "/" || url.search !== "" || url.hash !== "") {
    throw new Error(`--public-url ${text} is not the address of a workplace: give https://name`);
  }
  return url.origin;
}

function parseMail(smtp: string | undefined, from: string | undefined): MailOptions | undefined {
  if (smtp === undefined || smtp === "") return undefined;
  const url = URL.canParse(smtp) ? new URL(smtp) : undefined;
  if (url === undefined || !["smtp:", "smtps:"].includes(url.protocol) || url.hostname === "") {
    // Not shown: it may hold a password.
    throw new Error("--smtp (PARVIS_SMTP_URL) is not an address: give smtp://user:password@host:port");
  }
  if (from === undefined || !from.includes("@")) throw new Error("--smtp needs --mail-from ADDRESS");
  return { smtpUrl: smtp, from };
}
