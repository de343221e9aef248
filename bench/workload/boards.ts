import type { CollectionName } from "#contract/collections.ts";
import type { Envelope } from "#contract/envelope.ts";
import { parseScope, type Scope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import { generateKeyBetween } from "fractional-indexing";
import * as french from "./french.ts";
import { createRandom, seededId, type Random } from "./random.ts";
import { layOut, type Workload, type WorkloadScope } from "./workload.ts";

const SEED = 20_261_124;
const DAY_MS = 24 * 3600 * 1000;
const END_MS = Date.UTC(2026, 10, 20, 17, 0, 0);
const COLUMNS = [
  ["À faire", "todo"],
  ["En cours", "doing"],
  ["À relire", "doing"],
  ["Terminé", "done"],
] as const;
const LABELS = [
  ["Accueil", "blue"],
  ["Travaux", "orange"],
  ["Urgent", "red"],
] as const;

/** The workload with a board in each of its first spaces, named after how many cards it has: of `cards` the first is for the first space. */
export function withBoards(workload: Workload, cards: readonly number[]): Workload {
  const random = createRandom(SEED);
  const spaces = workload.scopes.filter(({ scope }) => parseScope(scope).kind === "space");
  const filled = new Map<Scope, WorkloadScope>();
  for (const [index, count] of cards.entries()) {
    const space = spaces[index];
    if (space !== undefined) filled.set(space.scope, withBoard(space, count, random));
  }
  const scopes = workload.scopes.map((each) => filled.get(each.scope) ?? each);
  return { ...workload, name: `${workload.name} with boards`, scopes };
}

export function boardName(cards: number): string {
  return `Tableau ${String(cards)}`;
}

function withBoard(space: WorkloadScope, cards: number, random: Random): WorkloadScope {
  const { scope } = space;
  const members = space.small
    .filter(({ collection }) => collection === "membership")
    .map(({ data }) => String(data["personId"]));
  const id = () => seededId(random, END_MS - 90 * DAY_MS);
  const createdAt = toIsoTime(END_MS - 90 * DAY_MS);
  const boardId = id();
  const labels = LABELS.map(([name, colour]) => ({ id: id(), name, colour }));
  const createdBy = members[0] ?? "";
  const rows = [put(scope, "board", { id: boardId, name: boardName(cards), labels, createdBy, createdAt })];
  const columns = COLUMNS.map(([name, meaning], index) => ({
    id: id(),
    boardId,
    name,
    meaning,
    order: `a${String(index)}`,
  }));
  for (const column of columns) rows.push(put(scope, "boardColumn", column));
  const last: (string | null)[] = columns.map(() => null);
  for (let card = 0; card < cards; card++) {
    const at = card % columns.length;
    const order = generateKeyBetween(last[at] ?? null, null);
    last[at] = order;
    const due = toIsoTime(END_MS + random.below(60) * DAY_MS).slice(0, 10);
    const isDone = columns[at]?.meaning === "done";
    rows.push(
      put(scope, "task", {
        id: id(),
        boardId,
        columnId: columns[at]?.id,
        order,
        title: french.frenchText(random).slice(0, 120),
        description: french.frenchText(random),
        ...(random.chance(0.7) ? { assigneeIds: [random.pick(members)] } : {}),
        ...(random.chance(0.5) ? { dueAt: due } : {}),
        ...(random.chance(0.4) ? { labelIds: [random.pick(labels).id] } : {}),
        ...(random.chance(0.2) ? { priority: "high" } : {}),
        ...(random.chance(0.3) ? { checklist: checklistOf(random, id) } : {}),
        ...(isDone ? { done: { at: createdAt, personId: random.pick(members) } } : {}),
        watcherIds: [random.pick(members)],
        createdBy: random.pick(members),
        createdAt,
        activity: Array.from({ length: 1 + random.below(6) }, () => ({
          personId: random.pick(members),
          at: createdAt,
          what: "moved",
          from: "À faire",
          to: "En cours",
        })),
      }),
    );
  }
  const before = space.timeline.toReversed();
  return { ...space, ...layOut(scope, [...space.small, ...rows, ...before]) };
}

function checklistOf(random: Random, id: () => string): object[] {
  return Array.from({ length: 2 + random.below(5) }, (_, index) => ({
    id: id(),
    text: french.frenchText(random).slice(0, 80),
    isDone: random.chance(0.5),
    order: `a${String(index)}`,
  }));
}

function put(scope: Scope, collection: CollectionName, data: Record<string, unknown>): Envelope {
  return { scope, seq: 1, collection, id: String(data["id"]), rev: 1, op: "put", data };
}
