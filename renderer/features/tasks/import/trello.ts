import { z } from "zod";
import type { LabelColour } from "#contract/entities/task.ts";
import { isoTimeSchema, type IsoTime } from "#contract/time.ts";
import { PlanBuilder, type TaskDraft } from "./plan-builder.ts";
import { isTooLarge, most, type ImportWords, type PlannedTask, type ReadPlan } from "./plan.ts";

/**
 * A board of Trello as its menu exports it ("Export as JSON"), objects as in its REST API
 * (developer.atlassian.com/cloud/trello/guides/rest-api/object-definitions). A field of another type counts as none.
 */

const text = z.string().catch("");
const flag = z.boolean().catch(false);
const position = z.number().catch(0);
const count = z.number().catch(0);
const anything = z.array(z.unknown()).catch([]);

/** The elements that are what they should be. */
function listOf<T>(element: z.ZodType<T>) {
  return anything.transform((all) =>
    all.flatMap((each) => {
      const read = element.safeParse(each);
      return read.success ? [read.data] : [];
    }),
  );
}

const labelSchema = z.object({ id: z.string(), name: text, color: text });
const listSchema = z.object({ id: z.string(), name: text, closed: flag, pos: position });
const memberSchema = z.object({ id: z.string(), fullName: text, username: text });
const checklistSchema = z.object({
  idCard: z.string(),
  name: text,
  pos: position,
  checkItems: listOf(z.object({ name: text, state: text, pos: position })),
});
const cardSchema = z.object({
  id: text,
  name: text,
  desc: text,
  idList: text,
  closed: flag,
  pos: position,
  due: text,
  start: text,
  dueComplete: flag,
  isTemplate: flag,
  idLabels: listOf(z.string()),
  labels: listOf(labelSchema),
  idMembers: listOf(z.string()),
  attachments: anything,
  customFieldItems: anything,
  badges: z.object({ comments: count }).catch({ comments: 0 }),
});
const boardSchema = z.object({
  name: text,
  desc: text,
  lists: listOf(listSchema),
  cards: anything,
  labels: listOf(labelSchema),
  checklists: listOf(checklistSchema),
  members: listOf(memberSchema),
});

type TrelloBoard = z.infer<typeof boardSchema>;
type TrelloCard = z.infer<typeof cardSchema>;

interface Places {
  /** Of lists in use and, for want of one, of archived ones: the first column. */
  readonly columns: ReadonlyMap<string, number | undefined>;
  readonly archivedLists: ReadonlySet<string>;
  readonly labels: ReadonlyMap<string, number>;
  readonly people: ReadonlyMap<string, string>;
  readonly checklists: ReadonlyMap<string, TrelloBoard["checklists"]>;
}

export function readTrello(json: string, words: ImportWords): ReadPlan {
  if (isTooLarge(json)) return { ok: false, problem: "tooLarge" };
  const value = parsedJson(json);
  if (value === undefined) return { ok: false, problem: "notJson" };
  const read = boardSchema.safeParse(value);
  if (!read.success) return { ok: false, problem: "notTrello" };
  const board = read.data;
  if (board.lists.length === 0) return { ok: false, problem: "noLists" };
  if (board.cards.length > most.tasks) return { ok: false, problem: "tooManyTasks" };
  return { ok: true, plan: planOf(board, words) };
}

