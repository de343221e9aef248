import { messageSchema, type Message } from "#contract/entities/message.ts";
import { personSchema } from "#contract/entities/person.ts";
import { spaceSchema } from "#contract/entities/space.ts";
import {
  conversationIdSchema,
  messageIdSchema,
  mutationIdSchema,
  naturalId,
  personIdSchema,
  spaceIdSchema,
} from "#contract/ids.ts";
import { AppError, type ProblemKind } from "#contract/problem.ts";
import { spaceScope } from "#contract/scope.ts";
import { isoTimeSchema } from "#contract/time.ts";
import type { MessageView, Pending, PersonBrief } from "#contract/views/message-view.ts";
import type {
  ConversationSummary,
  OutboxItem,
  PersonView,
  SessionInfo,
  SpaceSummary,
} from "#contract/worker.ts";

/** What the components page shows: invented, always the same, so that its screenshots can be compared. */
const NOW_MS = Date.parse("2026-11-23T13:00:00.000Z");

const at = (minutesAgo: number) => isoTimeSchema.parse(new Date(NOW_MS - minutesAgo * 60_000).toISOString());
const personId = (name: string) => personIdSchema.parse(naturalId("fixture", name));
const mutationId = (name: string) => mutationIdSchema.parse(naturalId("fixture", name));
export const conversationId = conversationIdSchema.parse(naturalId("fixture", "channel"));
const spaceId = spaceIdSchema.parse(naturalId("fixture", "space"));
export const scope = spaceScope(spaceId);

function brief(name: string, presence: PersonBrief["presence"], isGuest = false): PersonBrief {
  return { id: personId(name), displayName: name, photo: null, isGuest, presence, statusEmoji: "" };
}

export const anne = brief("Anne Lambert", "active");
export const karim = brief("Karim Benhaddou", "away");
export const zoe = brief("Zoé Étienne", "busy", true);
export const ines = brief("Inès Moreira", "offline");

export const people: PersonView[] = [anne, karim, zoe, ines].map((person) => ({
  key: person.id,
  sort: person.displayName,
  presence: person.presence,
  chosen: null,
  status: null,
  role: null,
  person: personSchema.parse({
    id: person.id,
    displayName: person.displayName,
    jobTitle: "Technicienne des systèmes",
    service: "Informatique des collèges",
    organisation: "Département de la Vaurelle",
    email: "prenom.nom@vaurelle.example",
    phone: "02 99 00 00 00",
    ...(person.isGuest ? { isGuest: true } : {}),
  }),
}));

export function problem(kind: ProblemKind) {
  return new AppError(kind, { title: "Shown on the components page" }).problem;
}

function pending(status: Pending["status"], kind?: ProblemKind): Pending {
  return { mutationId: mutationId(status), status, problem: kind === undefined ? null : problem(kind) };
}

type Extra = Partial<Omit<MessageView, "message">> & { fields?: Partial<Message> };

function message(
  name: string,
  author: PersonBrief,
  minutesAgo: number,
  body: string,
  extra: Extra = {},
): MessageView {
  const { fields, ...rest } = extra;
  const row = messageSchema.parse({
    id: messageIdSchema.parse(naturalId("fixture", name)),
    conversationId,
    authorId: author.id,
    body,
    sentAt: at(minutesAgo),
    version: 1,
    ...fields,
  });
  const isMine = author === anne;
  return {
    key: row.id,
    sort: row.sentAt,
    message: row,
    author,
    mentioned: [anne],
    reactions: [],
    repliers: [],
    names: {},
    quoteAuthor: null,
    poll: null,
    isPinned: false,
    isSaved: false,
    thread: null,
    acknowledged: null,
    uploads: [],
    isMine,
    pending: null,
    ...rest,
  };
}

const LONG =
  "Le câblage de la salle 12 est terminé ; il reste à poser les baies, à étiqueter et à passer les tests. ";
const RICH = `**Compte rendu** de *ce matin*, ~~provisoire~~ définitif :\n\n1. baies posées\n2. voir \`ip addr\`\n\n> « Tout marche », dit Karim.\n\nhttps://exemple.fr/rapport <@${anne.id}> <!everyone>`;

