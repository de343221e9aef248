import { blobIdSchema, naturalId, type BlobId } from "#contract/ids.ts";
import type { Attachment, Quote } from "#contract/entities/message.ts";
import { formatLink } from "#contract/links.ts";
import type { Card } from "#contract/views/conversation-parts.ts";
import type { MessageView, Upload } from "#contract/views/message-view.ts";
import { keepPicture } from "#renderer/kit/local-pictures.ts";
import type { TrayFile } from "#renderer/parts/composer-store.ts";
import { anne, conversationId, ines, karim, messages, problem, scope, zoe } from "./fixtures.ts";

const blob = (name: string): BlobId => blobIdSchema.parse(naturalId("fixture blob", name));
const first = messages[0];
if (first === undefined) throw new Error("There are no fixtures");
const base: MessageView = first;

const link = formatLink({ kind: "conversation", conversationId });
const unknownLink = formatLink({ kind: "person", personId: ines.id });

export const quote: Quote = {
  kind: "quote",
  scope,
  conversationId,
  messageId: base.message.id,
  authorId: zoe.id,
  sentAt: base.message.sentAt,
  body: "Le câblage de la salle 12 est **terminé** ; il reste à poser les baies.",
};

export const forward: Quote = { ...quote, kind: "forward", title: "Coupure de réseau lundi" };

/** Every kind of link and name that a text can have. */
export const LINKS = [
  `Vu avec <!here>, <!group:${naturalId("fixture", "group")}> et <#${conversationId}>.`,
  `[impots.gouv.fr](https://evil.example/) et [cliquez ici](https://exemple.fr/a), https://exemple.fr/plan`,
  `Voir ${link} ou ${unknownLink}`,
].join("\n\n");
export const names = { [naturalId("fixture", "group")]: "Secrétariat", [conversationId]: "incidents" };

const ARTICLE = [
  "# Ouverture du nouveau collège",
  "Les élèves entrent **le 4 janvier**. Les travaux sont finis.",
  "## Ce qui change",
  "- la salle 12 devient le labo\n- le self ouvre à 11 h 30",
  "### Et après",
  "> « On y est presque. »",
].join("\n\n");
export const article = ARTICLE;

export const pictures: Attachment[] = [
  { blobId: blob("a"), name: "salle-12.jpg", mediaType: "image/jpeg", width: 1600, height: 1000 },
  { blobId: blob("b"), name: "baie.jpg", mediaType: "image/jpeg", width: 900, height: 1600 },
  { blobId: blob("c"), name: "plan.png", mediaType: "image/png", width: 1200, height: 1200 },
];

export const files: Attachment[] = [
  { blobId: blob("d"), name: "compte-rendu.pdf", mediaType: "application/pdf", sizeBytes: 1_234_567 },
  { blobId: blob("e"), name: "effectifs.csv", mediaType: "text/csv", sizeBytes: 5_400 },
  { blobId: blob("f"), name: "photos.zip", mediaType: "application/zip", sizeBytes: 88_400_000 },
  { blobId: blob("g"), name: "dessin.svg", mediaType: "image/svg+xml", sizeBytes: 2_000 },
  { name: "ancien.doc" },
];

export const sounds: Attachment[] = [
  {
    blobId: blob("h"),
    name: "Message vocal.webm",
    mediaType: "audio/webm",
    durationMs: 65_000,
    isVoice: true,
  },
  {
    blobId: blob("i"),
    name: "visite.mp4",
    mediaType: "video/mp4",
    width: 640,
    height: 360,
    durationMs: 12_000,
  },
];

function upload(name: string, state: Upload["state"], sentBytes: number): Upload {
  return {
    key: blob(name),
    sort: name,
    blobId: blob(name),
    name,
    mediaType: "",
    sizeBytes: 1_234_567,
    sentBytes,
    state,
    problem: state === "failed" ? problem("storageFull") : null,
  };
}

export const uploads: Upload[] = [
  upload("d", "sending", 600_000),
  upload("e", "failed", 0),
  upload("f", "waiting", 0),
  upload("a", "sending", 300_000),
  upload("tray sending", "sending", 700_000),
  upload("tray failed", "failed", 100),
];

export const tray: TrayFile[] = (
  [
    ["tray preparing", "preparing"],
    ["tray sending", "ready"],
    ["tray failed", "ready"],
    ["tray large", "refused"],
  ] as const
).map(([name, state]) => ({
  blobId: blob(name),
  name: `${name}.pdf`,
  mediaType: "application/pdf",
  sizeBytes: name === "tray large" ? 3_000_000_000 : 1_234_567,
  state,
  problem: state === "refused" ? problem("tooLarge") : null,
  attachment: null,
}));

function pollView(fields: { isMultiple: boolean; isClosed: boolean }): MessageView {
  const options = ["Lundi 30 novembre", "Mardi 1ᵉʳ décembre", "Aucun des deux, plutôt la semaine suivante"];
  const people = [[anne, karim], [zoe], []];
  return {
    ...base,
    message: {
      ...base.message,
      poll: {
        question: "Quand faire la réunion de rentrée ?",
        isMultiple: fields.isMultiple,
        options: options.map((text, index) => ({ id: String(index), text })),
        ...(fields.isClosed ? {} : { closesAt: base.message.sentAt }),
      },
    },
    poll: {
      isClosed: fields.isClosed,
      voters: 3,
      options: options.map((text, index) => ({
        id: String(index),
        text,
        count: people[index]?.length ?? 0,
        isMine: index === 0,
        people: people[index] ?? [],
      })),
    },
  };
}

export const polls: MessageView[] = [
  pollView({ isMultiple: false, isClosed: false }),
  pollView({ isMultiple: true, isClosed: true }),
];

const card: Card = {
  object: { kind: "conversation", scope, conversationId },
  title: "#incidents",
  excerpt: "Pannes en cours et travaux prévus dans les collèges.",
  person: karim,
  at: base.message.sentAt,
};

/** Answers of the queries that the parts ask. */
export function answerParts(query: string, args: Record<string, unknown>) {
  if (query === "card") return { items: [], info: { card: args["link"] === link ? card : null } };
  return { items: query === "uploads" ? uploads : [], info: {} };
}

/** Pictures made on the spot: nothing is fetched for them. */
export async function drawPictures(): Promise<void> {
  await Promise.all(
    pictures.map(async ({ blobId, width = 1, height = 1 }, index) => {
      const canvas = new OffscreenCanvas(width / 4, height / 4);
      const context = canvas.getContext("2d");
      if (context === null || blobId === undefined) return;
      context.fillStyle = ["#7a9cc6", "#8fae7a", "#c69a7a"][index] ?? "#777777";
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.fillStyle = "#ffffff";
      context.font = "48px sans-serif";
      context.fillText(String(index + 1), canvas.width / 2 - 14, canvas.height / 2 + 16);
      keepPicture(blobId, await canvas.convertToBlob());
    }),
  );
}
