import { expect, it } from "vitest";
import { readMail } from "#renderer/parts/preview/reader/read-mail.ts";
import { mailTask, type MailWords } from "./mail-task.ts";

const words: MailWords = { from: "De :", date: "Date :", untitled: "Sans titre", language: "fr" };

function taskOf(...lines: string[]) {
  const answer = readMail(new TextEncoder().encode(lines.join("\r\n")));
  if (answer.kind !== "mail") throw new Error(answer.kind);
  return mailTask(answer, words);
}

it("has the subject as its title, then who wrote when, and what", () => {
  const { title, description } = taskOf(
    "From: Anne Le Goff <anne@exemple.fr>",
    "Date: Mon, 23 Nov 2026 10:00:00 +0000",
    "Subject: =?utf-8?Q?R=C3=A9union_du_=C3=A9quipement?=",
    "Content-Type: text/plain; charset=utf-8",
    "",
    "Bonjour,",
    "la salle est prise.",
  );
  expect(title).toBe("Réunion du équipement");
  const [from, date, ...rest] = description.split("\n");
  expect(from).toBe("**De :** Anne Le Goff \\<anne@exemple.fr>");
  expect(date).toMatch(/^\*\*Date :\*\* 23 novembre 2026/);
  expect(rest).toEqual(["", "Bonjour,", "la salle est prise."]);
});

it("makes no words that lead elsewhere, mention, code or picture of what a mail says", () => {
  const { description } = taskOf(
    "Subject: s",
    "",
    "[ici](https://mal.exemple) <@0192> `x` ![y](https://mal.exemple/p.png) \\[z]",
  );
  expect(description).toBe(
    "\\[ici\\](https://mal.exemple) \\<@0192> \\`x\\` !\\[y\\](https://mal.exemple/p.png) \\\\\\[z\\]",
  );
});

it("holds what is missing, unreadable or endless to the limits of a task", () => {
  expect(taskOf("From: a@b.fr", "Date: hier", "", "")).toEqual({
    title: "Sans titre",
    description: "**De :** a@b.fr\n**Date :** hier",
  });
  const long = taskOf(`Subject: ${"s".repeat(900)}`, "", "[".repeat(50_000));
  expect([long.title.length, long.description.length]).toEqual([500, 40_000]);
});
