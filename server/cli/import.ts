import { existsSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "#contract/problem.ts";
import { importPeople } from "../import/people/import-people.ts";
import { languageOf, sayComplaint, sayList, sayPlan } from "../import/people/messages.ts";
import { createProgress } from "../import/progress.ts";
import { openServerTarget } from "../import/server-target.ts";
import { openExport } from "../import/slack/export-source.ts";
import { importSlack } from "../import/slack/import-slack.ts";
import { sayReport } from "../import/slack/messages-text.ts";
import { storeTarget, type ImportTarget } from "../import/target.ts";
import { createLogger } from "../logger.ts";
import { IMPORT_USAGE, parseImportOptions, type ImportOptions } from "./import-options.ts";
import { openStore } from "./open-store.ts";

/** `npm run import`: people and messages of elsewhere into a workplace. Ends with 0, or 1 when something was refused. */

const language = languageOf(process.env);

async function main(): Promise<number> {
  const options = parseImportOptions(process.argv.slice(2), process.env);
  if (options === undefined) {
    process.stdout.write(IMPORT_USAGE);
    return 0;
  }
  const target = await openTarget(options);
  try {
    return options.command === "people" ? await runPeople(options, target) : await runSlack(options, target);
  } finally {
    await target.close();
  }
}

async function openTarget({ where, isDryRun }: ImportOptions): Promise<ImportTarget> {
  if (where.kind === "server") return openServerTarget(where);
  if (isDryRun && where.databaseUrl === undefined && !existsSync(join(where.folder, "workplace.db"))) {
    throw new AppError("notFound", { title: "There is no workplace in this folder", detail: where.folder });
  }
  const logger = createLogger((line) => process.stderr.write(line), Date.now);
  return storeTarget(await openStore(where, logger));
}

async function runPeople(options: ImportOptions, target: ImportTarget): Promise<number> {
  const { path: file, isDryRun, skipsInvalid, passwordFile } = options;
  const report = await importPeople({
    file,
    target,
    isDryRun,
    skipsInvalid,
    ...(passwordFile === undefined ? {} : { passwordFile }),
  });
  const { list, encoding, plan, isRefused } = report;
  say(sayList(list, encoding, language));
  say(plan.complaints.map((complaint) => sayComplaint(complaint, language)));
  say(sayPlan(plan, { isDryRun, isRefused }, language));
  return isRefused ? 1 : 0;
}

async function runSlack(options: ImportOptions, target: ImportTarget): Promise<number> {
  const { path, isDryRun, spaceName, readers } = options;
  const source = await openExport(path);
  const progress = createProgress(process.stderr, Date.now);
  try {
    const report = await importSlack({
      source,
      target,
      isDryRun,
      onProgress: (done, total) => progress.update(done, total),
      ...(spaceName === undefined ? {} : { spaceName }),
      ...(readers === undefined ? {} : { readers }),
    });
    progress.end();
    say(sayReport(report, language, isDryRun));
    return report.failed.length > 0 ? 1 : 0;
  } finally {
    source.close();
  }
}

function say(lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`);
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  const { title, detail } = error.problem;
  process.stderr.write(`${title}${detail === undefined ? "" : `: ${detail}`}\n`);
  process.exitCode = 1;
}
