import { AppError } from "#contract/problem.ts";
import { pools } from "./people-data.ts";
import type { Random } from "./random.ts";
import type { Exchange } from "./script.ts";
import { slots } from "./slots.ts";
import { setFrench } from "./typography.ts";

export interface RenderedTurn {
  who: string;
  /** Mentions are still `@handle`. */
  text: string;
  isReply: boolean;
  reactions: { emoji: string; who: string[] }[];
  isEdited: boolean;
  isDeleted: boolean;
}

export interface RenderContext {
  random: Random;
  givenName: (handle: string) => string;
  /** Only members of the space play a part. */
  isMember: (handle: string) => boolean;
}

/** Casts the roles, fills the slots and makes the choices of one exchange. */
export function renderExchange(exchange: Exchange, context: RenderContext): RenderedTurn[] {
  const cast = castRoles(exchange, context);
  const filled = new Map<string, string>();
  const handle = (name: string): string => cast.get(name) ?? name;
  return exchange.turns.map((turn) => ({
    who: handle(turn.who),
    text: setFrench(
      fill(turn.text, { filled, cast, context })
        .replaceAll(/@([A-Z])\b/g, (_, role: string) => `@${handle(role)}`)
        .replaceAll("´", "`"),
    ),
    isReply: turn.isReply,
    reactions: turn.reactions.map(({ emoji, who }) => ({ emoji, who: who.map(handle) })),
    isEdited: turn.isEdited,
    isDeleted: turn.isDeleted,
  }));
}

function castRoles(exchange: Exchange, { random, isMember }: RenderContext): Map<string, string> {
  const cast = new Map<string, string>();
  const taken = new Set(exchange.turns.map((turn) => turn.who));
  for (const [role, pool] of exchange.roles) {
    const free = (pools[pool] ?? []).filter((handle) => !taken.has(handle) && isMember(handle));
    if (free.length === 0)
      throw new AppError("badRequest", { title: `Nobody is left to play ${role}:${pool}` });
    const chosen = random.pick(free);
    taken.add(chosen);
    cast.set(role, chosen);
  }
  return cast;
}

interface FillState {
  filled: Map<string, string>;
  cast: Map<string, string>;
  context: RenderContext;
}

/** Innermost braces first, until none is left: choices may hold slots and numbers. */
function fill(text: string, state: FillState): string {
  let rest = text;
  while (rest.includes("{")) {
    const next = rest.replaceAll(/\{([^{}]+)\}/g, (_, inside: string) => fillOne(inside, state));
    if (next === rest) throw new AppError("badRequest", { title: "Unbalanced braces", detail: text });
    rest = next;
  }
  return rest;
}

function fillOne(inside: string, { filled, cast, context }: FillState): string {
  const { random, givenName } = context;
  const linked = /^([a-z])=(.*)$/s.exec(inside);
  if (linked !== null) return fillLinked(linked[1] ?? "", (linked[2] ?? "").split("|"), { filled, random });
  if (inside.includes("|")) return random.pick(inside.split("|"));
  const range = /^(\d+)-(\d+)$/.exec(inside);
  if (range !== null) return String(random.int(Number(range[1]), Number(range[2])));
  if (/^[A-Z]$/.test(inside)) return givenName(cast.get(inside) ?? inside);
  const known = filled.get(inside);
  if (known !== undefined) return known;
  const list = slots[inside.replace(/\d$/, "")];
  // a number chosen inside a choice: `{412}`
  if (list === undefined && /^[\d,]+$/.test(inside)) return inside;
  if (list === undefined) throw new AppError("badRequest", { title: "Unknown slot", detail: inside });
  const used = new Set(filled.values());
  const value = random.pick(list.filter((item) => !used.has(item)));
  filled.set(inside, value);
  return value;
}

/** Choices with the same letter fall alike all through an exchange: a question and the answer that fits it. */
function fillLinked(
  letter: string,
  choices: string[],
  { filled, random }: { filled: Map<string, string>; random: Random },
): string {
  const key = `=${letter}`;
  const index = Number(filled.get(key) ?? random.int(0, choices.length - 1));
  filled.set(key, String(index));
  return choices[index % choices.length] ?? "";
}
