import type { Organisation } from "#contract/entities/organisation.ts";
import type { SpaceSettings, SpaceTemplate } from "#contract/entities/space.ts";
import { demoCoverId } from "./cover-ids.ts";

type DemoOrganisation = Pick<
  Organisation,
  "name" | "modules" | "spaceCreation" | "workingHours" | "isQuietImposed"
> & { key: string };

const OFFICE = { timeZone: "Europe/Paris", days: [1, 2, 3, 4, 5], from: "07:30", to: "19:00" };

/** Bodies that share the platform; their names are those of the people's organisations. */
export const demoOrganisationSettings: DemoOrganisation[] = [
  { key: "D", name: "Département de la Vaurelle", spaceCreation: "onRequest", workingHours: OFFICE },
  { key: "S", name: "Ville de Saint-Aubert-sur-Vaure", spaceCreation: "onRequest", workingHours: OFFICE },
];

type Settings = Partial<Pick<SpaceSettings, "cover" | "topics" | "welcome" | "rules" | "sections">>;

/** What the animators of each space wrote on its page. */
export const demoSpaceSettings: Record<string, Settings> = {
  accueil: {
    cover: demoCoverId("accueil"),
    topics: ["vie de la maison", "entraide"],
    sections: ["Nouvelles de la maison", "Vie pratique"],
    welcome: `Bienvenue ! Ici se retrouvent toutes celles et tous ceux qui travaillent pour le département et les communes.

- **Une question sur l’outil ?** Le canal *entraide Parvis* répond en moins d’une heure.
- **Une nouvelle à partager ?** Publiez-la sur le mur, deux phrases suffisent.`,
    rules: "On reste courtois, on signe de son nom, on ne parle pas des usagers.",
  },
  it: {
    cover: demoCoverId("it"),
    topics: ["informatique", "collèges"],
    sections: ["Retours d’expérience", "Chantiers"],
    welcome: `Techniciens, réseau et référents des douze collèges.

1. Un incident se signale dans *incidents*, avec le numéro du ticket.
2. Une question va sur le mur : la bonne réponse y reste pour tout le monde.`,
    rules: "Aucun mot de passe ni nom d’élève dans un message.",
  },
  social: {
    topics: ["solidarités", "insertion"],
    rules: "On parle de situations, jamais de personnes : aucun nom d’usager, aucune adresse.",
    welcome: "Un espace entre professionnels, pour ne pas rester seul devant une situation.",
  },
  routes: {
    topics: ["routes", "bus", "viabilité hivernale"],
    sections: ["Chantiers", "Hiver"],
    welcome: "Un signalement : un lieu, un point kilométrique, une photo. Merci à toutes les patrouilles.",
  },
  metiers: {
    topics: ["savoir-faire", "ateliers"],
    sections: ["Savoir-faire", "Portraits"],
    welcome: "Montrez un geste de votre métier : une photo, trois phrases, et la relève saura.",
  },
  animateurs: {
    topics: ["animation"],
    sections: ["Tutoriels"],
    welcome: "Le coin des animateurs : on se dit tout.",
  },
  chantier: {
    topics: ["construction", "collèges"],
    welcome:
      "Le chantier, semaine après semaine. Les entreprises invitées voient cet espace et rien d’autre.",
    rules: "Une photo, un lieu, une date. Les prix restent dans *marchés et budget*.",
  },
  fete: {
    topics: ["événement", "communes"],
    welcome: "Trois jours, huit communes, deux cents bénévoles. Choisissez votre rôle !",
  },
  rh: { topics: ["ressources humaines", "formation"], sections: ["Formation", "Télétravail", "Prévention"] },
  communes: {
    topics: ["communes", "mutualisation"],
    welcome: "Quelqu’un l’a sûrement déjà fait : demandez.",
  },
  com: { topics: ["communication"], sections: ["Coulisses"] },
};

const all = ["wall", "news", "channels", "about", "members"].map((name) => ({ name, isOn: true }));
const plain = all.map(({ name }) => ({ name, isOn: name !== "news" }));

/** What a new space can begin with. */
export const demoTemplates: SpaceTemplate[] = [
  {
    id: "communaute",
    name: "Communauté d’intérêt",
    description: "Des collègues autour d’un sujet : un mur, des nouvelles, deux canaux.",
    space: {
      kind: "community",
      visibility: "open",
      emoji: "💬",
      functions: all,
      sections: ["À la une"],
      welcome: "Présentez-vous en deux phrases : votre métier, et ce que vous cherchez ici.",
      rules: "On reste courtois et on partage ce qui sert à d’autres.",
    },
    channels: [
      { name: "général", topic: "Tout ce qui concerne la communauté" },
      { name: "entraide", topic: "Une question ? Quelqu’un sait." },
    ],
  },
  {
    id: "projet",
    name: "Projet",
    description: "Une équipe, un objectif, une date de fin. Sur demande, sans page de nouvelles.",
    space: {
      kind: "project",
      visibility: "onRequest",
      emoji: "📐",
      functions: plain,
      welcome: "Objectif, calendrier, équipe : complétez ces trois lignes le premier jour.",
    },
    channels: [
      { name: "suivi", topic: "Avancement et décisions" },
      { name: "documents", topic: "Versions et relectures" },
    ],
  },
  {
    id: "service",
    name: "Service",
    description: "La vie d’un service : nouvelles, consignes, équipe.",
    space: {
      kind: "service",
      visibility: "open",
      emoji: "🏢",
      functions: all,
      sections: ["Consignes", "Vie du service"],
    },
    channels: [
      { name: "consignes", topic: "Ce qu’il faut savoir aujourd’hui" },
      { name: "vie d’équipe", topic: "Congés, café, bonnes nouvelles" },
    ],
  },
  {
    id: "evenement",
    name: "Événement",
    description: "Préparer un événement à plusieurs, puis en garder la mémoire.",
    space: {
      kind: "event",
      visibility: "open",
      emoji: "🎪",
      functions: plain,
      welcome: "Quoi, quand, où, et qui fait quoi.",
    },
    channels: [
      { name: "programme", topic: "Horaires et lieux" },
      { name: "logistique", topic: "Matériel, accès, navettes" },
      { name: "bénévoles", topic: "Inscriptions" },
    ],
  },
];

export interface DemoRequest {
  who: string;
  name: string;
  purpose: string;
  audience: string;
  templateId: string;
  hoursAgo: number;
}

/** Communities asked for and not decided yet. */
export const demoRequests: DemoRequest[] = [
  {
    who: "thuy",
    name: "Clauses sociales dans les marchés",
    purpose:
      "Partager entre services et communes les clauses d’insertion, les bilans et les adresses des structures partenaires.",
    audience: "Acheteurs, référents insertion, communes",
    templateId: "communaute",
    hoursAgo: 6,
  },
  {
    who: "tiago",
    name: "Numérisation des registres communaux",
    purpose: "Suivre à plusieurs la campagne de numérisation 2027 et répondre aux questions des mairies.",
    audience: "Archives, secrétaires de mairie",
    templateId: "projet",
    hoursAgo: 27,
  },
];

export interface DemoStatus {
  who: string;
  emoji: string;
  text: string;
}

export const demoStatuses: DemoStatus[] = [
  { who: "karim", emoji: "🔧", text: "En tournée, joignable par message" },
  { who: "ines", emoji: "🏗️", text: "Sur le chantier de La Forge" },
  { who: "coralie", emoji: "🏡", text: "En télétravail" },
  { who: "gerard", emoji: "🍲", text: "En cuisine jusqu’à 14 h" },
];
