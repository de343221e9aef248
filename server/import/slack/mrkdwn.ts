import type { Mention } from "#contract/entities/message.ts";
import type { PersonId } from "#contract/ids.ts";
import { emojiNamed } from "./emoji.ts";

export interface Converted {
  body: string;
  mentions: Mention[];
}

/** Slack's mrkdwn as CommonMark. `personOf` gives the person behind a Slack user id, if there is one. */
export function convertMrkdwn(text: string, personOf: (userId: string) => PersonId | undefined): Converted {
  const mentions = new Map<string, Mention>();
  const body = clean(text)
    .split(/(```[\s\S]*?```|`[^`\n]+`)/)
    .map((part, index) => (index % 2 === 1 ? convertCode(part) : convertProse(part, { personOf, mentions })))
    .join("");
  return { body, mentions: [...mentions.values()].slice(0, 1000) };
}

/** Databases refuse NUL and lone surrogates; other control characters have nothing to say. */
export function clean(text: string): string {
  return text.toWellFormed().replaceAll(/(?![\t\n])\p{Cc}/gu, "");
}

function convertCode(code: string): string {
  const plain = unescape(
    code.replaceAll(/<(https?:[^|>]+)(?:\|([^>]*))?>/g, (_, url: string, label?: string) => label ?? url),
  );
  if (!plain.startsWith("```")) return plain;
  // a fence stands on lines of its own
  return `\n\`\`\`\n${plain.slice(3, -3).replace(/^\n|\n$/g, "")}\n\`\`\`\n`;
}

interface Prose {
  personOf: (userId: string) => PersonId | undefined;
  mentions: Map<string, Mention>;
}

function convertProse(text: string, prose: Prose): string {
  return text
    .split(/(<[^<>\n]+>)/)
    .map((part, index) => (index % 2 === 1 ? convertAngle(part, prose) : convertPlain(part)))
    .join("");
}

function convertAngle(token: string, { personOf, mentions }: Prose): string {
  const [target = "", label] = token.slice(1, -1).split("|", 2);
  if (target.startsWith("@")) {
    const personId = personOf(target.slice(1));
    if (personId === undefined) return `@${convertPlain(label ?? target.slice(1))}`;
    mentions.set(personId, { kind: "person", personId });
    return `<@${personId}>`;
  }
  if (target.startsWith("#")) return `\\#${label ?? target.slice(1)}`;
  if (/^!(here|channel|everyone)/.test(target)) {
    mentions.set("everyone", { kind: "everyone" });
    return "<!everyone>";
  }
  if (target.startsWith("!")) return convertPlain(label ?? target.slice(1));
  if (!/^(https?|mailto|tel|ftp):/.test(target)) return convertPlain(token);
  const url = unescape(target);
  if (label === undefined || label === "" || label === target) return `<${url}>`;
  return `[${convertPlain(label).replaceAll(/[[\]]/g, "\\$&")}](<${url}>)`;
}

function convertPlain(text: string): string {
  return unescape(text)
    .replaceAll(/\\(?=[!-/:-@[-`{-~])/g, "\\\\")
    .replaceAll(/<(?=[a-z/!@?])/gi, "\\<")
    .replaceAll(/(?<![\w*])\*(?=\S)([^*\n]*[^*\s])\*(?![\w*])|\*/g, (_, bold?: string) =>
      bold === undefined ? "\\*" : `**${bold}**`,
    )
    .replaceAll(/(?<![\w~])~(?=\S)([^~\n]*[^~\s])~(?![\w~])/g, "~~$1~~")
    .replaceAll(
      /:([a-z0-9_+'-]{1,60}(?:::skin-tone-\d)?):/g,
      (whole, name: string) => emojiNamed(name) ?? whole,
    )
    .replaceAll(/^(#{1,6}|=+|-{2,})(?=\s|$)/gm, "\\$1");
}

function unescape(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
