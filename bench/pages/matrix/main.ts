import { ClientEvent, createClient, IndexedDBStore, SyncState } from "matrix-js-sdk";

/** matrix-js-sdk as its applications use it: its IndexedDB store, the first /sync, then the store saved. */
window.run = async () => {
  const startedAt = performance.now();
  const store = new IndexedDBStore({
    indexedDB: window.indexedDB,
    dbName: "matrix",
    localStorage: window.localStorage,
  });
  const client = createClient({
    baseUrl: window.location.origin,
    accessToken: "bench",
    userId: "@me:bench",
    deviceId: "BENCH",
    store,
  });
  await store.startup();
  const prepared = new Promise<void>((resolve) => {
    client.on(ClientEvent.Sync, (state) => {
      if (state === SyncState.Prepared) resolve();
    });
  });
  await client.startClient({ initialSyncLimit: 100_000, pollTimeout: 600_000 });
  await prepared;
  await store.save(true);
  const elapsedMs = performance.now() - startedAt;
  const rows = client.getRooms().reduce((sum, room) => sum + room.getLiveTimeline().getEvents().length, 0);
  client.stopClient();
  return { elapsedMs, rows };
};
