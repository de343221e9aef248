import type { Person } from "#contract/entities/person.ts";
import { naturalId, personIdSchema, type PersonId } from "#contract/ids.ts";
import { DIRECTORY } from "#contract/scope.ts";
import type { ImportLine } from "../import-lines.ts";
import { clean } from "./mrkdwn.ts";
import type { SlackMessage, SlackUser } from "./slack-schemas.ts";

/** Who is behind a Slack id: someone already here with the same address, or a person made for it. */
export class SlackPeople {
  readonly #team: string;
  readonly #byEmail: ReadonlyMap<string, PersonId>;
  readonly #byId = new Map<string, PersonId>();

  constructor(team: string, known: readonly Person[]) {
    this.#team = team;
    const byEmail = new Map<string, PersonId>();
    for (const person of known)
      if (person.email !== undefined) byEmail.set(person.email.toLowerCase(), person.id);
    this.#byEmail = byEmail;
  }

  get size(): number {
    return this.#byId.size;
  }

  find(slackId: string): PersonId | undefined {
    return this.#byId.get(slackId);
  }

  /** Remembers a user; gives the row to write unless the person was here before the import. */
  add(user: SlackUser): ImportLine | undefined {
    const natural = this.#naturalId(user.id);
    const here = this.#byEmail.get(user.profile?.email?.toLowerCase() ?? "");
    this.#byId.set(user.id, here ?? natural);
    return here !== undefined && here !== natural ? undefined : personLine(writePerson(natural, user));
  }

  /** Someone who wrote but is not in users.json: a bot, or a person of another workspace. */
  addStranger(slackId: string, message: SlackMessage): ImportLine | undefined {
    if (this.#byId.has(slackId)) return undefined;
    const id = this.#naturalId(slackId);
    this.#byId.set(slackId, id);
    const profile = message.user_profile;
    const name = [message.username, message.bot_profile?.name, profile?.real_name, profile?.display_name];
    const displayName = short(name.find((part) => (part ?? "") !== "") ?? slackId, 200) ?? slackId;
    return personLine({ id, displayName });
  }

  #naturalId(slackId: string): PersonId {
    return personIdSchema.parse(naturalId("slack", this.#team, slackId));
  }
}

/** Slack id of who wrote: a bot has no user. */
export function authorOf(message: SlackMessage): string | undefined {
  return message.user ?? message.bot_id ?? (message.username ? `bot:${message.username}` : undefined);
}

function personLine(data: Person): ImportLine {
  return { kind: "row", scope: DIRECTORY, collection: "person", id: data.id, data };
}

function writePerson(id: PersonId, user: SlackUser): Person {
  const { profile } = user;
  const names = [profile?.real_name, user.real_name, profile?.display_name, user.name];
  const person: Person = {
    id,
    displayName:
      short(
        names.find((name) => (name ?? "").trim() !== ""),
        200,
      ) ?? user.id,
  };
  const optional = {
    givenName: short(profile?.first_name, 100),
    familyName: short(profile?.last_name, 100),
    email: short(profile?.email, 320),
    phone: short(profile?.phone, 50),
    jobTitle: short(profile?.title, 200),
  };
  for (const [key, value] of Object.entries(optional)) if (value !== undefined) person[key] = value;
  if (user.deleted === true) person.isDeactivated = true;
  if (user.is_restricted === true) person.isGuest = true;
  return person;
}

function short(text: string | null | undefined, length: number): string | undefined {
  const kept = clean(text ?? "")
    .trim()
    .slice(0, length)
    .toWellFormed();
  return kept === "" ? undefined : kept;
}
