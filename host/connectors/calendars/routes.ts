import { defineRoutes, type Routes } from "../../routes.ts";
import type { CalendarAccounts } from "./calendar-accounts.ts";

export function calendarAccountRoutes(service: CalendarAccounts): Routes {
  return defineRoutes({
    "calendarAccounts.list": () => service.list(),
    "calendarAccounts.add": (args) => service.add(args),
    async "calendarAccounts.remove"({ id }) {
      await service.remove(id);
      return null;
    },
    "calendarAccounts.rename": ({ id, name }) => service.rename(id, name),
    "calendarAccounts.refresh": ({ id, password }) => service.refresh(id, password),
  });
}
