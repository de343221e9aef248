import { personSchema } from "#contract/entities/person.ts";
import type { BlobId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { DIRECTORY } from "#contract/scope.ts";
import type { WorkingHours } from "#contract/working-hours.ts";
import { notFound, requireScope, standing, type Handler, type MutationContext } from "./context.ts";
import { withChanges } from "./settings.ts";

/** Everyone's own; names and addresses come from whoever keeps the accounts. */
export const updateProfile: Handler<"profile.update"> = async (context, args) => {
  const { tx, personId } = context;
  requireScope(context, DIRECTORY);
  const row = standing(await tx.get(DIRECTORY, "person", personId));
  if (row === undefined) throw notFound("You are not in the directory.");
  const before = personSchema.parse(row.data);
  const { photo, workingHours } = args;
  if (photo !== undefined && photo !== null) await requirePhoto(context, photo);
  const changes = {
    ...args,
    ...(workingHours === undefined || workingHours === null ? {} : { workingHours: known(workingHours) }),
  };
  const fields = ["phone", "jobTitle", "photo", "workingHours"];
  const data = personSchema.parse(withChanges(before, changes, fields));
  if (before.photo !== undefined && before.photo !== data.photo) {
    context.removedBlobs.push({ id: before.photo, ownerId: personId });
  }
  return {
    changes: await tx.write([{ scope: DIRECTORY, collection: "person", id: personId, op: "put", data }]),
  };
};

async function requirePhoto(context: MutationContext, photo: BlobId): Promise<void> {
  const blob = await context.tx.blob(photo);
  const isPicture = blob?.mediaType.startsWith("image/") === true;
  if (isPicture && blob.isComplete && blob.scope === DIRECTORY) return;
  throw new AppError("notFound", {
    title: "The photo is not there",
    detail: "Send it wholly, as a picture, to the directory; then choose it again.",
    pointer: "args.photo",
  });
}

/** Every reader of the directory gets them: nothing that is not known here. */
function known({ timeZone, days, from, to }: WorkingHours): WorkingHours {
  return { timeZone, days: [...new Set(days)].sort((a, b) => a - b), from, to };
}
