import {
  naturalId,
  organisationIdSchema,
  personIdSchema,
  type OrganisationId,
  type PersonId,
} from "#contract/ids.ts";
import type { Person } from "#contract/entities/person.ts";
import { AppError } from "#contract/problem.ts";
import { organisations, peopleTable } from "./people-data.ts";

export interface DemoPerson {
  handle: string;
  givenName: string;
  row: Person;
}

/** Numbers that the regulator keeps for fiction: they ring nowhere. */
const phonePrefixes = ["01 99 00", "02 61 91", "03 53 01", "04 65 71", "05 36 49", "06 39 98"];

export function demoPersonId(handle: string): PersonId {
  return personIdSchema.parse(naturalId("demo", "person", handle));
}

export function createPeople(): Map<string, DemoPerson> {
  const people = new Map<string, DemoPerson>();
  for (const [index, line] of peopleTable.trim().split("\n").entries()) {
    const person = readPerson(line, index);
    people.set(person.handle, person);
  }
  return people;
}

function readPerson(line: string, index: number): DemoPerson {
  const [handle = "", givenName = "", familyName = "", jobTitle = "", service = "", code = ""] =
    line.split("|");
  const organisation = organisations[code];
  if (organisation === undefined)
    throw new AppError("badRequest", { title: "Unknown organisation", detail: line });
  const isGuest = code === "B";
  const row: Person = {
    id: demoPersonId(handle),
    displayName: `${givenName} ${familyName}`,
    givenName,
    familyName,
    email: `${plain(givenName)}.${plain(familyName)}@${organisation.domain}`,
    phone: phoneOf(index),
    jobTitle,
    service,
    organisation: organisation.name,
    ...(handle === "sylvie" ? { roles: ["administrator" as const] } : {}),
    ...(isGuest ? { isGuest } : {}),
  };
  return { handle, givenName, row };
}

function phoneOf(index: number): string {
  const prefix = phonePrefixes[index % phonePrefixes.length] ?? "01 99 00";
  const last = String((index * 137 + 211) % 10_000).padStart(4, "0");
  return `${prefix} ${last.slice(0, 2)} ${last.slice(2)}`;
}

function plain(name: string): string {
  return name
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, "-");
}

/** By the organisation's name, which is what people carry. */
export function demoOrganisationId(name: string): OrganisationId {
  return organisationIdSchema.parse(naturalId("demo", "organisation", name));
}
