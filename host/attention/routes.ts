import { defineRoutes, type Routes } from "../routes.ts";
import type { AttentionModel } from "./attention-model.ts";

export function attentionRoutes(attention: AttentionModel): Routes {
  return defineRoutes({
    "page.report"({ accountId, attention: stand }) {
      attention.report(accountId, stand);
      return null;
    },
  });
}
