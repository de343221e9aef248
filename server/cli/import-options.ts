import { parseArgs } from "node:util";
import { AppError } from "#contract/problem.ts";

export const IMPORT_USAGE = `npm run import -- people FILE.csv [where] [options]
npm run import -- slack DIR|ZIP [where] [options]

where (one of)
  --data DIR                 folder of a server that is not running; default ./parvis-data
  --database URL             PostgreSQL database (postgres://…)
  --server URL --user NAME --password PASSWORD
                             a running server, as one of its administrators
                             (the password may be given in PARVIS_PASSWORD instead)
people
  --skip-invalid             import the good lines although others are not
  --initial-passwords FILE   give new accounts a password and write it to this new file, mode 0600;
                             without it they sign in through OpenID Connect, matched by e-mail
slack
  --space NAME               space of the public channels; default the name of the export
  --reader USERNAME          who shall read it, repeatable; default every existing account
both
  --dry-run                  say what would happen and write nothing
  --help
`;

export interface ImportOptions {
  command: "people" | "slack";
  path: string;
  where:
    | { kind: "store"; folder: string; databaseUrl: string | undefined }
    | { kind: "server"; url: string; username: string; password: string };
  isDryRun: boolean;
  skipsInvalid: boolean;
  passwordFile: string | undefined;
  spaceName: string | undefined;
  readers: string[] | undefined;
}

/** @throws AppError badRequest in plain words; undefined for --help. */
export function parseImportOptions(
  args: string[],
  environment: Record<string, string | undefined>,
): ImportOptions | undefined {
  const { values, positionals } = parse(args);
  if (values.help) return undefined;
  const [command, path, ...rest] = positionals;
  if ((command !== "people" && command !== "slack") || path === undefined || rest.length > 0) {
    throw usage("give `people FILE.csv` or `slack DIR|ZIP`");
  }
  return {
    command,
    path,
    where: readPlace(values, environment),
    isDryRun: values["dry-run"],
    skipsInvalid: values["skip-invalid"],
    passwordFile: values["initial-passwords"],
    spaceName: values.space,
    readers: values.reader,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        data: { type: "string" },
        database: { type: "string" },
        server: { type: "string" },
        user: { type: "string" },
        password: { type: "string" },
        "dry-run": { type: "boolean", default: false },
        "skip-invalid": { type: "boolean", default: false },
        "initial-passwords": { type: "string" },
        space: { type: "string" },
        reader: { type: "string", multiple: true },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error));
  }
}

function readPlace(
  values: ReturnType<typeof parse>["values"],
  environment: Record<string, string | undefined>,
): ImportOptions["where"] {
  const { data, database, server, user } = values;
  if ([data, database, server].filter((value) => value !== undefined).length > 1) {
    throw usage("--data, --database and --server exclude each other");
  }
  if (server === undefined) return { kind: "store", folder: data ?? "parvis-data", databaseUrl: database };
  const password = values.password ?? environment["PARVIS_PASSWORD"];
  if (!URL.canParse(server)) throw usage(`--server ${server} is not an address`);
  if (user === undefined || password === undefined) throw usage("--server needs --user and --password");
  return { kind: "server", url: server, username: user, password };
}

function usage(detail: string): AppError {
  return new AppError("badRequest", { title: "This is not how to call it", detail });
}