export const messages: MessageView[] = [
  message("1", karim, 1500, "Bonjour à tous !"),
  message("2", karim, 1499, LONG.repeat(3)),
  message("3", zoe, 90, RICH, {
    reactions: [
      { emoji: "👍", count: 3, isMine: true, people: [anne, karim] },
      { emoji: "🎉", count: 1, isMine: false, people: [ines] },
    ],
  }),
  message("4", ines, 80, "```sh\nnmcli device status\n```", { fields: { editedAt: at(70) } }),
  message("5", ines, 60, "🎉👏"),
  message("6", karim, 50, "Qui vient à la réunion ?", {
    fields: { replyCount: 4, lastReplyAt: at(5) },
    repliers: [anne, zoe, ines],
  }),
  message("7", zoe, 45, "", { fields: { deletedAt: at(44) } }),
  message("8", zoe, 40, "Voici les plans.", {
    fields: {
      attachments: [
        { name: "plan.pdf", sizeBytes: 1_234_567, blobId: spaceIdAsBlob() },
        { name: "photo.jpg" },
      ],
    },
  }),
  message("9", karim, 30, "Karim Benhaddou a rejoint le canal.", { fields: { notice: "joined" } }),
  message("10", ines, 25, '<script>alert("x")</script> <b onclick=x>gras</b> مرحبا 👩🏽‍🚒'),
  message("11", anne, 3, "J’arrive.", { pending: pending("waiting") }),
  message("12", anne, 2, "Je peux animer.", { pending: pending("rejected", "forbidden") }),
  message("13", anne, 1, "Salle 14, et non 12.", { pending: pending("conflict", "conflict") }),
];

function spaceIdAsBlob(): NonNullable<NonNullable<Message["attachments"]>[number]["blobId"]> {
  const [attachment] = messageSchema.shape.attachments.parse([{ name: "x", blobId: spaceId }]) ?? [];
  if (attachment?.blobId === undefined) throw new Error("A fixture does not fit the contract");
  return attachment.blobId;
}

function conversation(name: string, fields: Partial<ConversationSummary>): ConversationSummary {
  return {
    key: name,
    sort: name,
    conversationId: conversationIdSchema.parse(naturalId("fixture", name)),
    scope,
    kind: "channel",
    name,
    topic: "",
    space: { id: spaceId, name: "Informatique des collèges", emoji: "💻", classification: "internal" },
    members: [],
    lastMessage: {
      authorId: karim.id,
      authorName: karim.displayName,
      excerpt: "Tout est branché",
      sentAt: at(50),
    },
    unread: 0,
    mentions: 0,
    isFavourite: false,
    isMuted: false,
    mutedUntil: null,
    sectionId: null,
    isArchived: false,
    hasGuests: false,
    isKept: true,
    draft: "",
    failed: 0,
    canPost: true,
    ...fields,
  };
}

export const conversations: ConversationSummary[] = [
  conversation("incidents", { conversationId, topic: "Pannes en cours", unread: 4, mentions: 1 }),
  conversation("général", { unread: 120 }),
  conversation("tutoriels", { draft: "À finir" }),
  conversation("archives", { failed: 1, canPost: false }),
  conversation("direct", { kind: "direct", name: "", space: null, members: [karim], unread: 2 }),
  conversation("guest", { kind: "direct", name: "", space: null, members: [zoe] }),
  conversation("group", { kind: "group", name: "", space: null, members: [karim, ines, zoe] }),
];

export const spaces: SpaceSummary[] = (["open", "onRequest", "hidden"] as const).map((visibility, index) => ({
  key: visibility,
  sort: String(index),
  role: index === 2 ? "animator" : null,
  memberCount: index === 1 ? null : 24,
  space: spaceSchema.parse({
    id: naturalId("fixture", visibility),
    name: "Transports scolaires",
    summary: "Horaires, lignes et imprévus.",
    kind: "service",
    visibility,
    emoji: "🚌",
    createdAt: at(9000),
  }),
}));

export const outbox: OutboxItem[] = (["waiting", "rejected", "conflict"] as const).map((status, index) => ({
  key: status,
  sort: String(index),
  mutationId: mutationId(`outbox ${status}`),
  name: status === "conflict" ? "message.edit" : "message.send",
  scope,
  args: { body: "Réunion à 14 h, salle 12." },
  madeAt: at(12),
  status,
  problem: status === "waiting" ? null : problem(status === "conflict" ? "conflict" : "forbidden"),
  attempts: index,
  place: "incidents",
  current: status === "conflict" ? { body: "Réunion à 15 h, salle 14." } : null,
}));

export const session: SessionInfo = {
  me: people[0]?.person ?? null,
  organisation: null,
  isReady: true,
  connection: "online",
  problem: null,
  retryAt: null,
  sync: { isRunning: false, isFirst: false, received: 12_300, total: 45_000 },
  isPoorLine: false,
  outbox: { waiting: 3, asides: 0, failed: 2 },
  notKept: 0,
  storage: { usedBytes: 48_000_000, quotaBytes: 1e9, isFull: false },
  capabilities: null,
  invalidRows: 0,
};
