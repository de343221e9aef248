import { defineRoutes, type Routes } from "../../routes.ts";
import type { WorkingCopies } from "./working-copies.ts";

export function workingCopyRoutes(copies: WorkingCopies): Routes {
  return defineRoutes({
    "workingCopies.open": ({ driveId, path }) => copies.open(driveId, path),
    "workingCopies.list": () => copies.list(),
    async "workingCopies.close"({ id }) {
      await copies.close(id);
      return null;
    },
  });
}
