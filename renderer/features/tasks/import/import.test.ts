import { describe, expect, it } from "vitest";
import { z } from "zod";
import { labelColourSchema, labelColours } from "#contract/entities/task.ts";
import { createId, personIdSchema } from "#contract/ids.ts";
import { mutations } from "#contract/mutations.ts";
import { importCommands } from "./commands.ts";
import { readCsv } from "./csv.ts";
import { importPlanSchema, meaningOf, type ImportPlan, type ImportWords, type ReadPlan } from "./plan.ts";
import { readTrello } from "./trello.ts";

const coloursByName = z
  .record(labelColourSchema, z.string())
  .parse(Object.fromEntries(labelColours.map((each) => [each, each])));
const words: ImportWords = {
  board: "Tableau importé",
  unplaced: "Sans colonne",
  untitled: "Sans titre",
  meanings: { todo: "À faire", doing: "En cours", done: "Terminé" },
  colours: coloursByName,
};
const csv = (text: string) => readCsv(text, { words, name: "Suivi", zone: "Europe/Paris" });
const trello = (board: object) => readTrello(JSON.stringify(board), words);

/** The plan, held to its schema. */
function planned(read: ReadPlan): ImportPlan {
  if (!read.ok) throw new Error(read.problem);
  return importPlanSchema.parse(read.plan);
}

function refusalOf(read: ReadPlan) {
  return read.ok ? undefined : read.problem;
}

const trelloRefusal = (text: string) => refusalOf(readTrello(text, words));
const csvRefusal = (text: string) => refusalOf(csv(text));

function countsOf({ notes }: ImportPlan): Record<string, number> {
  return Object.fromEntries(notes.map(({ kind, count }) => [kind, count]));
}

const lists = [
  { id: "l2", name: "Terminé ✅", closed: false, pos: 3 },
  { id: "l1", name: "À faire", closed: false, pos: 1 },
  { id: "l3", name: "En cours", closed: false, pos: 2 },
  { id: "l4", name: "Vieux", closed: true, pos: 4 },
];

const board = {
  name: "Voirie",
  desc: "Le **tableau**",
  lists,
  labels: [
    { id: "a", name: "Urgent", color: "red_dark" },
    { id: "b", name: "", color: "sky" },
    { id: "c", name: "", color: "lime" },
    { id: "d", name: "Autre", color: null },
  ],
  members: [{ id: "m1", fullName: "Camille Berthier", username: "camille" }],
  checklists: [
    {
      id: "k2",
      idCard: "c1",
      name: "Après",
      pos: 2,
      checkItems: [{ name: "Payer", state: "incomplete", pos: 1 }],
    },
    {
      id: "k1",
      idCard: "c1",
      name: "Avant",
      pos: 1,
      checkItems: [
        { name: "Signer", state: "incomplete", pos: 9 },
        { name: "Lire", state: "complete", pos: 1 },
      ],
    },
  ],
  cards: [
    { id: "c2", name: "Second", idList: "l1", pos: 20, closed: true, dueComplete: true },
    {
      id: "c1",
      name: "Premier",
      desc: "Voir\r\nla suite\u0000",
      idList: "l1",
      pos: 10,
      closed: false,
      due: "2026-12-01T11:00:00.000Z",
      start: "2026-11-20T08:00:00.000Z",
      idLabels: ["a", "b"],
      idMembers: ["m1", "gone"],
      attachments: [{}, {}],
      badges: { comments: 3 },
    },
    { id: "c3", name: "Rangé", idList: "l4", pos: 30 },
  ],
};

