import type { Notification } from "#contract/entities/notification.ts";
import type { SpaceRequest } from "#contract/entities/requests.ts";
import { naturalId, spaceIdSchema } from "#contract/ids.ts";
import { ADMINISTRATION, DIRECTORY, parseScope, personScope, type Scope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import type { RowWrite } from "#server/store/store.ts";
import {
  demoOrganisationSettings,
  demoRequests,
  demoStatuses,
  demoTemplates,
  type DemoRequest,
} from "./communities-data.ts";
import { demoOrganisationId, demoPersonId } from "./people.ts";
import { organisations } from "./people-data.ts";
import { demoNotificationId, type WrittenPost } from "./posts.ts";
import { putRow } from "./put-row.ts";
import type { DemoSetting } from "./workplace.ts";

const HOUR_MS = 3_600_000;
const EXCERPT_LENGTH = 140;
const YEAR_MS = 365 * 24 * HOUR_MS;

/** Organisations, templates, requests that wait, and what people say of themselves today. */
export function createCommunityRows(setting: DemoSetting): RowWrite[] {
  return [
    ...organisationRows(setting),
    ...demoTemplates.map((template) => putRow(DIRECTORY, "spaceTemplate", template)),
    ...demoRequests.flatMap((request) => requestRows(request, setting)),
    ...demoStatuses.map(({ who, emoji, text }) => {
      const id = demoPersonId(who);
      return putRow(DIRECTORY, "presence", { id, state: "offline", status: { emoji, text } });
    }),
  ];
}

function organisationRows({ nowMs }: DemoSetting): RowWrite[] {
  const settings = new Map(demoOrganisationSettings.map(({ key: _key, ...rest }) => [rest.name, rest]));
  return Object.values(organisations).flatMap(({ name }) => {
    const id = demoOrganisationId(name);
    const createdAt = toIsoTime(nowMs - YEAR_MS);
    return putRow(DIRECTORY, "organisation", { ...settings.get(name), id, name, createdAt });
  });
}

function requestRows(request: DemoRequest, { nowMs }: DemoSetting): RowWrite[] {
  const { who, name, purpose, audience, templateId, hoursAgo } = request;
  const requesterId = demoPersonId(who);
  const template = demoTemplates.find(({ id }) => id === templateId);
  if (template === undefined) throw new Error(`no template ${templateId}`);
  const id = naturalId("demo", "spaceRequest", name);
  const createdAt = toIsoTime(nowMs - hoursAgo * HOUR_MS);
  const data: SpaceRequest = {
    id,
    requesterId,
    space: { name, ...template.space },
    purpose,
    audience,
    templateId,
    createdAt,
    state: "waiting",
  };
  const administrator = demoPersonId("sylvie");
  const notification: Notification = {
    id: demoNotificationId("spaceRequest", id),
    kind: "spaceRequest",
    ask: "do",
    scope: ADMINISTRATION,
    object: { kind: "row", scope: ADMINISTRATION, collection: "spaceRequest", id },
    actorId: requesterId,
    excerpt: name,
    createdAt,
  };
  return [
    putRow(ADMINISTRATION, "spaceRequest", data),
    putRow(personScope(requesterId), "spaceRequest", data),
    putRow(personScope(administrator), "notification", notification),
  ];
}

/** What the posts ask of one person: must-reads not confirmed yet, and posts that name them. */
export function postNotifications(
  handle: string,
  posts: readonly WrittenPost[],
  isReader: (scope: Scope) => boolean,
): RowWrite[] {
  return posts.flatMap((written) => {
    const { post, scope } = written;
    if (post.who === handle || !isReader(scope)) return [];
    const isAsked = post.isMustRead === true && post.acknowledgedBy?.includes(handle) !== true;
    if (isAsked) return notificationOf(handle, written, "mustRead");
    return post.text.includes(`@${handle}`) ? notificationOf(handle, written, "mention") : [];
  });
}

function notificationOf(
  handle: string,
  { post, scope, conversationId, messageId, sentAt }: WrittenPost,
  kind: "mustRead" | "mention",
): RowWrite {
  const notification: Notification = {
    id: demoNotificationId(kind, messageId, handle),
    kind,
    ask: kind === "mustRead" ? "do" : "answer",
    scope,
    spaceId: spaceIdSchema.parse(parseScope(scope).id),
    conversationId,
    messageId,
    actorId: demoPersonId(post.who),
    excerpt: post.title ?? post.text.split("\n")[0]?.replaceAll(/[*_]/g, "").slice(0, EXCERPT_LENGTH) ?? "",
    happenedAt: sentAt,
    createdAt: sentAt,
  };
  return putRow(personScope(demoPersonId(handle)), "notification", notification);
}
