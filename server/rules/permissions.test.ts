import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openSqliteStore } from "../store/sqlite-store.ts";
import { permissionsPage } from "./permissions-page.ts";
import { describePermissions } from "./permissions.suite.ts";

const root = mkdtempSync(join(tmpdir(), "parvis-permissions-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

describePermissions("server on SQLite", async () => openSqliteStore({ folder: join(root, "data") }));

test("docs/permissions.md says what the table says: npm run permissions writes it", () => {
  const written = readFileSync(new URL("../../docs/permissions.md", import.meta.url), "utf8");
  expect(written).toBe(permissionsPage());
});
