import { z } from "zod";
import { conversationIdSchema, personIdSchema } from "#contract/ids.ts";
import { answer } from "./answering-process.ts";

const placeSchema = z.object({
  dataDir: z.string(),
  url: z.string(),
  token: z.string(),
  personId: personIdSchema,
  conversationId: conversationIdSchema,
});

const [place = "", text = ""] = process.argv.slice(2);
await answer(placeSchema.parse(JSON.parse(place)), text);
