import { isDeepStrictEqual } from "node:util";
import type { Person } from "#contract/entities/person.ts";
import { naturalId, personIdSchema, type PersonId } from "#contract/ids.ts";
import { DIRECTORY } from "#contract/scope.ts";
import type { ImportLine } from "../import-lines.ts";
import type { AccountBrief } from "../target.ts";
import type { Field } from "./columns.ts";
import type { Complaint } from "./complaint.ts";
import type { ListLine, PeopleList } from "./read-list.ts";

export interface PeoplePlan {
  created: Person[];
  updated: { person: Person; changes: string[] }[];
  unchanged: number;
  /** Lines that say exactly what an earlier one said. */
  repeated: number[];
  complaints: Complaint[];
  newAccounts: { personId: PersonId; username: string; email: string }[];
}

const limits: Partial<Record<Field, number>> = {
  familyName: 100,
  givenName: 100,
  displayName: 200,
  email: 320,
  username: 320,
  service: 200,
  jobTitle: 200,
  organisation: 200,
  phone: 50,
};

/** Deliberately loose: what mail servers accept is wider than any pattern; this catches typing errors. */
const addressPattern = /^[^\s@<>(),;:"[\]\\]+@[^\s@<>(),;:"[\]\\]+\.[^\s@<>(),;:"[\]\\.]{2,}$/;

/** What an import of this list would do, given who is already there. People are known by their e-mail address. */
export function planPeople(
  list: PeopleList,
  known: readonly Person[],
  accounts: readonly AccountBrief[],
): PeoplePlan {
  const plan: PeoplePlan = {
    created: [],
    updated: [],
    unchanged: 0,
    repeated: [],
    complaints: [...list.complaints],
    newAccounts: [],
  };
  const byEmail = new Map<string, Person>();
  for (const person of known) if (person.email !== undefined) byEmail.set(person.email.toLowerCase(), person);
  const seen = new Map<string, ListLine>();
  const state: PlanState = { plan, byEmail, seen, ...accountIndex(accounts), list };
  for (const line of list.lines) planLine(line, state);
  plan.complaints.sort((a, b) => a.line - b.line);
  return plan;
}

interface PlanState {
  plan: PeoplePlan;
  list: PeopleList;
  byEmail: Map<string, Person>;
  seen: Map<string, ListLine>;
  accountOf: Map<PersonId, AccountBrief>;
  usernames: Map<string, PersonId>;
}

function accountIndex(accounts: readonly AccountBrief[]): Pick<PlanState, "accountOf" | "usernames"> {
  return {
    accountOf: new Map(accounts.map((account) => [account.personId, account])),
    usernames: new Map(accounts.map((account) => [account.username.toLowerCase(), account.personId])),
  };
}

function planLine(line: ListLine, state: PlanState): void {
  const { plan, seen } = state;
  const complaints = check(line, state);
  const email = line.values.email?.toLowerCase() ?? "";
  const other = seen.get(email);
  if (complaints.length === 0 && other !== undefined) {
    if (isDeepStrictEqual(normal(other.values), normal(line.values))) plan.repeated.push(line.line);
    else
      plan.complaints.push(
        withColumn({ line: line.line, kind: "twice", value: email, otherLine: other.line }, "email", state),
      );
    return;
  }
  plan.complaints.push(...complaints);
  if (complaints.length > 0) return;
  seen.set(email, line);
  planPerson(line, email, state);
}

function planPerson(line: ListLine, email: string, state: PlanState): void {
  const { plan, byEmail, accountOf, usernames } = state;
  const standing = byEmail.get(email);
  const person = writePerson(line, email, standing);
  const username = (line.values.username ?? email).toLowerCase();
  const holder = usernames.get(username);
  if (holder !== undefined && holder !== person.id) {
    plan.complaints.push(
      withColumn({ line: line.line, kind: "takenUsername", value: username }, "username", state),
    );
    return;
  }
  if (standing === undefined) plan.created.push(person);
  else {
    const changes = Object.keys(person).filter((key) => !isDeepStrictEqual(person[key], standing[key]));
    if (changes.length > 0) plan.updated.push({ person, changes });
    else plan.unchanged += 1;
  }
  if (accountOf.has(person.id)) return;
  usernames.set(username, person.id);
  plan.newAccounts.push({ personId: person.id, username, email });
}

function check(line: ListLine, state: PlanState): Complaint[] {
  const complaints: Complaint[] = [];
  const { values } = line;
  const complain = (complaint: Complaint, field: Field): void => {
    complaints.push(withColumn(complaint, field, state));
  };
  if (values.email === undefined) complain({ line: line.line, kind: "missing" }, "email");
  else if (!addressPattern.test(values.email))
    complain({ line: line.line, kind: "badAddress", value: values.email }, "email");
  if (values.displayName === undefined && values.familyName === undefined && values.givenName === undefined) {
    complain(
      { line: line.line, kind: "missing" },
      state.list.columns.index.has("familyName") ? "familyName" : "displayName",
    );
  }
  for (const [field, limit] of Object.entries(limits)) {
    const known = fieldNamed(field);
    if (known !== undefined && (values[known]?.length ?? 0) > limit)
      complain({ line: line.line, kind: "tooLong", limit }, known);
  }
  return complaints;
}

function fieldNamed(name: string): Field | undefined {
  switch (name) {
    case "familyName":
    case "givenName":
    case "displayName":
    case "email":
    case "username":
    case "service":
    case "jobTitle":
    case "organisation":
    case "phone":
      return name;
    default:
      return undefined;
  }
}

function withColumn(complaint: Complaint, field: Field, { list }: PlanState): Complaint {
  const header = list.columns.header.get(field);
  return { ...complaint, field, ...(header === undefined ? {} : { header }) };
}

/** An empty cell says nothing: what is known stays. */
function writePerson({ values }: ListLine, email: string, standing: Person | undefined): Person {
  const { username: _, displayName, ...rest } = values;
  const composed = [values.givenName, values.familyName].filter((part) => part !== undefined).join(" ");
  const id = standing?.id ?? personIdSchema.parse(naturalId("person", "email", email));
  return { ...standing, ...rest, id, displayName: displayName ?? composed, email };
}

function normal(values: ListLine["values"]): object {
  return { ...values, email: values.email?.toLowerCase() };
}

export function personLines(plan: PeoplePlan, hashes: ReadonlyMap<PersonId, string>): ImportLine[] {
  const people = [...plan.created, ...plan.updated.map(({ person }) => person)];
  const lines: ImportLine[] = [];
  for (const data of people)
    lines.push({ kind: "row", scope: DIRECTORY, collection: "person", id: data.id, data });
  for (const account of plan.newAccounts) {
    const passwordHash = hashes.get(account.personId);
    lines.push({ kind: "account", ...account, ...(passwordHash === undefined ? {} : { passwordHash }) });
  }
  return lines;
}
