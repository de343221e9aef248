import { spaceSettingsSchema, type Space } from "#contract/entities/space.ts";
import { AppError } from "#contract/problem.ts";
import { DIRECTORY, spaceScope } from "#contract/scope.ts";
import { refuseGuest } from "../rules/people.ts";
import { requireInUse, requireRunSpace } from "../rules/spaces.ts";
import { spaceRows, unlistedRow } from "../seed/space-rows.ts";
import {
  notFound,
  requireModestExtras,
  requireScope,
  timeOf,
  type Handler,
  type MutationContext,
} from "./context.ts";
import { markedShares } from "./library-share.ts";
import { mergedSettings, settingsMoved, withSettings } from "./settings-change.ts";
import { makeSpace, requireMayCreate, requireOrganisations } from "./space-making.ts";

export const createSpace: Handler<"space.create"> = async (context, args) => {
  const { id, templateId, ...settings } = args;
  requireScope(context, DIRECTORY, spaceScope(id));
  await refuseGuest(context, "create spaces");
  await requireMayCreate(context);
  const making = {
    id,
    settings: spaceSettingsSchema.parse(settings),
    templateId,
    animatorId: context.personId,
  };
  return { changes: await context.tx.write(await makeSpace(context, making)) };
};

export const updateSpace: Handler<"space.update"> = async (context, args) => {
  const { tx } = context;
  const { spaceId } = args;
  const scope = spaceScope(spaceId);
  requireScope(context, scope);
  const space = await requireRunSpace(context, spaceId);
  requireInUse(space);
  const settings = mergedSettings(spaceSettingsSchema, space, args);
  if (settings === undefined) {
    const current = await tx.get(scope, "space", spaceId);
    if (current === undefined) throw notFound("There is no such space.");
    return { current, error: settingsMoved("A setting of this space").problem };
  }
  requireModestExtras(context, { functions: settings.functions });
  const changed = withSettings(spaceSettingsSchema, space, settings);
  await requireCover(context, space, changed);
  const known = new Set(space.organisationIds);
  await requireOrganisations(
    tx,
    (changed.organisationIds ?? []).filter((id) => !known.has(id)),
  );
  const rows = spaceRows(changed);
  if (changed.visibility === "hidden" && space.visibility !== "hidden") rows.push(unlistedRow(spaceId));
  if (changed.classification !== space.classification)
    rows.push(...(await markedShares(tx, scope, changed.classification)));
  return { changes: await tx.write(rows) };
};

async function requireCover(context: MutationContext, before: Space, after: Space): Promise<void> {
  if (after.cover === undefined || after.cover === before.cover) return;
  const blob = await context.tx.blob(after.cover);
  if (blob?.isComplete === true && blob.scope === spaceScope(after.id)) return;
  throw new AppError("notFound", {
    title: "The picture is not there",
    detail: "It was not wholly sent to this space. Add it again.",
    pointer: "args.changes.cover",
  });
}

const DAY_MS = 24 * 3600 * 1000;

/** Read-only, and perhaps deleted later; again with another time, or without one, changes that. */
export const archiveSpace: Handler<"space.archive"> = async (context, { spaceId, deleteAt }) => {
  const { tx, nowMs } = context;
  const scope = spaceScope(spaceId);
  requireScope(context, scope);
  const space = await requireRunSpace(context, spaceId);
  const deleteAtMs = deleteAt === undefined ? null : Date.parse(deleteAt);
  if (deleteAtMs !== null && !(deleteAtMs >= nowMs + DAY_MS)) throw tooSoon();
  const { deleteAt: _former, ...rest } = space;
  const archived: Space = {
    ...rest,
    archivedAt: space.archivedAt ?? timeOf(context),
    ...(deleteAt === undefined ? {} : { deleteAt }),
  };
  await tx.setDue({ scope, collection: "space", id: spaceId }, deleteAtMs);
  return { changes: await tx.write(spaceRows(archived)) };
};

export const restoreSpace: Handler<"space.restore"> = async (context, { spaceId }) => {
  const { tx } = context;
  const scope = spaceScope(spaceId);
  requireScope(context, scope);
  const { archivedAt: _archivedAt, deleteAt: _deleteAt, ...space } = await requireRunSpace(context, spaceId);
  await tx.setDue({ scope, collection: "space", id: spaceId }, null);
  return { changes: await tx.write(spaceRows(space)) };
};

function tooSoon(): AppError {
  return new AppError("badRequest", {
    title: "This is too soon to delete a space",
    detail: "Leave its members at least a day.",
    pointer: "args.deleteAt",
  });
}
