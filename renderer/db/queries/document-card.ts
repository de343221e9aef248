import type { PersonId } from "#contract/ids.ts";
import type { ObjectTarget } from "#contract/links.ts";
import type { Card } from "#contract/views/conversation-parts.ts";
import { isoTimeSchema } from "#contract/time.ts";
import { personIdSchema } from "#contract/ids.ts";
import { Briefs } from "../briefs.ts";
import type { QueryContext } from "../query-context.ts";
import type { Reader } from "../reader.ts";
import { openLibrary } from "./document-place.ts";

interface Sources {
  context: QueryContext;
  reader: Reader;
  me: PersonId;
}

/** A file or folder of a library that the reader has; null for one in the trash. */
export async function documentCard(
  { context, reader, me }: Sources,
  { scope, itemId }: Extract<ObjectTarget, { kind: "document" }>,
): Promise<Card | null> {
  const open = await openLibrary(context, reader, { scope, me });
  const fact = open?.library.get(itemId);
  if (open === undefined || fact === undefined || !open.library.isUsed(fact)) return null;
  const folders = open.library.path(fact).map(({ name }) => name);
  const { folderId } = fact;
  const author = personIdSchema.safeParse(fact.modifiedBy);
  return {
    // The folder is where it is shown.
    object: {
      kind: "row",
      scope,
      collection: "libraryItem",
      id: itemId,
      ...(folderId === "" ? {} : { folderId }),
    },
    title: fact.name,
    excerpt: [open.space?.name ?? "", ...folders].filter((name) => name !== "").join(" / "),
    person: author.success ? await new Briefs(reader).get(author.data) : null,
    at: isoTimeSchema.safeParse(fact.modifiedAt).data ?? null,
  };
}
