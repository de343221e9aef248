import type { UpdateStatus } from "#contract/desktop/updates.ts";
import { notInThisShell, defineRoutes, type Routes } from "../routes.ts";
import type { UpdateService } from "./update-service.ts";

export function updateRoutes(updates: UpdateService): Routes {
  return defineRoutes({
    "updates.status": () => updates.status(),
    "updates.check": () => updates.check(),
    "updates.install": () => updates.install(),
    "updates.defer": ({ until }) => updates.defer(until),
  });
}

const NOT_HERE: UpdateStatus = {
  state: "off",
  reason: "shell",
  detail: "In the browser, Parvis is as new as the files it was started from.",
};

/** The browser shell runs from its sources: whoever put them there renews them. */
export function noUpdateRoutes(): Routes {
  return defineRoutes({
    "updates.status": () => NOT_HERE,
    "updates.check": () => NOT_HERE,
    "updates.defer": () => NOT_HERE,
    "updates.install": () => {
      throw notInThisShell("updates.install");
    },
  });
}
