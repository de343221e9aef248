import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSqliteStore } from "#server/store/sqlite-store.ts";
import { openPostgresStore } from "#server/store/postgres-store.ts";
import { openDavWorkplace, type DavWorkplace } from "#server/testing/dav-workplace.ts";
import { hasLitmus, litmusSuites, runLitmus } from "./peers/litmus.ts";
import { startPostgres } from "./peers/postgres.ts";

const isThere = hasLitmus();
const postgres = isThere ? await startPostgres() : undefined;
const folder = mkdtempSync(join(tmpdir(), "parvis-litmus-store-"));

afterAll(async () => {
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const stores = [
  { name: "SQLite", isOn: isThere, open: async () => openSqliteStore({ folder }) },
  {
    name: "PostgreSQL",
    isOn: postgres !== undefined,
    open: async () => openPostgresStore({ url: postgres?.url ?? "" }),
  },
];

describe.each(stores)("the WebDAV door on $name", ({ isOn, open }) => {
  let dav: DavWorkplace;

  beforeAll(async () => {
    if (isOn) dav = await openDavWorkplace(await open());
  });

  afterAll(async () => {
    if (isOn) await dav.close();
  });

  test.skipIf(!isOn).each(litmusSuites)(
    "passes litmus: %s",
    async (suite) => {
      const { passed, total, failures } = await runLitmus(suite, dav);
      expect(failures).toEqual([]);
      expect(total).toBeGreaterThan(0);
      expect(passed).toBe(total);
    },
    130_000,
  );
});
