import { existsSync, readFileSync } from "node:fs";
import { AppError } from "#contract/problem.ts";
import type { SignInMethod } from "#contract/sign-in.ts";
import { createServerApp } from "../app.ts";
import { demoAccounts } from "../demo/demo-accounts.ts";
import { seedDemo } from "../demo/seed-demo.ts";
import { createLogger } from "../logger.ts";
import { listen } from "./listen.ts";
import { openStore } from "./open-store.ts";
import { parseServeOptions, USAGE, type ServeOptions } from "./options.ts";

/** `npm run server`: one workplace over one data folder or database. */

const logger = createLogger((line) => process.stderr.write(line), Date.now);

async function main(): Promise<void> {
  const options = parseServeOptions(process.argv.slice(2), process.env);
  if (options === undefined) {
    process.stdout.write(`${USAGE}\n${demoAccountsHelp()}`);
    return;
  }
  const store = await openStore(options, logger);
  if (options.isDemo) await seedDemo(store, { now: Date.now() });
  const app = await createServerApp({
    store,
    logger,
    version: readVersion(),
    config: {
      name: options.name ?? "Parvis",
      signIn: signInMethods(options),
      trustsProxy: options.trustsProxy,
      publicUrl: options.publicUrl,
      mail: options.mail,
      drives: options.drives,
      meetings: options.meetings ?? (options.isDemo ? demoMeetings : undefined),
    },
  });
  const server = await listen(app, options);
  let isStopping = false;
  const stop = async (reason: string) => {
    if (isStopping) return;
    isStopping = true;
    logger.info("stopping", { reason });
    await app.close();
    await server.close();
    await store.close();
    logger.info("stopped");
    process.exit(0);
  };
  const stopFor = (reason: string) => () => {
    stop(reason).catch(crash);
  };
  process.once("SIGTERM", stopFor("SIGTERM"));
  process.once("SIGINT", stopFor("SIGINT"));
  if (options.exitsWithParent) {
    process.stdin.once("end", stopFor("the parent is gone"));
    process.stdin.once("error", stopFor("the parent is gone"));
    process.stdin.resume();
  }
  process.stdout.write(`Workplace server is ready: ${server.url}\n`);
}

/** Nothing answers there: it shows what a workplace with such a place is like. */
const demoMeetings = { name: "Visio", urlTemplate: "https://visio.parvis.example/{id}" };

function demoAccountsHelp(): string {
  const lines = demoAccounts.map(
    ({ username, password, about }) => `  ${username} / ${password}`.padEnd(26) + about,
  );
  return `Accounts of the demonstration:\n${lines.join("\n")}\n`;
}

/** Passwords are for guests, for demonstrations, and for trying things where no provider is configured. */
function signInMethods(options: ServeOptions): SignInMethod[] {
  const { oidc, isDemo, takesGuests } = options;
  const methods: SignInMethod[] = [];
  if (oidc !== undefined) {
    methods.push({ kind: "oidc", ...oidc, scopes: ["openid", "profile", "email", "offline_access"] });
  }
  if (isDemo || takesGuests || oidc === undefined) methods.push({ kind: "password" });
  return methods;
}

function readVersion(): string {
  const file = new URL("../../package.json", import.meta.url);
  if (!existsSync(file)) return "0.0.0";
  const manifest: unknown = JSON.parse(readFileSync(file, "utf8"));
  const version: unknown =
    typeof manifest === "object" && manifest !== null ? Reflect.get(manifest, "version") : undefined;
  return typeof version === "string" ? version : "0.0.0";
}

/** A server in an unknown state must not go on: its keeper starts it again. */
function crash(error: unknown): never {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  logger.error("the server cannot go on", { error: text });
  process.exit(1);
}

process.on("uncaughtException", crash);
process.on("unhandledRejection", crash);

main().catch((error: unknown) => {
  if (error instanceof AppError) {
    process.stderr.write(`${error.problem.title}. ${error.problem.detail ?? ""}\n`);
  } else {
    process.stderr.write(
      `The server did not start: ${error instanceof Error ? error.message : String(error)}\n`,
    );
  }
  process.exit(1);
});
