import { z } from "zod";
import type { Component } from "./component.ts";
import { propertiesOf, propertyOf, withProperties } from "./component.ts";
import type { Parameter, ParameterValues, Property } from "./content-line.ts";
import { parameterOf, parametersFrom, writeProperty } from "./content-line.ts";

export const participationStatuses = [
  "needs-action",
  "accepted",
  "declined",
  "tentative",
  "delegated",
  "completed",
  "in-process",
] as const;
export type ParticipationStatus = (typeof participationStatuses)[number];
const participantRoles = ["chair", "required", "optional", "informed"] as const;
const participantKinds = ["individual", "group", "resource", "room", "unknown"] as const;

const addressSchema = z.string().min(1).max(500);

/** ORGANIZER of RFC 5545 section 3.8.4.3. */
export const organizerSchema = z.looseObject({
  /** Calendar address: `mailto:jeanne@example.org`, or another URI. */
  address: addressSchema,
  name: z.string().max(500).optional(),
  sentBy: addressSchema.optional(),
});
export type Organizer = z.infer<typeof organizerSchema>;

/** ATTENDEE of RFC 5545 section 3.8.4.1: somebody, a group, a room. */
export const attendeeSchema = z.looseObject({
  ...organizerSchema.shape,
  role: z.enum(participantRoles),
  kind: z.enum(participantKinds),
  status: z.enum(participationStatuses),
  isAskedToAnswer: z.boolean(),
  delegatedTo: addressSchema.optional(),
  delegatedFrom: addressSchema.optional(),
});
export type Attendee = z.infer<typeof attendeeSchema>;

const rolesWritten = {
  chair: "CHAIR",
  required: "REQ-PARTICIPANT",
  optional: "OPT-PARTICIPANT",
  informed: "NON-PARTICIPANT",
} as const;
export const MOST_ATTENDEES = 5000;

/** Two spellings of one address are one person: `MAILTO:` and letters of an e-mail address without regard to case. */
export function foldAddress(address: string): string {
  const trimmed = address.trim();
  const mail = /^mailto:(.*)$/i.exec(trimmed)?.[1] ?? (trimmed.includes("@") ? trimmed : undefined);
  return mail === undefined || mail.includes("://") ? trimmed : `mailto:${mail.toLowerCase()}`;
}

export function organizerOf(component: Component): Organizer | undefined {
  const property = propertyOf(component, "ORGANIZER");
  return property === undefined ? undefined : readPerson(property);
}

export function attendeesOf(component: Component): Attendee[] {
  return propertiesOf(component, "ATTENDEE")
    .slice(0, MOST_ATTENDEES)
    .flatMap((property) => readAttendee(property) ?? []);
}

function readPerson(property: Property): Organizer | undefined {
  const address = property.value.trim().slice(0, 500);
  if (address === "") return undefined;
  const name = parameterOf(property, "CN")?.trim().slice(0, 500);
  const sentBy = parameterOf(property, "SENT-BY")?.slice(0, 500);
  return {
    address,
    ...(name === undefined || name === "" ? {} : { name }),
    ...(sentBy === undefined || sentBy === "" ? {} : { sentBy }),
  };
}

function readAttendee(property: Property): Attendee | undefined {
  const person = readPerson(property);
  if (person === undefined) return undefined;
  const written = (name: string) => parameterOf(property, name)?.toLowerCase();
  const role = parameterOf(property, "ROLE")?.toUpperCase();
  const to = parameterOf(property, "DELEGATED-TO")?.slice(0, 500);
  const from = parameterOf(property, "DELEGATED-FROM")?.slice(0, 500);
  return {
    ...person,
    role: participantRoles.find((each) => rolesWritten[each] === role) ?? "required",
    kind: participantKinds.find((each) => each === written("CUTYPE")) ?? "individual",
    status: participationStatuses.find((each) => each === written("PARTSTAT")) ?? "needs-action",
    isAskedToAnswer: written("RSVP") === "true",
    ...(to ? { delegatedTo: to } : {}),
    ...(from ? { delegatedFrom: from } : {}),
  };
}

function personParameters(person: Organizer): ParameterValues {
  return { CN: person.name, "SENT-BY": person.sentBy };
}

function attendeeParameters(attendee: Attendee): ParameterValues {
  return {
    ...personParameters(attendee),
    CUTYPE: attendee.kind === "individual" ? undefined : attendee.kind.toUpperCase(),
    ROLE: attendee.role === "required" ? undefined : rolesWritten[attendee.role],
    PARTSTAT: attendee.status.toUpperCase(),
    RSVP: attendee.isAskedToAnswer ? "TRUE" : undefined,
    "DELEGATED-TO": attendee.delegatedTo,
    "DELEGATED-FROM": attendee.delegatedFrom,
  };
}

/** Parameters that are not ours (SCHEDULE-STATUS, X-NUM-GUESTS, EMAIL…) stay. */
function merged(former: Property | undefined, owned: ParameterValues): Parameter[] {
  const others = former?.parameters.filter((each) => !Object.hasOwn(owned, each.name)) ?? [];
  return [...parametersFrom(owned), ...others];
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

export function withOrganizer(component: Component, organizer: Organizer | undefined): Component {
  const former = propertyOf(component, "ORGANIZER");
  if (organizer === undefined) return withProperties(component, "ORGANIZER", []);
  if (former !== undefined && isSame(readPerson(former), organizerSchema.strip().parse(organizer)))
    return component;
  const parameters = merged(former, personParameters(organizer));
  return withProperties(component, "ORGANIZER", [writeProperty("ORGANIZER", organizer.address, parameters)]);
}

/** Whoever is as before keeps their line as it came. */
export function withAttendees(component: Component, attendees: readonly Attendee[]): Component {
  const former = propertiesOf(component, "ATTENDEE");
  const lines = attendees.map((attendee) => {
    const line = former.find(({ value }) => foldAddress(value) === foldAddress(attendee.address));
    const before = line === undefined ? undefined : readAttendee(line);
    if (line !== undefined && before !== undefined && isSameAttendee(before, attendee)) return line;
    return writeProperty("ATTENDEE", attendee.address, merged(line, attendeeParameters(attendee)));
  });
  return withProperties(component, "ATTENDEE", lines);
}

function isSameAttendee(one: Attendee, other: Attendee): boolean {
  const told = (each: Attendee) => JSON.stringify(attendeeParameters(each));
  return one.address === other.address && told(one) === told(other);
}
