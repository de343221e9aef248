import { atWork, withinDay, type Hours } from "./calendar.ts";
import { timeTurns, type TimedTurn } from "./messages.ts";
import { renderExchange, type RenderContext, type RenderedTurn } from "./render.ts";
import type { Random } from "./random.ts";
import { parseScript, type Exchange } from "./script.ts";

const MINUTE_MS = 60_000;
export const HISTORY_MS = 212 * 24 * 60 * MINUTE_MS;
/** No text comes twice within this many messages. */
const DISTINCT = 62;
const TRIES = 80;
/** The figures in `spaces-data.ts` are relative; this makes thousands of them. */
const ABUNDANCE = 1.65;

export interface ChannelHistory {
  once: string;
  often: string;
  recurring: number;
  hours: Hours;
  /** Nothing is said after this instant. */
  untilMs: number;
  people: readonly string[];
  context: RenderContext;
}

/** Seven months of a channel: exchanges that happen once among those that come back, denser towards the end. */
export function writeHistory(history: ChannelHistory): TimedTurn[] {
  const { untilMs, hours, context } = history;
  const { random } = context;
  const plan = planExchanges(history);
  const recent: string[] = [];
  const said: TimedTurn[] = [];
  let clock = 0;
  for (const [index, exchange] of plan.entries()) {
    const turns = renderDistinct(exchange, recent, context);
    if (turns === undefined) continue;
    const part = 1 - (index + random.next()) / plan.length;
    const dayMs = untilMs - HISTORY_MS * part ** 1.7;
    const startMs = atWork(Math.max(withinDay(dayMs, hours, random.next() ** 1.2 * 0.9), clock), hours);
    const timed = timeTurns(asThread(turns, random), startMs, random);
    const last = timed.at(-1);
    if (last === undefined || last.atMs > untilMs) continue;
    clock = last.atMs + random.int(9, 55) * MINUTE_MS;
    said.push(...timed.map((turn) => withPassingReactions(turn, history)));
    recent.push(...turns.map((turn) => turn.text));
  }
  return said;
}

function planExchanges({ once, often, recurring, context }: ChannelHistory): Exchange[] {
  const stories = parseScript(once);
  const habits = parseScript(often);
  const plan: Exchange[] = [];
  while (plan.length < recurring * ABUNDANCE && habits.length > 0)
    plan.push(...context.random.shuffle(habits));
  const step = plan.length / Math.max(1, stories.length);
  // from the back, so that the places of those before do not move
  for (const [index, story] of [...stories.entries()].toReversed()) {
    plan.splice(Math.floor(step * (index + 0.4)), 0, story);
  }
  return plan;
}

/** Tries other words until nothing is said twice; failing that, leaves the end of the exchange out. */
function renderDistinct(
  exchange: Exchange,
  recent: readonly string[],
  context: RenderContext,
): RenderedTurn[] | undefined {
  const taken = new Set(recent.slice(-DISTINCT));
  let longest: RenderedTurn[] = [];
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const turns = renderExchange(exchange, context);
    const repeated = turns.findIndex((turn) => taken.has(turn.text));
    if (repeated < 0) return turns;
    if (repeated > longest.length) longest = turns.slice(0, repeated);
  }
  // an announcement can stand alone, a question cannot
  const isQuestion = longest[0]?.text.includes("?") === true;
  return longest.length < (isQuestion ? 2 : 1) ? undefined : longest;
}

/** Some questions are answered in their thread. */
function asThread(turns: RenderedTurn[], random: Random): RenderedTurn[] {
  if (turns.length < 4 || turns.some((turn) => turn.isReply) || !random.chance(0.22)) return turns;
  return turns.map((turn, index) => Object.assign(turn, { isReply: index > 0 }));
}

/** A thumb from somebody passing by, now and then; and now and then a message taken back. */
function withPassingReactions(turn: TimedTurn, { people, context }: ChannelHistory): TimedTurn {
  const { random } = context;
  if (random.chance(0.003) && !turn.isReply) return { ...turn, isDeleted: true, reactions: [] };
  if (!random.chance(0.1)) return turn;
  const who = random.shuffle(people).slice(0, random.int(1, 3));
  const emoji = random.pick(["👍", "👍", "❤️", "😄", "🙏", "👏"]);
  return {
    ...turn,
    reactions: [...turn.reactions, { emoji, who: who.filter((handle) => handle !== turn.who) }],
  };
}