describe("a board of Trello", () => {
  it("is read with lists and cards in their places, labels, checklists, dates and people", () => {
    const plan = planned(trello(board));
    expect(plan).toMatchObject({ name: "Voirie", description: "Le **tableau**" });
    expect(plan.columns).toEqual([
      { name: "À faire", meaning: "todo" },
      { name: "En cours", meaning: "doing" },
      { name: "Terminé ✅", meaning: "done" },
    ]);
    expect(plan.labels).toEqual([
      { name: "Urgent", colour: "red" },
      { name: "teal", colour: "teal" },
      { name: "Autre", colour: "grey" },
    ]);
    expect(plan.tasks[0]).toEqual({
      title: "Premier",
      description: "Voir\nla suite",
      column: 0,
      labels: [0, 1],
      startAt: "2026-11-20T08:00:00.000Z",
      dueAt: "2026-12-01T11:00:00.000Z",
      checklist: [
        { text: "Avant – Lire", isDone: true },
        { text: "Avant – Signer", isDone: false },
        { text: "Après – Payer", isDone: false },
      ],
      people: ["Camille Berthier"],
      isArchived: false,
    });
    expect(plan.tasks.slice(1)).toMatchObject([
      { title: "Second", isArchived: true },
      { title: "Rangé", column: 0, isArchived: true },
    ]);
    expect(countsOf(plan)).toEqual({ archivedLists: 1, attachments: 2, comments: 3, finishedCards: 1 });
  });

  it("puts cards whose list is missing into a first column of its own", () => {
    const plan = planned(
      trello({
        lists,
        cards: [{ name: "Perdu", idList: "nowhere" }, { name: "Là", idList: "l1" }, { idList: "l4" }],
      }),
    );
    expect(plan.name).toBe("Tableau importé");
    expect(plan.columns.map(({ name }) => name)).toEqual([
      "Sans colonne",
      "À faire",
      "En cours",
      "Terminé ✅",
    ]);
    expect(plan.tasks.map(({ title, column }) => [title, column])).toEqual([
      ["Perdu", 0],
      ["Là", 1],
      ["Sans titre", 1],
    ]);
    expect(countsOf(plan)).toMatchObject({ unplacedTasks: 1, untitledTasks: 1 });
  });

  it("takes fields of wrong types for none", () => {
    const plan = planned(
      trello({
        name: 3,
        lists: [...lists, null, { id: 7 }],
        labels: "none",
        members: { id: 1 },
        checklists: [{ idCard: "c1", checkItems: "no" }],
        cards: [7, { id: "c1", name: [], idList: "l1", due: "soon", start: 12, idLabels: [{}], badges: 1 }],
      }),
    );
    expect(plan.tasks).toMatchObject([{ title: "Sans titre", column: 0, checklist: [] }]);
    expect(countsOf(plan)).toMatchObject({ unreadableCards: 1, unreadableDates: 1 });
  });

  it("cuts what is too long and leaves out what is too much", () => {
    const items = Array.from({ length: 250 }, (_, at) => ({ name: `${at}`, pos: at }));
    const many = Array.from({ length: 70 }, (_, at) => ({ id: `x${at}`, name: `x${at}`, color: "pink" }));
    const plan = planned(
      trello({
        lists: Array.from({ length: 32 }, (_, at) => ({ id: `l${at}`, name: `${at}`, pos: at })),
        labels: many,
        checklists: [{ idCard: "c", name: "k", checkItems: items }],
        cards: [
          {
            id: "c",
            name: `${"a".repeat(499)}😀`,
            desc: "b".repeat(50_000),
            idList: "l31",
            start: "2026-12-02",
            due: "2026-12-01",
          },
        ],
      }),
    );
    expect([plan.columns.length, plan.labels.length, plan.tasks[0]?.checklist.length]).toEqual([30, 60, 200]);
    expect(plan.tasks[0]?.title).toBe("a".repeat(499));
    expect(plan.tasks[0]?.startAt).toBeUndefined();
    expect(countsOf(plan)).toEqual({
      columnsLeftOut: 2,
      labelsLeftOut: 10,
      unplacedTasks: 1,
      textsCut: 2,
      startsAfterDue: 1,
      checklistItemsLeftOut: 50,
    });
  });

  it("is refused with what is wrong", () => {
    expect(trelloRefusal("{")).toBe("notJson");
    expect(trelloRefusal("[]")).toBe("notTrello");
    expect(trelloRefusal("null")).toBe("notTrello");
    expect(trelloRefusal("{}")).toBe("noLists");
    expect(trelloRefusal(JSON.stringify({ lists: "x", cards: [{ name: "a" }] }))).toBe("noLists");
    expect(trelloRefusal(" ".repeat(50_000_001))).toBe("tooLarge");
    expect(trelloRefusal(`\uFEFF${JSON.stringify({ lists })}`)).toBeUndefined();
    expect(trelloRefusal(JSON.stringify({ lists, cards: Array.from({ length: 20_001 }, () => 0) }))).toBe(
      "tooManyTasks",
    );
  });
});

