import { z } from "zod";
import { articleSchema } from "../entities/article.ts";
import { membershipSchema } from "../entities/membership.ts";
import { groupSchema, organisationSchema } from "../entities/organisation.ts";
import { personSchema } from "../entities/person.ts";
import { presenceStateSchema } from "../entities/presence.ts";
import {
  guestInvitationSchema,
  joinRequestSchema,
  reportSchema,
  spaceRequestSchema,
} from "../entities/requests.ts";
import { spaceSchema, spaceTemplateSchema } from "../entities/space.ts";
import { mutationIdSchema, organisationIdSchema, spaceIdSchema } from "../ids.ts";
import { problemSchema } from "../problem.ts";
import { scopeSchema } from "../scope.ts";
import { isoTimeSchema } from "../time.ts";
import { keptness, keyed, pendingSchema, personBriefSchema } from "./message-view.ts";

const none = z.never();
const noInfo = z.object({});
const ofSpace = z.object({ spaceId: spaceIdSchema });
const pending = pendingSchema.nullable();
const fields = z.record(z.string(), z.unknown());

/** A community as its reader sees it: in the directory, in their list, on its page. */
export const communityViewSchema = z.object({
  ...keyed,
  space: spaceSchema,
  role: membershipSchema.shape.role.nullable(),
  memberCount: z.int().nullable(),
  organisations: z.array(z.object({ id: organisationIdSchema, name: z.string() })),
  /** The reader's own request to join, in whatever state it is. */
  joinRequest: joinRequestSchema.nullable(),
  /** Someone from outside is among its members; told to members alone. */
  hasGuests: z.boolean(),
  /** A write of the reader that makes, joins, leaves or changes it. */
  pending,
  ...keptness,
});
export type CommunityView = z.infer<typeof communityViewSchema>;

/** Changes of settings that the server did not take: kept until the person has decided. */
export const refusedChangeSchema = z.object({
  mutationId: mutationIdSchema,
  status: z.enum(["conflict", "rejected"]),
  problem: problemSchema.nullable(),
  madeAt: isoTimeSchema,
  base: fields,
  changes: fields,
  /** The row as it stands on the server; null when it was not a conflict. */
  current: fields.nullable(),
});
export type RefusedChange = z.infer<typeof refusedChangeSchema>;

export const communityMemberSchema = z.object({
  ...keyed,
  membership: membershipSchema,
  /** Null for someone who is not in the directory any more. */
  person: personSchema.nullable(),
  presence: presenceStateSchema,
  isMe: z.boolean(),
  pending,
});
export type CommunityMember = z.infer<typeof communityMemberSchema>;

/** Something that whoever runs a space decides. Overlaid: a decision that waits for the network shows as taken. */
export const deskEntrySchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("joinRequest"), row: joinRequestSchema, person: personBriefSchema }),
  z.object({ kind: z.literal("guest"), row: guestInvitationSchema, person: personBriefSchema }),
  z.object({ kind: z.literal("report"), row: reportSchema, person: personBriefSchema }),
  z.object({ kind: z.literal("article"), row: articleSchema, person: personBriefSchema }),
]);
export type DeskEntry = z.infer<typeof deskEntrySchema>;

export const deskItemSchema = z.object({ ...keyed, entry: deskEntrySchema, pending });
export type DeskItem = z.infer<typeof deskItemSchema>;

export const spaceRequestViewSchema = z.object({
  ...keyed,
  request: spaceRequestSchema,
  requester: personBriefSchema,
  /** Empty without a template, or when it is gone. */
  templateName: z.string(),
  pending,
});
export type SpaceRequestView = z.infer<typeof spaceRequestViewSchema>;

/** What waits for the reader's decision in one space, or (without a space) in the administration. */
export const toDecideSchema = z.object({
  ...keyed,
  space: z.object({ id: spaceIdSchema, name: z.string(), emoji: z.string() }).nullable(),
  joinRequests: z.int(),
  reports: z.int(),
  articles: z.int(),
  spaceRequests: z.int(),
});
export type ToDecide = z.infer<typeof toDecideSchema>;

export const organisationViewSchema = z.object({
  ...keyed,
  organisation: organisationSchema,
  people: z.int(),
  spaces: z.int(),
  refused: z.array(refusedChangeSchema),
  pending,
});
export type OrganisationView = z.infer<typeof organisationViewSchema>;

export const matchedPersonSchema = z.object({
  ...keyed,
  /** The line as it was given. */
  text: z.string(),
  /** Address found in the line, in lower case; empty for none. */
  email: z.string(),
  /** One: found. Several: the line does not say which. None: not known here. */
  people: z.array(personSchema),
});
export type MatchedPerson = z.infer<typeof matchedPersonSchema>;

/** Live queries of the communities module. */
export const communityQueries = {
  /** Every space that the reader may find, by name. */
  communities: { args: z.object({}), item: communityViewSchema, info: noInfo },
  community: {
    args: ofSpace,
    item: none,
    info: z.object({
      view: communityViewSchema.nullable(),
      /** Runs it: an animator or an administrator. */
      canManage: z.boolean(),
      animators: z.array(personBriefSchema),
      refused: z.array(refusedChangeSchema),
      /** What waits on its desk. */
      toDecide: z.int(),
      ...keptness,
    }),
  },
  /** Animators first, then members, then guests, by name. */
  communityMembers: { args: ofSpace, item: communityMemberSchema, info: noInfo },
  /** What waits first, then the rest, newest first. */
  desk: {
    args: z.object({ scope: scopeSchema }),
    item: deskItemSchema,
    info: z.object({ waiting: z.int() }),
  },
  toDecide: { args: z.object({}), item: toDecideSchema, info: z.object({ all: z.int() }) },
  /** Waiting ones first, newest first. */
  spaceRequests: {
    args: z.object({ of: z.enum(["me", "everyone"]) }),
    item: spaceRequestViewSchema,
    info: noInfo,
  },
  organisations: { args: z.object({}), item: organisationViewSchema, info: noInfo },
  spaceTemplates: {
    args: z.object({}),
    item: z.object({ ...keyed, template: spaceTemplateSchema, pending }),
    info: noInfo,
  },
  /** Groups of one scope: the directory's or a space's. */
  groupsOf: {
    args: z.object({ scope: scopeSchema }),
    item: z.object({ ...keyed, group: groupSchema, members: z.array(personBriefSchema), pending }),
    info: noInfo,
  },
  /** Who is meant by lines of a pasted list: an e-mail address, a name, or a line of a table with either. */
  matchPeople: {
    args: z.object({ lines: z.array(z.string().max(1000)).max(2000) }),
    item: matchedPersonSchema,
    info: noInfo,
  },
} as const;
