import { parseArgs } from "node:util";

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
  --exit-with-parent    stop when standard input closes
  --help                show this and the demonstration accounts
`;

/** @throws Error in plain words when an option is wrong; undefined for --help. */
export function parseServeOptions(args: string[]): ServeOptions | undefined {
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
      "exit-with-parent": { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return undefined;
  return {
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
