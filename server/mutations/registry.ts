import { isMutationName, type Mutation, type MutationName } from "#contract/mutations.ts";
import { AppError } from "#contract/problem.ts";
import type { BoundHandler } from "./bind.ts";
import { calendarHandlers } from "./calendar.ts";
import { communityHandlers } from "./community-handlers.ts";
import type { HandlerResult, MutationContext } from "./context.ts";
import { libraryHandlers } from "./library-handlers.ts";
import { messagingHandlers } from "./messaging-handlers.ts";
import { personalHandlers } from "./personal-handlers.ts";
import { taskHandlers } from "./task-handlers.ts";

const handlers: Record<MutationName, BoundHandler> = {
  ...messagingHandlers,
  ...personalHandlers,
  ...communityHandlers,
  ...libraryHandlers,
  ...taskHandlers,
  ...calendarHandlers,
};

/** Carries out one command. @throws AppError when it is refused for good */
export async function runMutation(context: MutationContext, mutation: Mutation): Promise<HandlerResult> {
  const handler = isMutationName(mutation.name) ? handlers[mutation.name] : undefined;
  if (handler === undefined) {
    throw new AppError("unsupported", {
      title: "This server does not know this command",
      detail: `There is no command ${mutation.name} in its version of the contract.`,
      pointer: "name",
    });
  }
  return handler(context, mutation.args);
}
