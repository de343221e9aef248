import { expect, it } from "vitest";
import { createId } from "#contract/ids.ts";
import { Client } from "./client.ts";
import { Workplace } from "./workplace.ts";

it("a cache deleted under the engine, as when one signs out, is not made anew by what was still under way", async () => {
  const workplace = await Workplace.create();
  const client = new Client({ fetch: workplace.fetchAs(workplace.ada) });
  await client.query("session", {}).until((view) => view.info.isReady && view.info.capabilities !== null);
  expect(await client.indexedDB.databases()).toHaveLength(1);

  await deleted(client.indexedDB, "parvis-account");
  // What a person writes in that moment is told, and written nowhere.
  const { scope, channelId: conversationId } = workplace;
  const sent = client.call("mutate", {
    name: "message.send",
    scope,
    args: { id: createId(), conversationId, body: "trop tard" },
  });
  await expect(sent).rejects.toMatchObject({ problem: { kind: "locked" } });
  await workplace.loadMessages(5);
  await client.closeCleanly();
  expect(await client.indexedDB.databases()).toEqual([]);
  await workplace.close();
});

function deleted(indexedDB: IDBFactory, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.addEventListener("success", () => resolve());
    request.addEventListener("error", () => reject(request.error ?? new Error("not deleted")));
  });
}
