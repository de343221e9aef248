import { withoutMarks } from "#contract/plain-words.ts";
import type { Scope } from "#contract/scope.ts";
import type { Briefs } from "./briefs.ts";
import { namesIn } from "./message-extras.ts";
import type { Message } from "./message-overlay.ts";
import { mentionedIds } from "./message-views.ts";
import type { QueryContext } from "./query-context.ts";
import type { Reader } from "./reader.ts";

const EXCERPT_LENGTH = 140;

export interface ExcerptContext {
  context: Pick<QueryContext, "places">;
  reader: Reader;
  briefs: Briefs;
}

/** The beginning of a message on one line; people, groups and channels by name. */
export async function excerptOf(
  { context, reader, briefs }: ExcerptContext,
  message: Message,
  scope: Scope,
): Promise<string> {
  let body = withoutMarks(message.body.slice(0, EXCERPT_LENGTH * 4));
  for (const id of mentionedIds({ body })) {
    body = body.replaceAll(`<@${id}>`, `@${(await briefs.get(id)).displayName}`);
  }
  for (const [id, name] of Object.entries(await namesIn({ reader, scope, places: context.places }, body))) {
    body = body.replaceAll(`<!group:${id}>`, `@${name}`).replaceAll(`<#${id}>`, `#${name}`);
  }
  const line = oneLine(body);
  return line === ""
    ? (message.post?.title ?? message.poll?.question ?? message.attachments?.[0]?.name ?? "")
    : line;
}

/** Text without line breaks, cut where it is too long. */
export function oneLine(body: string): string {
  const line = body
    .replaceAll(/<!(everyone|here)>/g, "@$1")
    .replace(/\s+/g, " ")
    .trim();
  if (line.length <= EXCERPT_LENGTH) return line;
  // A pair of surrogates is not cut in two.
  const end = /[\uD800-\uDBFF]/.test(line.charAt(EXCERPT_LENGTH - 1)) ? EXCERPT_LENGTH - 1 : EXCERPT_LENGTH;
  return `${line.slice(0, end)}…`;
}
