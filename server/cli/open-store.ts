import type { Logger } from "../logger.ts";
import { openPostgresStore } from "../store/postgres-store.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import type { Store } from "../store/store.ts";

export interface StorePlace {
  folder: string;
  databaseUrl: string | undefined;
}

/** The store that the command line names: a PostgreSQL database, or else a folder. */
export async function openStore(place: StorePlace, logger: Logger): Promise<Store> {
  const { folder, databaseUrl } = place;
  if (databaseUrl === undefined) return openSqliteStore({ folder });
  const onError = (error: unknown) => logger.error("database trouble", { error: String(error) });
  return openPostgresStore({ url: databaseUrl, onError });
}
