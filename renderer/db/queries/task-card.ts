import type { PersonId } from "#contract/ids.ts";
import type { ObjectTarget } from "#contract/links.ts";
import type { Card } from "#contract/views/conversation-parts.ts";
import { Briefs } from "../briefs.ts";
import type { QueryContext } from "../query-context.ts";
import type { Reader } from "../reader.ts";
import { openTasks } from "./task-place.ts";

interface Sources {
  context: QueryContext;
  reader: Reader;
  me: PersonId;
}

/** A task of a board that the reader has: who has it, and where. */
export async function taskCard(
  { context, reader, me }: Sources,
  { scope, taskId }: Extract<ObjectTarget, { kind: "task" }>,
): Promise<Card | null> {
  const place = await openTasks(context, reader, { scope, me, memory: new WeakMap() });
  const laid = place?.overlay.tasks.get(taskId);
  if (place === undefined || laid === undefined) return null;
  const { task } = laid;
  const { boardName, columnName, space } = (await place.placed(laid, "")).place;
  const [assigneeId] = task.assigneeIds ?? [];
  return {
    object: { kind: "row", scope, collection: "task", id: taskId },
    title: task.title,
    excerpt: [space?.name ?? "", boardName, columnName].filter((name) => name !== "").join(" / "),
    person: assigneeId === undefined ? null : await new Briefs(reader).get(assigneeId),
    at: null,
  };
}