describe("a table of tasks", () => {
  it("is read as French offices save it", () => {
    const plan = planned(
      csv(
        [
          "\uFEFFTitre;Description;Statut;Échéance;Début;Étiquettes;Priorité;Responsable;Code",
          '"Réparer ""la"" fontaine";"Deux lignes;',
          'et un point-virgule";En cours;05/12/2026;1/12/2026;Voirie, Eau | voirie;Élevée;camille@ville.test;42',
          "Élaguer;;terminé;2026-12-24 14:30;;;urgent;Karim Benhaddou;",
          "Revoir;;EN COURS;31/02/2026;;;bientôt;;",
          "",
        ].join("\r\n"),
      ),
    );
    expect(plan.columns).toEqual([
      { name: "En cours", meaning: "doing" },
      { name: "terminé", meaning: "done" },
    ]);
    expect(plan.labels.map(({ name }) => name)).toEqual(["Voirie", "Eau"]);
    expect(plan.tasks[0]).toEqual({
      title: 'Réparer "la" fontaine',
      description: "Deux lignes;\net un point-virgule",
      column: 0,
      labels: [0, 1],
      startAt: "2026-12-01",
      dueAt: "2026-12-05",
      priority: "high",
      checklist: [],
      people: ["camille@ville.test"],
      isArchived: false,
    });
    expect(plan.tasks[1]).toMatchObject({
      column: 1,
      dueAt: "2026-12-24T13:30:00.000Z",
      priority: "urgent",
      people: ["Karim Benhaddou"],
    });
    expect(plan.tasks[2]).toMatchObject({ title: "Revoir", column: 0 });
    expect(plan.notes).toEqual([
      { kind: "otherFields", count: 1, text: "Code" },
      { kind: "unreadableDates", count: 1 },
      { kind: "unreadablePriorities", count: 1 },
    ]);
  });

  it.each([
    ["commas", "Title,Due,Labels\nA;b,2026-12-01T10:00:00+01:00,x;y", "A;b"],
    ["tabs", "title\tdue\tlabels\nA, b\t2026-12-01T09:00:00Z\tx|y", "A, b"],
    ["tabs, lines of old programs", "title\tdue\tlabels\rA\t2026-12-01T09:00:00Z\tx|y\r", "A"],
    ["Excel's own line", "sep=;\r\nTitle;Due;Labels\r\nA;1/12/2026 10:00;x,y\r\n", "A"],
  ])("finds its delimiter: %s", (_, text, title) => {
    const plan = planned(csv(text));
    expect(plan).toMatchObject({ name: "Suivi", columns: [{ name: "Sans colonne", meaning: "todo" }] });
    expect(plan.tasks).toMatchObject([
      { title, column: 0, labels: [0, 1], dueAt: "2026-12-01T09:00:00.000Z" },
    ]);
  });

  it("takes short rows, and rows without a title", () => {
    const plan = planned(csv("Liste,Titre\nÀ faire\n,Seule\n"));
    expect(plan.tasks.map(({ title, column }) => [title, plan.columns[column]?.name])).toEqual([
      ["Sans titre", "À faire"],
      ["Seule", "Sans colonne"],
    ]);
  });

  it("is refused with what is wrong", () => {
    expect(csvRefusal("")).toBe("empty");
    expect(csvRefusal("Titre;Statut\n;\n")).toBe("empty");
    expect(csvRefusal("Quoi;Statut\na;b")).toBe("noTitleColumn");
    expect(csvRefusal('Titre;Statut\n"open;b')).toBe("notCsv");
    expect(csvRefusal("a".repeat(50_000_001))).toBe("tooLarge");
    expect(csvRefusal(`Titre\n${"a\n".repeat(20_001)}`)).toBe("tooManyTasks");
  });
});

it.each([
  ["Terminé", "done"],
  ["Faites", "done"],
  ["Closed", "done"],
  ["Done 🎉", "done"],
  ["À faire", "todo"],
  ["Pas fait", "todo"],
  ["To be done", "todo"],
  ["À terminer", "todo"],
  ["En cours de relecture", "doing"],
  ["In Progress", "doing"],
  ["Idées", "todo"],
])("%s means %s", (name, meaning) => {
  expect(meaningOf(name)).toBe(meaning);
});

describe("the commands of a plan", () => {
  it("are those of the contract, in order, with keys within each column", () => {
    const camille = personIdSchema.parse(createId());
    const commands = importCommands(planned(trello(board)), {
      makeId: createId,
      people: new Map([["Camille Berthier", camille]]),
    });
    expect(commands.map(({ name }) => name)).toEqual([
      "board.create",
      "task.create",
      "task.create",
      "task.create",
      "task.archive",
      "task.archive",
    ]);
    for (const { name, args } of commands) expect(mutations[name].safeParse(args).error).toBeUndefined();
    const made = mutations["board.create"].parse(commands[0]?.args);
    const first = mutations["task.create"].parse(commands[1]?.args);
    const second = mutations["task.create"].parse(commands[2]?.args);
    expect(first).toMatchObject({
      boardId: made.id,
      columnId: made.columns[0]?.id,
      assigneeIds: [camille],
      labelIds: made.labels?.slice(0, 2).map(({ id }) => id),
    });
    expect(first.order < second.order).toBe(true);
    expect(first.checklist?.map(({ order }) => order)).toEqual(["a0", "a1", "a2"]);
    expect(commands[4]?.args).toEqual({ id: second.id });
  });

  it("keep the order of thousands", () => {
    const plan = planned(csv(`Titre\n${"a\n".repeat(3000)}`));
    const orders = importCommands(plan, { makeId: createId, people: new Map() })
      .slice(1)
      .map(({ args }) => mutations["task.create"].parse(args).order);
    expect(orders).toEqual([...new Set(orders)].toSorted((a, b) => (a < b ? -1 : 1)));
  });
});
