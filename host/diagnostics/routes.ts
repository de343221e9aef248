import type { Diagnostics } from "#contract/desktop/diagnostics.ts";
import { defineRoutes, type Routes } from "../routes.ts";
import { collectDiagnostics } from "./collect.ts";
import { exportDiagnostics } from "./export.ts";
import type { DiagnosticParts } from "./parts.ts";
import { runSelfTest } from "./self-test.ts";

export function diagnosticRoutes(parts: DiagnosticParts): Routes {
  // What is saved is what was shown.
  let shown: Diagnostics | undefined;
  return defineRoutes({
    "selfTest.run": () => runSelfTest(parts),
    async "diagnostics.collect"() {
      shown = await collectDiagnostics(parts);
      return shown;
    },
    "diagnostics.export": async () =>
      exportDiagnostics(shown ?? (await collectDiagnostics(parts)), parts.now()),
  });
}
