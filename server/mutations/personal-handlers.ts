import { personalMutations as m } from "#contract/commands/personal.ts";
import { bind, type BoundHandler } from "./bind.ts";
import { setNotifications } from "./notification.ts";

export const personalHandlers: Partial<Record<keyof typeof m, BoundHandler>> = {
  "notification.set": bind(m["notification.set"], setNotifications),
};
