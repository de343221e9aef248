import { groupSchema } from "#contract/entities/organisation.ts";
import type { Message } from "#contract/entities/message.ts";
import { personSchema } from "#contract/entities/person.ts";
import { withoutMarks } from "#contract/plain-words.ts";
import { DIRECTORY } from "#contract/scope.ts";
import type { RowKey } from "../store/store.ts";
import { standing, type MutationContext } from "./context.ts";
import { excerptOf } from "./inbox-rows.ts";

/** More than an excerpt is long, also when half of it are marks. */
const LOOKED_AT = 1500;

/** Title or beginning of a message in plain words: people and groups by name, no marks of Markdown. */
export async function messageExcerpt(context: MutationContext, message: Message): Promise<string> {
  const { post, poll, attachments, quote } = message;
  const text = post?.title ?? plain(await named(context, message.body.slice(0, LOOKED_AT)));
  if (text.trim() !== "") return excerptOf(text);
  return excerptOf(poll?.question ?? attachments?.[0]?.name ?? plain(quote?.body.slice(0, LOOKED_AT) ?? ""));
}

const personToken = /<@([0-9a-f-]{36})>/g;
const groupToken = /<!group:([0-9a-f-]{36})>/g;

async function named({ tx, scope }: MutationContext, body: string): Promise<string> {
  const people = idsIn(body, personToken);
  const groups = idsIn(body, groupToken);
  const keys: RowKey[] = [
    ...people.map((id): RowKey => ({ scope: DIRECTORY, collection: "person", id })),
    ...groups.map((id): RowKey => ({ scope: DIRECTORY, collection: "group", id })),
    ...groups.map((id): RowKey => ({ scope, collection: "group", id })),
  ];
  const names = new Map<string, string>();
  for (const row of keys.length === 0 ? [] : await tx.find.many(keys)) {
    if (standing(row) === undefined || row === undefined) continue;
    const name =
      row.collection === "person"
        ? personSchema.parse(row.data).displayName
        : groupSchema.parse(row.data).name;
    names.set(row.id, name);
  }
  const nameOf = (_token: string, id: string) => `@${names.get(id) ?? "…"}`;
  return body.replace(personToken, nameOf).replace(groupToken, nameOf);
}

function idsIn(body: string, token: RegExp): string[] {
  return [...new Set([...body.matchAll(token)].map((match) => match[1] ?? ""))];
}

function plain(markdown: string): string {
  return withoutMarks(markdown)
    .replaceAll(/<!(everyone|here)>/g, "@$1")
    .replaceAll(/<#[0-9a-f-]{36}>/g, "#");
}
