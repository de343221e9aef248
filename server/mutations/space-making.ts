import type { Channel } from "#contract/entities/channel.ts";
import {
  spaceSettingsSchema,
  spaceTemplateSchema,
  type Space,
  type SpaceSettings,
  type SpaceTemplate,
} from "#contract/entities/space.ts";
import { organisationSchema } from "#contract/entities/organisation.ts";
import {
  conversationIdSchema,
  naturalId,
  type OrganisationId,
  type PersonId,
  type SpaceId,
} from "#contract/ids.ts";
import { AppError, badRequest } from "#contract/problem.ts";
import { DIRECTORY, spaceScope } from "#contract/scope.ts";
import { findPerson, isAdministrator } from "../rules/people.ts";
import { findSpace } from "../rules/spaces.ts";
import type { RowWrite, StoreTransaction } from "../store/store.ts";
import {
  forbidden,
  notFound,
  requireFreshId,
  requireModestExtras,
  standing,
  timeOf,
  type MutationContext,
} from "./context.ts";
import { admit } from "./members.ts";
import { knownFields } from "./settings-change.ts";

export interface SpaceMaking {
  id: SpaceId;
  settings: SpaceSettings;
  templateId: string | undefined;
  animatorId: PersonId;
}

/** A new space with its channels and its first animator. @throws AppError conflict, notFound, badRequest */
export async function makeSpace(context: MutationContext, making: SpaceMaking): Promise<RowWrite[]> {
  const { tx } = context;
  const { id, animatorId } = making;
  requireFreshId(id);
  await tx.lock(spaceScope(id));
  if ((await findSpace(tx, id)) !== undefined) throw idTaken();
  const template = await requireTemplate(tx, making.templateId);
  const settings = settingsFrom(template, making.settings);
  requireModestExtras(context, { functions: settings.functions });
  await requireOrganisations(tx, settings.organisationIds ?? []);
  const space: Space = {
    id,
    ...settings,
    memberCount: 0,
    createdBy: animatorId,
    createdAt: timeOf(context),
  };
  const channels = channelsOf(context, space, template);
  return [...(await admit(context, space, [{ personId: animatorId, role: "animator" }])), ...channels];
}

/** What the maker says goes before what the template says. */
function settingsFrom(template: SpaceTemplate | undefined, given: SpaceSettings): SpaceSettings {
  const { cover, ...settings } = given;
  if (cover !== undefined) {
    throw new AppError("badRequest", {
      title: "A new space has no cover yet",
      detail: "Its picture is a file of the space: add it once the space is there.",
      pointer: "args.cover",
    });
  }
  const known = knownFields(spaceSettingsSchema, { ...template?.space, ...settings });
  const merged = spaceSettingsSchema.safeParse(known);
  if (!merged.success) throw badRequest(merged.error, "args");
  return merged.data;
}

/** @throws AppError notFound */
export async function requireTemplate(
  tx: StoreTransaction,
  templateId: string | undefined,
): Promise<SpaceTemplate | undefined> {
  if (templateId === undefined) return undefined;
  const row = standing(await tx.get(DIRECTORY, "spaceTemplate", templateId));
  if (row !== undefined) return spaceTemplateSchema.parse(row.data);
  throw new AppError("notFound", {
    title: "This template no longer exists",
    detail: "Choose another one, or begin with an empty space.",
    pointer: "args.templateId",
  });
}

/** @throws AppError notFound */
export async function requireOrganisations(
  tx: StoreTransaction,
  organisationIds: readonly OrganisationId[],
): Promise<void> {
  for (const id of organisationIds) {
    if (standing(await tx.get(DIRECTORY, "organisation", id)) === undefined) {
      throw notFound(`There is no organisation ${id}.`);
    }
  }
}

/** Where an organisation wants requests, an administrator decides. @throws AppError forbidden */
export async function requireMayCreate({ tx, personId }: MutationContext): Promise<void> {
  if (await isAdministrator(tx, personId)) return;
  const person = await findPerson(tx, personId);
  if (person?.organisationId === undefined) return;
  const row = standing(await tx.get(DIRECTORY, "organisation", person.organisationId));
  if (row === undefined || organisationSchema.parse(row.data).spaceCreation !== "onRequest") return;
  throw forbidden("In your organisation an administrator opens spaces: ask for it.");
}

function channelsOf(context: MutationContext, space: Space, template: SpaceTemplate | undefined): RowWrite[] {
  const { id: spaceId, createdBy } = space;
  const [scope, createdAt] = [spaceScope(spaceId), timeOf(context)];
  const named = template?.channels ?? [];
  const channels = named.length > 0 ? named : [{ name: "Général", topic: undefined }];
  return channels.map(({ name, topic }, index) => {
    const key = index === 0 ? "general" : `template ${index}`;
    const id = conversationIdSchema.parse(naturalId("channel", spaceId, key));
    const author = createdBy === undefined ? {} : { createdBy };
    const data: Channel = {
      id,
      spaceId,
      name,
      ...(topic === undefined ? {} : { topic }),
      ...author,
      createdAt,
    };
    return { scope, collection: "channel", id, op: "put", data };
  });
}

function idTaken(): AppError {
  return new AppError("conflict", {
    title: "This space exists already",
    detail: "Another space has this id.",
    pointer: "args.id",
  });
}
