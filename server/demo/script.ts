import { AppError } from "#contract/problem.ts";

/**
 * How dialogues are written down (`dialogues/*.ts`): exchanges separated by an empty line, one turn a line.
 *
 *     # A:tech B:referents        roles cast from these pools, anew each time
 *     karim: text                 a message; `A: text` by whoever plays A
 *     | next line of the same message
 *     > ines: text                a reply in the thread of the last message
 *     + 👍 karim solene 🎉 A       reactions on the message above
 *     ! edited   ! deleted        what became of it
 *
 * In a text: `@karim`, `@A` and `@tous` are mentions, `{A}` A's given name, `{college}` a slot (`slots.ts`), the same all
 * through one exchange, `{one|two}` a choice, `{x=one|two}` the same place in every choice lettered x, `{3-9}` a number, ´code´ stands for back quotes.
 */
interface Turn {
  who: string;
  text: string;
  isReply: boolean;
  reactions: { emoji: string; who: string[] }[];
  isEdited: boolean;
  isDeleted: boolean;
}

export interface Exchange {
  /** Role letter → name of a pool. */
  roles: Map<string, string>;
  turns: Turn[];
}

const turnPattern = /^(> )?([A-Za-z]+): (.*)$/;

/** @throws AppError badRequest naming the line that cannot be read. */
export function parseScript(text: string): Exchange[] {
  return text
    .trim()
    .split(/\n[ \t]*\n/)
    .filter((block) => block.trim() !== "")
    .map((block) => parseExchange(block.split("\n")));
}

function parseExchange(lines: string[]): Exchange {
  const exchange: Exchange = { roles: new Map(), turns: [] };
  for (const line of lines) {
    const last = exchange.turns.at(-1);
    if (line.startsWith("# ")) readRoles(exchange, line.slice(2));
    else if (line.startsWith("|") && last !== undefined) last.text += `\n${line.slice(2)}`;
    else if (line.startsWith("+ ") && last !== undefined)
      last.reactions.push(...readReactions(line.slice(2)));
    else if (line === "! edited" && last !== undefined) last.isEdited = true;
    else if (line === "! deleted" && last !== undefined) last.isDeleted = true;
    else exchange.turns.push(readTurn(line));
  }
  return exchange;
}

function readTurn(line: string): Turn {
  const match = turnPattern.exec(line);
  const who = match?.[2];
  const text = match?.[3];
  if (who === undefined || text === undefined) {
    throw new AppError("badRequest", { title: "A line of dialogue cannot be read", detail: line });
  }
  return { who, text, isReply: match?.[1] !== undefined, reactions: [], isEdited: false, isDeleted: false };
}

function readRoles(exchange: Exchange, text: string): void {
  for (const part of text.split(" ")) {
    const [role, pool] = part.split(":");
    if (role !== undefined && pool !== undefined) exchange.roles.set(role, pool);
  }
}

function readReactions(text: string): { emoji: string; who: string[] }[] {
  const reactions: { emoji: string; who: string[] }[] = [];
  for (const word of text.split(" ").filter((part) => part !== "")) {
    if (/^[A-Za-z]+$/.test(word)) reactions.at(-1)?.who.push(word);
    else reactions.push({ emoji: word, who: [] });
  }
  return reactions;
}

/** What is said in the channels of a space: by channel key, what happens once and what comes back. */
export type SpaceScript = Record<string, { once: string; often: string }>;
