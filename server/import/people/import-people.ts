import { randomInt } from "node:crypto";
import { open, readFile, stat } from "node:fs/promises";
import type { PersonId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { createPasswordHash } from "../../sign-in/passwords.ts";
import type { ImportTarget } from "../target.ts";
import { decodeText, requireReasonable } from "./decode.ts";
import { personLines, planPeople, type PeoplePlan } from "./plan-people.ts";
import { readList, type PeopleList } from "./read-list.ts";

export interface PeopleImportOptions {
  file: string;
  target: ImportTarget;
  isDryRun?: boolean;
  /** Import the good lines although others are not. */
  skipsInvalid?: boolean;
  /** New file, readable by its owner alone, for one password per new account. Without it accounts have none. */
  passwordFile?: string;
}

export interface PeopleReport {
  list: PeopleList;
  encoding: string;
  plan: PeoplePlan;
  /** Lines were wrong, so nothing was imported. */
  isRefused: boolean;
}

/** Imports a list of people, in one batch: all of it or nothing. @throws AppError when the file cannot be read. */
export async function importPeople(options: PeopleImportOptions): Promise<PeopleReport> {
  const { file, target } = options;
  const info = await stat(file).catch((cause: unknown) => {
    throw new AppError("notFound", { title: "Nothing is there", detail: file, cause });
  });
  requireReasonable(info.size);
  const { text, encoding } = decodeText(await readFile(file));
  const list = readList(text);
  requireColumns(list);
  const plan = planPeople(list, await target.people(), await target.accounts());
  const isRefused = plan.complaints.length > 0 && options.skipsInvalid !== true;
  if (!isRefused && options.isDryRun !== true) await carryOut(plan, options);
  return { list, encoding, plan, isRefused };
}

function requireColumns({ columns }: PeopleList): void {
  const hasName = ["displayName", "familyName", "givenName"].some((field) =>
    [...columns.index.keys()].some((known) => known === field),
  );
  if (columns.index.has("email") && hasName) return;
  throw new AppError("badRequest", {
    title: "The first line does not name the columns needed",
    detail: `A name and an e-mail address are needed, for instance Nom;Prénom;Courriel. Found: ${[...columns.header.values(), ...columns.ignored].join(", ")}`,
  });
}

async function carryOut(plan: PeoplePlan, { target, passwordFile }: PeopleImportOptions): Promise<void> {
  const hashes = new Map<PersonId, string>();
  if (passwordFile !== undefined && plan.newAccounts.length > 0) {
    const passwords = new Map(plan.newAccounts.map((account) => [account.personId, createPassword()]));
    // written before the accounts: a password that nobody has seen would lock its owner out
    await writePasswords(passwordFile, plan, passwords);
    for (const [personId, password] of passwords) hashes.set(personId, await createPasswordHash(password));
  }
  const lines = personLines(plan, hashes);
  if (lines.length > 0) await target.apply(lines);
}

/** No letter or digit that is taken for another when read aloud or copied by hand. */
const ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

function createPassword(): string {
  const groups = Array.from({ length: 4 }, () =>
    Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join(""),
  );
  return groups.join("-");
}

async function writePasswords(
  path: string,
  plan: PeoplePlan,
  passwords: ReadonlyMap<PersonId, string>,
): Promise<void> {
  const file = await open(path, "wx", 0o600).catch((cause: unknown) => {
    throw new AppError("conflict", {
      title: "The passwords cannot be written there",
      detail: `${path}: it must not exist yet`,
      cause,
    });
  });
  try {
    const rows = plan.newAccounts.map(
      (account) => `${account.username};${passwords.get(account.personId) ?? ""}\n`,
    );
    await file.writeFile(rows.join(""));
    await file.sync();
  } finally {
    await file.close();
  }
}
