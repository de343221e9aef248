import { parseObjectLink } from "#contract/links.ts";

/** Lines of minutes that say what somebody has to do: `- [ ] Commander la fibre demain`. Pure. */

export interface ActionLine {
  /** Of the text, from 0. */
  readonly line: number;
  /** Without marks and without the link to its task. */
  readonly text: string;
  /** The task that it became. */
  readonly task: string | null;
}

const ACTION = /^\s*[-*+]\s+\[[ xX]\]\s+(\S.*)$/;
const TASK = /\s*\[[^\][]*\]\((parvis:\/\/task\/[^\s()]+)\)\s*$/;
const FENCE = /^\s*(?:```|~~~)/;

export function actionLines(text: string): ActionLine[] {
  const found: ActionLine[] = [];
  let isCode = false;
  for (const [line, each] of text.split("\n").entries()) {
    if (FENCE.test(each)) isCode = !isCode;
    const words = isCode ? undefined : ACTION.exec(each)?.[1];
    if (words === undefined) continue;
    const link = TASK.exec(words)?.[1];
    const task = link !== undefined && parseObjectLink(link)?.kind === "task" ? link : null;
    const plain = (task === null ? words : words.replace(TASK, "")).trim();
    if (plain !== "") found.push({ line, text: plain, task });
  }
  return found;
}

/**
 * With the link to the task at the end of the line that became one; undefined where no such line waits for one any more.
 *
 * @param wanted as it stood: what was written above meanwhile moves lines, and of two alike the nearest is meant
 */
export function withTaskLink(
  text: string,
  wanted: Pick<ActionLine, "line" | "text">,
  { link, name }: { link: string; name: string },
): string | undefined {
  const waiting = actionLines(text).filter((each) => each.task === null && each.text === wanted.text);
  const [nearest] = waiting.toSorted(
    (one, other) => Math.abs(one.line - wanted.line) - Math.abs(other.line - wanted.line),
  );
  if (nearest === undefined) return undefined;
  const lines = text.split("\n");
  const line = lines[nearest.line]?.trimEnd() ?? "";
  return lines.with(nearest.line, `${line} [${name}](${link})`).join("\n");
}
