import { defineRoutes, type Routes } from "../routes.ts";
import { collectDiagnostics } from "./collect.ts";
import { exportDiagnostics } from "./export.ts";
import type { DiagnosticParts } from "./parts.ts";
import { runSelfTest } from "./self-test.ts";

export function diagnosticRoutes(parts: DiagnosticParts): Routes {
  return defineRoutes({
    "selfTest.run": () => runSelfTest(parts),
    "diagnostics.collect": () => collectDiagnostics(parts),
    "diagnostics.export": async () => exportDiagnostics(await collectDiagnostics(parts), parts.now()),
  });
}
