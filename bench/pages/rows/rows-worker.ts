import { Dexie, type Table } from "dexie";
import { z } from "zod";
import { readLines } from "../read-lines.ts";

/** One row each, in the clear, under an index: reads what it is told by key, all at once. */
const BATCH = 4000;

const database = new Dexie("bare");
database.version(1).stores({ row: "key" });
const table: Table<object> = database.table("row");

const messageSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("fill") }),
  z.object({ type: z.literal("read"), keys: z.array(z.string()) }),
]);
const lineSchema = z.looseObject({ collection: z.string(), id: z.string(), data: z.looseObject({}) });

self.addEventListener("message", (event: MessageEvent<unknown>) => {
  void answer(messageSchema.parse(event.data)).then((answered) => self.postMessage(answered, {}));
});

async function answer(message: z.infer<typeof messageSchema>): Promise<{ rows: number; found?: unknown[] }> {
  if (message.type === "fill") return { rows: await fill() };
  const found = await table.where("key").anyOf(message.keys).toArray();
  // What was read goes to the page, as ours does.
  return { rows: found.length, found };
}

async function fill(): Promise<number> {
  let count = 0;
  let batch: object[] = [];
  const flush = async () => {
    await table.bulkPut(batch);
    count += batch.length;
    batch = [];
  };
  for await (const lines of readLines("/everything.ndjson")) {
    for (const line of lines) {
      if (line === "") continue;
      const parsed = lineSchema.safeParse(JSON.parse(line));
      const key = parsed.success ? keyOf(parsed.data) : undefined;
      if (key === undefined || !parsed.success) continue;
      batch.push({ key, ...parsed.data.data });
      if (batch.length >= BATCH) await flush();
    }
  }
  await flush();
  return count;
}

/** What a first screen is made of: posts, who wrote them and where, who likes them. */
function keyOf({ collection, id, data }: z.infer<typeof lineSchema>): string | undefined {
  if (collection === "message") return data["post"] === undefined ? undefined : `message~${id}`;
  if (collection === "reaction") return `reactionOf~${String(data["messageId"])}~${String(data["personId"])}`;
  return collection === "space" || collection === "person" ? `${collection}~${id}` : undefined;
}
