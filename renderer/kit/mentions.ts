import type { Mention } from "#contract/entities/message.ts";
import { groupIdSchema, personIdSchema } from "#contract/ids.ts";
import type { MessageView } from "#contract/views/message-view.ts";

/** Someone or something named in a text that is being written: shown as `label`, sent as `token`. */
export interface Named {
  /** `<@PERSON_ID>`, `<!group:GROUP_ID>` or `<#CONVERSATION_ID>` */
  token: string;
  /** `@Anne Lambert`, `@Secrétariat`, `#travaux` */
  label: string;
}

/** The words for all who are there and all who are there now, in the language of the interface. */
export interface CircleWords {
  everyone: string;
  here: string;
}

const UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const TOKENS = new RegExp(`<(?:@(${UUID})|!(everyone|here)|!group:(${UUID})|#(${UUID}))>`, "g");
/** More than that is no naming; the contract draws the line. */
const MOST_MENTIONS = 1000;

export function namedPerson(person: { id: string; displayName: string }): Named {
  return { token: `<@${person.id}>`, label: `@${person.displayName}` };
}

export function namedGroup(group: { id: string; name: string }): Named {
  return { token: `<!group:${group.id}>`, label: `@${group.name}` };
}

export function namedChannel(channel: { conversationId: string; name: string }): Named {
  return { token: `<#${channel.conversationId}>`, label: `#${channel.name}` };
}

/** Who is named in a text that is ready to travel. */
export function mentionsIn(body: string): Mention[] {
  const found = new Map<string, Mention>();
  for (const [token, person, circle, group] of body.matchAll(TOKENS)) {
    if (found.size === MOST_MENTIONS) break;
    const mention = toMention(person, circle, group);
    if (mention !== null) found.set(token, mention);
  }
  return [...found.values()];
}

function toMention(person?: string, circle?: string, group?: string): Mention | null {
  if (person !== undefined) return { kind: "person", personId: personIdSchema.parse(person) };
  if (circle !== undefined) return { kind: circle === "here" ? "here" : "everyone" };
  return group === undefined ? null : { kind: "group", groupId: groupIdSchema.parse(group) };
}

/** Ids of what a text names, by kind. */
export function namedIds(body: string): { people: string[]; groups: string[]; channels: string[] } {
  const ids = { people: new Set<string>(), groups: new Set<string>(), channels: new Set<string>() };
  for (const [, person, , group, channel] of body.matchAll(TOKENS)) {
    if (person !== undefined) ids.people.add(person);
    if (group !== undefined) ids.groups.add(group);
    if (channel !== undefined) ids.channels.add(channel);
  }
  return { people: [...ids.people], groups: [...ids.groups], channels: [...ids.channels] };
}

/** The text as it travels. Longer names first, so that « @Anne » does not eat « @Anne-Marie ». */
export function encodeMentions(text: string, named: readonly Named[], words: CircleWords): string {
  const ordered = [...named].sort((a, b) => b.label.length - a.label.length);
  let encoded = text;
  for (const { label, token } of ordered) encoded = encoded.replaceAll(label, token);
  // Both languages are understood, whichever the interface speaks.
  encoded = replaceWord(encoded, [words.everyone, "everyone", "tous"], "<!everyone>");
  return replaceWord(encoded, [words.here, "here", "ici"], "<!here>");
}

function replaceWord(text: string, words: readonly string[], token: string): string {
  if (!text.includes("@")) return text;
  return text.replaceAll(
    new RegExp(`(^|[\\s([{«"'’])@(?:${words.join("|")})(?![\\p{L}\\p{N}@.])`, "gu"),
    `$1${token}`,
  );
}

/** The text as it is edited by hand; what is not known keeps its id. */
export function decodeMentions(body: string, named: readonly Named[], words: CircleWords): string {
  const labels = new Map(named.map(({ token, label }) => [token, label]));
  return body.replaceAll(TOKENS, (token, _person, circle) => {
    if (circle === "everyone") return `@${words.everyone}`;
    if (circle === "here") return `@${words.here}`;
    return labels.get(token) ?? token;
  });
}

/** What a message names, for whoever edits it. */
export function namesOf(view: Pick<MessageView, "message" | "mentioned" | "names">): Named[] {
  const { groups, channels } = namedIds(view.message.body);
  const nameOf = (id: string) => view.names[id];
  return [
    ...view.mentioned.map(namedPerson),
    ...groups.flatMap((id) => {
      const name = nameOf(id);
      return name === undefined ? [] : [namedGroup({ id, name })];
    }),
    ...channels.flatMap((id) => {
      const name = nameOf(id);
      return name === undefined ? [] : [namedChannel({ conversationId: id, name })];
    }),
  ];
}