/** JSON has no `undefined`: it stands for what cannot be read. */
function parsedJson(json: string): unknown {
  try {
    return JSON.parse(json.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}

function planOf(board: TrelloBoard, words: ImportWords) {
  const builder = new PlanBuilder(words, board.name, board.desc);
  const cards = cardsOf(board, builder);
  const places: Places = {
    ...placedLists(board, builder),
    labels: placedLabels(board, cards, builder),
    people: new Map(board.members.map(({ id, fullName, username }) => [id, fullName || username])),
    checklists: Map.groupBy(board.checklists.toSorted(byPosition), ({ idCard }) => idCard),
  };
  for (const card of cards) {
    builder.addTask(draftOf(card, places, builder));
    noteLeftOut(card, builder);
  }
  return builder.plan();
}

function cardsOf({ cards }: TrelloBoard, builder: PlanBuilder): TrelloCard[] {
  const read = cards.flatMap((each) => cardSchema.safeParse(each).data ?? []);
  builder.note("unreadableCards", cards.length - read.length);
  return read.toSorted(byPosition);
}

function byPosition(one: { pos: number }, other: { pos: number }): number {
  return one.pos - other.pos;
}

/** Archived lists are no columns: their cards go, archived, to the first one. With nothing else they are columns. */
function placedLists(
  { lists }: TrelloBoard,
  builder: PlanBuilder,
): Pick<Places, "columns" | "archivedLists"> {
  const isUsed = lists.some(({ closed }) => !closed);
  const shown = lists.filter(({ closed }) => !closed || !isUsed).toSorted(byPosition);
  const columns = new Map(shown.map(({ id, name }) => [id, builder.addColumn(name)]));
  const archived = lists.filter(({ closed }) => closed);
  for (const { id } of isUsed ? archived : []) columns.set(id, 0);
  builder.note("archivedLists", archived.length);
  return { columns, archivedLists: new Set(archived.map(({ id }) => id)) };
}

/** Trello gives every board labels without names: those are kept that a card has. */
function placedLabels(board: TrelloBoard, cards: readonly TrelloCard[], builder: PlanBuilder) {
  const used = new Set(cards.flatMap(labelIdsOf));
  const known = new Map(
    [...cards.flatMap(({ labels }) => labels), ...board.labels].map((each) => [each.id, each]),
  );
  const places = new Map<string, number>();
  for (const { id, name, color } of known.values()) {
    const place = name.trim() === "" && !used.has(id) ? undefined : builder.addLabel(name, colourOf(color));
    if (place !== undefined) places.set(id, place);
  }
  return places;
}

function labelIdsOf({ idLabels, labels }: TrelloCard): string[] {
  return idLabels.length > 0 ? idLabels : labels.map(({ id }) => id);
}

const colours: ReadonlyMap<string, LabelColour> = new Map([
  ["green", "green"],
  ["yellow", "yellow"],
  ["orange", "orange"],
  ["red", "red"],
  ["purple", "purple"],
  ["blue", "blue"],
  ["sky", "teal"],
  ["lime", "green"],
  ["pink", "pink"],
  ["black", "grey"],
]);

/** `sky_light` and `sky_dark` are shades of `sky`. */
function colourOf(written: string): LabelColour {
  return colours.get(written.replace(/_(light|dark)$/, "")) ?? "grey";
}

function draftOf(card: TrelloCard, places: Places, builder: PlanBuilder): TaskDraft {
  return {
    title: card.name,
    description: card.desc,
    column: places.columns.get(card.idList),
    labels: labelIdsOf(card).flatMap((id) => places.labels.get(id) ?? []),
    startAt: momentOf(card.start, builder),
    dueAt: momentOf(card.due, builder),
    checklist: checklistOf(places.checklists.get(card.id) ?? []),
    people: card.idMembers.flatMap((id) => places.people.get(id) ?? []),
    isArchived: card.closed || places.archivedLists.has(card.idList),
    isTemplate: card.isTemplate,
  };
}

function momentOf(written: string, builder: PlanBuilder): IsoTime | undefined {
  if (written === "") return undefined;
  const ms = Date.parse(written);
  const moment = Number.isNaN(ms) ? undefined : isoTimeSchema.safeParse(new Date(ms).toISOString()).data;
  if (moment === undefined) builder.note("unreadableDates");
  return moment;
}

/** Trello's cards may have several: one after the other then, each item with the name of its own. */
function checklistOf(checklists: TrelloBoard["checklists"]): PlannedTask["checklist"] {
  return checklists.flatMap(({ name, checkItems }) =>
    checkItems.toSorted(byPosition).map((item) => ({
      text: checklists.length > 1 && name !== "" ? `${name} – ${item.name}` : item.name,
      isDone: item.state === "complete",
    })),
  );
}

/** A card that Trello marks as complete stays in its list: what is done is said by the column here. */
function noteLeftOut(card: TrelloCard, builder: PlanBuilder): void {
  builder.note("attachments", card.attachments.length);
  builder.note("comments", Math.max(0, Math.trunc(card.badges.comments)));
  builder.note("customFields", card.customFieldItems.length);
  if (card.dueComplete) builder.note("finishedCards");
}
