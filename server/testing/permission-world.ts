import {
  createId,
  conversationIdSchema,
  joinRequestId,
  libraryItemIdSchema,
  libraryVersionId,
  membershipId,
  naturalId,
  spaceIdSchema,
  wallId,
  type SpaceId,
} from "#contract/ids.ts";
import {
  conversationScope,
  deskScope,
  personScope,
  spaceScope,
  type Scope,
  type ScopeKind,
} from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import type { CollectionName } from "#contract/collections.ts";
import type { Actor } from "../rules/permissions.ts";
import { loadRows } from "../seed/load-rows.ts";
import { spaceRows } from "../seed/space-rows.ts";
import type { RowWrite } from "../store/store.ts";
import type { TestPerson, TestWorkplace } from "./workplace.ts";

/** Somebody of each kind, as they stand to the places of a world. `animatorElsewhere` is an outsider here. */
export type Cast = Record<Actor | "animatorElsewhere" | "asker", TestPerson>;

export async function castOf(workplace: TestWorkplace): Promise<Cast> {
  const cast = {
    outsider: await workplace.person("Outsider"),
    animatorElsewhere: await workplace.person("Elsewhere"),
    guestElsewhere: await workplace.person("Far", { isGuest: true }),
    guest: await workplace.person("Guest", { isGuest: true }),
    member: await workplace.person("Member"),
    animator: await workplace.person("Animator"),
    administrator: await workplace.person("Admin", { roles: ["administrator"] }),
    asker: await workplace.person("Asker"),
  };
  const { animatorElsewhere, guestElsewhere } = cast;
  await loadSpace(workplace, "elsewhere", [
    [animatorElsewhere, "animator"],
    [guestElsewhere, "guest"],
  ]);
  return cast;
}

type Role = "member" | "animator" | "guest";

async function loadSpace(
  workplace: TestWorkplace,
  name: string,
  people: [TestPerson, Role][],
): Promise<SpaceId> {
  const spaceId = spaceIdSchema.parse(createId());
  const scope = spaceScope(spaceId);
  const now = toIsoTime(workplace.nowMs);
  const rows = spaceRows({ id: spaceId, name, kind: "project", visibility: "onRequest", createdAt: now });
  for (const [{ id: personId }, role] of people) {
    const id = membershipId(spaceId, personId);
    rows.push(row(scope, "membership", { id, spaceId, personId, role, joinedAt: now }));
  }
  await loadRows(workplace.store, rows);
  await workplace.store.transaction((tx) =>
    tx.addReaders(
      scope,
      people.map(([{ id }]) => id),
    ),
  );
  return spaceId;
}

export type World = Awaited<ReturnType<typeof worldOf>>;

/** A space with one of everything in it, and a group conversation of its member, guest and animator. */
export async function worldOf(workplace: TestWorkplace, cast: Cast) {
  const { guest, member, animator, asker } = cast;
  const now = toIsoTime(workplace.nowMs);
  const spaceId = await loadSpace(workplace, "Secret de la voirie", [
    [animator, "animator"],
    [member, "member"],
    [guest, "guest"],
  ]);
  const [space, desk] = [spaceScope(spaceId), deskScope(spaceId)];
  const [channelId, groupId] = [createId(), createId()].map((id) => conversationIdSchema.parse(id));
  if (channelId === undefined || groupId === undefined) throw new Error("no ids");
  const wall = wallId(spaceId);
  const conversation = conversationScope(groupId);
  const ids = {
    message: createId(),
    poll: createId(),
    said: createId(),
    post: createId(),
    answer: createId(),
    article: createId(),
    report: createId(),
    fault: createId(),
    invitation: createId(),
    group: createId(),
    request: createId(),
    scheduled: createId(),
    session: createId(),
    folder: createId(),
    file: createId(),
    trashed: createId(),
    blob: createId(),
    ownBlob: createId(),
    share: createId(),
    board: createId(),
    oldBoard: createId(),
    column: createId(),
    doneColumn: createId(),
    task: createId(),
    oldTask: createId(),
    calendar: createId(),
    event: createId(),
  };
  const poll = {
    question: "?",
    options: [
      { id: "a", text: "A" },
      { id: "b", text: "B" },
    ],
  };
  const message = (id: string, conversationId: string, more: object = {}) => ({
    id,
    conversationId,
    authorId: member.id,
    body: "secret",
    sentAt: now,
    version: 1,
    ...more,
  });
  const object = { kind: "message", scope: space, conversationId: channelId, messageId: ids.message };
  const article = {
    id: ids.article,
    spaceId,
    authorId: member.id,
    post: { kind: "article", title: "Secret" },
    body: "secret",
    state: "review",
    version: 1,
    updatedAt: now,
    submittedAt: now,
  };
  const joinRequest = {
    id: joinRequestId(spaceId, asker.id),
    spaceId,
    personId: asker.id,
    createdAt: now,
    state: "waiting",
  };
  const report = { object, reporterId: member.id, complaint: "!", createdAt: now, state: "waiting" };
  const memberIds = [member.id, guest.id, animator.id];
  const inADay = toIsoTime(workplace.nowMs + 86_400_000);
  const rows: RowWrite[] = [
    row(space, "channel", { id: channelId, spaceId, name: "C", createdBy: member.id, createdAt: now }),
    row(space, "message", message(ids.message, channelId, { poll })),
    row(
      space,
      "message",
      message(ids.post, wall, { post: { kind: "question", title: "Q", isMustRead: true } }),
    ),
    row(space, "message", message(ids.answer, wall, { threadId: ids.post })),
    row(space, "group", { id: ids.group, spaceId, name: "G", memberIds: [member.id] }),
    row(conversation, "conversation", {
      id: groupId,
      kind: "group",
      memberIds,
      createdBy: member.id,
      createdAt: now,
    }),
    row(conversation, "message", message(ids.said, groupId, { poll })),
    row(desk, "joinRequest", joinRequest),
    row(personScope(asker.id), "joinRequest", joinRequest),
    row(desk, "report", { ...report, id: ids.report }),
    row(desk, "article", article),
    row(personScope(member.id), "article", article),
    row(desk, "guestInvitation", {
      id: ids.invitation,
      spaceId,
      email: "g@ailleurs.example",
      invitedBy: animator.id,
      createdAt: now,
      expiresAt: inADay,
      state: "waiting",
    }),
  ];
  rows.push(...libraryOf(space, guest, ids, now), ...libraryOf(personScope(member.id), member, ids, now));
  rows.push(...boardsOf(space, guest, ids, now), ...boardsOf(personScope(member.id), member, ids, now));
  rows.push(...calendarOf(space, guest, ids, now), ...calendarOf(personScope(member.id), member, ids, now));
  for (const scope of [space, personScope(member.id)])
    rows.push(
      row(scope, "libraryShare", {
        id: ids.share,
        itemId: ids.file,
        sourceScope: scope,
        personIds: [asker.id],
        right: "read",
        sharedBy: member.id,
        sharedAt: now,
      }),
    );
  await loadRows(workplace.store, rows);
  await animator.put(`/v1/blobs/${ids.blob}?scope=${space}`, "secret");
  await member.put(`/v1/blobs/${ids.ownBlob}?scope=${personScope(member.id)}`, "secret");
  await workplace.store.transaction((tx) => tx.addReaders(conversation, memberIds));
  const scopes: Partial<Record<ScopeKind, Scope>> = { space, desk, conversation };
  return {
    spaceId,
    channelId,
    groupId,
    wall,
    ids,
    scopes,
    general: naturalId("channel", spaceId, "general"),
  };
}

