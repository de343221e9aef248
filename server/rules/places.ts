import { spaceIdSchema } from "#contract/ids.ts";
import { parseScope } from "#contract/scope.ts";
import type { MutationContext } from "../mutations/context.ts";
import { isAnimator, requireOpenSpace } from "./spaces.ts";

/** A place in use: a space that is not archived, or one's own. @throws AppError notFound, forbidden */
export async function requireUsedPlace({ tx, scope }: MutationContext): Promise<void> {
  const { kind, id } = parseScope(scope);
  if (kind === "space") await requireOpenSpace(tx, spaceIdSchema.parse(id));
}

/** Whoever runs the place: animators of a space, oneself at home. */
export async function runsPlace(context: MutationContext): Promise<boolean> {
  const { kind, id } = parseScope(context.scope);
  return kind === "space" ? isAnimator(context, spaceIdSchema.parse(id)) : id === context.personId;
}
