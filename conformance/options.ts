import { parseArgs } from "node:util";
import type { Credentials, WorldOptions } from "./world.ts";

export interface Options extends WorldOptions {
  only: string | undefined;
  json: string | undefined;
}

export const usage = `Says whether a backend is compatible with Parvis.

npm run conformance -- --url URL --user NAME --password PASSWORD [more]

  --url URL                 where the backend answers, for example http://127.0.0.1:8787
  --user, --password        an account for the checks; it should not be anybody's real one
  --token TOKEN             an access token instead, where there is no password sign-in
  --second-user, --second-password
                            another account: without it, what others must not see is not checked
  --only TEXT               only checks whose group or name contains TEXT
  --json FILE               also write the results there
  --help                    this text

Ends with "N passed, N failed" and exit code 0 only if nothing failed.
`;

const names = {
  url: { type: "string" },
  user: { type: "string" },
  password: { type: "string" },
  token: { type: "string" },
  "second-user": { type: "string" },
  "second-password": { type: "string" },
  only: { type: "string" },
  json: { type: "string" },
  help: { type: "boolean" },
} as const;

/** @returns what to say instead, when the command line is not complete */
export function parseOptions(args: readonly string[]): Options | string {
  try {
    const { values } = parseArgs({ args: [...args], options: names, strict: true });
    if (values.help === true) return usage;
    const first = credentials(values.user, values.password);
    if (values.url === undefined) return `--url is missing.\n\n${usage}`;
    if (first === undefined && values.token === undefined)
      return `--user and --password are missing.\n\n${usage}`;
    const url = new URL(values.url);
    return {
      url: `${url.origin}${url.pathname.replace(/\/+$/, "")}`,
      first,
      second: credentials(values["second-user"], values["second-password"]),
      token: values.token,
      only: values.only,
      json: values.json,
    };
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n\n${usage}`;
  }
}

function credentials(username: string | undefined, password: string | undefined): Credentials | undefined {
  return username === undefined || password === undefined ? undefined : { username, password };
}
