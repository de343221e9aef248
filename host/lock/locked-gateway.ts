import type { Gateway } from "../gateway/gateway.ts";
import { problemResponse } from "../gateway/problem-response.ts";
import { AppError } from "#contract/problem.ts";
import type { LockService } from "./lock-service.ts";

/** The gateway as pages see it: closed while Parvis is locked, and what is under way then is cut. The host's own calls go on. */
export function lockedGateway(
  gateway: Gateway,
  lock: Pick<LockService, "isLocked" | "untilLocked">,
): Gateway {
  return {
    async handle(request) {
      if (lock.isLocked)
        return problemResponse(new AppError("locked", { title: "Parvis is locked" }).problem);
      // Not a request made anew: that of the browser shell's server is one in name only.
      return gateway.handle(request, lock.untilLocked);
    },
  };
}
