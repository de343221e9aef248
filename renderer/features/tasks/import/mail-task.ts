import type { ReadAnswer } from "#renderer/parts/preview/reader/read-answer.ts";

export type ReadMail = Extract<ReadAnswer, { kind: "mail" }>;

export interface MailWords {
  readonly from: string;
  readonly date: string;
  readonly untitled: string;
  /** Of the date, where it can be read. */
  readonly language: string;
}

const MOST_TITLE = 500;
const MOST_DESCRIPTION = 40_000;

/** A task about a mail: its subject, then who wrote when, and what. Its text stays text: no words that lead elsewhere than they say, no mention, no picture. */
export function mailTask(
  { head, text }: Pick<ReadMail, "head" | "text">,
  words: MailWords,
): { title: string; description: string } {
  const part = (name: ReadMail["head"][number]["name"]) =>
    (head.find((each) => each.name === name)?.value ?? "").replaceAll(/[\s\p{Cc}]+/gu, " ").trim();
  const title = part("subject").slice(0, MOST_TITLE).trim();
  const lines = [
    [words.from, part("from")],
    [words.date, dateIn(part("date"), words.language)],
  ].flatMap(([name = "", value = ""]) => (value === "" ? [] : [`**${name}** ${plain(value)}`]));
  const said = plain(
    text
      .toWellFormed()
      .replaceAll(/\r\n?/g, "\n")
      .replaceAll(/(?![\t\n])\p{Cc}/gu, ""),
  );
  const description = [lines.join("\n"), said].filter((each) => each !== "").join("\n\n");
  return {
    title: title === "" ? words.untitled : title.toWellFormed(),
    description: description.slice(0, MOST_DESCRIPTION).replace(/[\uD800-\uDBFF\\]$/, ""),
  };
}

/** A mail is plain text: what begins a link, a mention or code in Markdown is only a character there. */
function plain(text: string): string {
  return text.replaceAll(/[\\[\]<`]/g, (letter) => `\\${letter}`);
}

function dateIn(written: string, language: string): string {
  const ms = Date.parse(written);
  if (Number.isNaN(ms)) return written;
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(ms);
}