export function eventText(uid: string): string {
  return `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:${uid}\r\nDTSTART:20261123T090000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;
}

/** A calendar, of the animators to remove, with an event. */
function calendarOf(
  scope: Scope,
  by: TestPerson,
  ids: Record<"calendar" | "event", string>,
  now: string,
): RowWrite[] {
  const made = { createdBy: by.id, createdAt: now };
  const object = {
    uid: "secret",
    kind: "VEVENT",
    hasRecurrence: false,
    attendeeIds: [],
    revision: 1,
    modifiedAt: now,
  };
  return [
    row(scope, "calendar", { id: ids.calendar, name: "Secret", colour: "blue", kind: "space", ...made }),
    row(scope, "calendarObject", {
      id: ids.event,
      calendarId: ids.calendar,
      data: eventText("secret"),
      ...object,
      ...made,
    }),
  ];
}

/** A board of two columns with a task and an archived one, and an archived board. */
function boardsOf(
  scope: Scope,
  by: TestPerson,
  ids: Record<"board" | "oldBoard" | "column" | "doneColumn" | "task" | "oldTask", string>,
  now: string,
): RowWrite[] {
  const made = { createdBy: by.id, createdAt: now };
  const on = { boardId: ids.board };
  const task = { ...on, ...made, columnId: ids.column, title: "Secret à faire" };
  return [
    row(scope, "board", { ...made, id: ids.board, name: "Secret des travaux" }),
    row(scope, "board", { ...made, id: ids.oldBoard, name: "Vieux secret", archivedAt: now }),
    row(scope, "boardColumn", { ...on, id: ids.column, name: "À faire", meaning: "todo", order: "a0" }),
    row(scope, "boardColumn", { ...on, id: ids.doneColumn, name: "Fait", meaning: "done", order: "a1" }),
    row(scope, "task", { ...task, id: ids.task, order: "a0" }),
    row(scope, "task", { ...task, id: ids.oldTask, order: "a1", archivedAt: now }),
  ];
}

/** A folder, a file of two versions, and one in the trash. */
function libraryOf(
  scope: Scope,
  by: TestPerson,
  ids: Record<"folder" | "file" | "trashed", string>,
  now: string,
): RowWrite[] {
  const made = { createdBy: by.id, createdAt: now, modifiedBy: by.id, modifiedAt: now };
  const content = { blobId: createId(), mediaType: "text/plain", sizeBytes: 6, sha256: "0".repeat(64) };
  const file = { ...made, kind: "file", content, version: 1 };
  const versionOf = (itemId: string) => ({
    id: libraryVersionId(libraryItemIdSchema.parse(itemId), 1),
    itemId,
    version: 1,
    content,
    writtenBy: by.id,
    writtenAt: now,
  });
  return [
    row(scope, "libraryItem", { id: ids.folder, ...made, kind: "folder", name: `Secrets ${ids.folder}` }),
    row(scope, "libraryItem", { id: ids.file, ...file, name: `Secret ${ids.file}.txt` }),
    row(scope, "libraryItem", {
      id: ids.trashed,
      ...file,
      name: "Ancien secret.txt",
      trashed: { at: now, personId: by.id },
    }),
    row(scope, "libraryVersion", versionOf(ids.file)),
    row(scope, "libraryVersion", versionOf(ids.trashed)),
  ];
}

function row(
  scope: Scope,
  collection: CollectionName,
  data: Record<string, unknown> & { id: string },
): RowWrite {
  return { scope, collection, id: data.id, op: "put", data };
}
