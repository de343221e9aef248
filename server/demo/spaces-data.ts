import type { Space } from "#contract/entities/space.ts";
import { OFFICE, ROUND, type Hours } from "./calendar.ts";

export interface DemoChannel {
  key: string;
  name: string;
  topic: string;
  /** About how many exchanges of the recurring kind it gets over the seven months. */
  recurring: number;
  hours: Hours;
}

export interface DemoSpace {
  key: string;
  name: string;
  emoji: string;
  summary: string;
  kind: Space["kind"];
  visibility: Space["visibility"];
  organisation: string;
  animators: string[];
  /** `*` is everyone but guests. */
  members: string[];
  channels: DemoChannel[];
}

function channel(
  key: string,
  name: string,
  topic: string,
  recurring = 12,
  hours: Hours = OFFICE,
): DemoChannel {
  return { key, name, topic, recurring, hours };
}

const D = "Département de la Vaurelle";

export const demoSpaces: DemoSpace[] = [
  {
    key: "accueil",
    name: "Bienvenue sur Parvis",
    emoji: "👋",
    summary:
      "La place commune des agents du département et des communes : nouvelles de la maison, entraide, vie quotidienne.",
    kind: "community",
    visibility: "open",
    organisation: D,
    animators: ["sylvie", "louise"],
    members: ["*"],
    channels: [
      channel("general", "général", "Ce qui concerne tout le monde, en peu de mots", 12),
      channel("entraide", "entraide Parvis", "Une question sur l’outil ? Quelqu’un sait.", 14),
      channel("annonces", "petites annonces", "Entre collègues, sans revente professionnelle", 16),
      channel(
        "cantine",
        "menu du jour",
        "Le restaurant administratif, tous les midis à partir de 11 h 45",
        26,
      ),
    ],
  },
  {
    key: "it",
    name: "Informatique des collèges",
    emoji: "💻",
    summary:
      "Maintenance des postes, des réseaux et des vidéoprojecteurs des douze collèges. Techniciens, réseau et référents des établissements.",
    kind: "service",
    visibility: "open",
    organisation: D,
    animators: ["camille", "fatou"],
    members: [
      ..."karim solene gildas theo aurelie mathis ines yann nadia lin nathalie sylvie".split(" "),
      ..."benoit sarah rokhaya florence agnes denis simon".split(" "),
    ],
    channels: [
      channel("incidents", "incidents", "Un incident, un message, un fil. Le numéro de ticket d’abord.", 34),
      channel("reseau", "réseau et wifi", "Commutateurs, bornes, filtrage, fibre", 20),
      channel("deploiement", "déploiements", "Images, logiciels, classes mobiles", 16),
      channel("astuces", "astuces et scripts", "Ce qui nous a fait gagner du temps", 8),
      channel("equipe", "vie d’équipe", "Tournées, congés, café", 16),
    ],
  },
  {
    key: "social",
    name: "Action sociale de proximité",
    emoji: "🤝",
    summary:
      "Échanges entre travailleurs sociaux. Aucun nom d’usager ici : on parle de situations, jamais de personnes.",
    kind: "service",
    visibility: "onRequest",
    organisation: D,
    animators: ["helene"],
    members: "mariama sophie bruno amel lucie odile thuy paulo nora laurent emma simon yasmine".split(" "),
    channels: [
      channel("coordination", "coordination", "Permanences, remplacements, réunions de synthèse", 24),
      channel("ressources", "droits et ressources", "Textes, barèmes, adresses utiles", 14),
      channel("pmi", "PMI et petite enfance", "Consultations, bilans, agréments", 14),
    ],
  },
  {
    key: "routes",
    name: "Routes et mobilités",
    emoji: "🚧",
    summary: "Patrouilles, viabilité hivernale, ouvrages d’art et lignes de bus.",
    kind: "service",
    visibility: "open",
    organisation: D,
    animators: ["rachid", "valerie"],
    members:
      "vincent pascal jeanlouis kevin stephanie mireille tony daniel sandrine moussa ahmed marina beatrice olivier eric jeremie thomas".split(
        " ",
      ),
    channels: [
      channel("terrain", "signalements du terrain", "Lieu, point kilométrique, photo si possible", 34, ROUND),
      channel("hiver", "viabilité hivernale", "Astreintes, sel, circuits", 14, ROUND),
      channel("bus", "lignes de bus", "Régulation et vie des lignes", 28, ROUND),
      channel("services", "échange de services", "Je cherche, je propose. Valérie valide.", 20, ROUND),
      channel("atelier", "atelier et véhicules", "Pannes, contrôles, réservations", 16),
    ],
  },
  {
    key: "metiers",
    name: "Métiers de la maison",
    emoji: "🛠️",
    summary:
      "Menuisiers, cuisiniers, jardiniers, relieuse, électriciens : les savoir-faire de la maison, en photos et en tours de main.",
    kind: "community",
    visibility: "open",
    organisation: D,
    animators: ["antoine", "dominique"],
    members:
      "gerard leila rene fabien ludovic celeste josette anais tiago camille mylene patrick ousmane rosa florian jeremie louise zoe hugo margaux".split(
        " ",
      ),
    channels: [
      channel("savoirfaire", "savoir-faire", "Un geste, une photo, une explication", 12),
      channel("ateliers", "ateliers", "Demandes de travaux et suivi", 22),
      channel("cuisine", "cuisine", "Recettes, allergènes, producteurs", 16),
      channel("jardins", "jardins et serres", "Plantations, arrosage, taille", 16),
    ],
  },
  {
    key: "animateurs",
    name: "Animateurs d’espaces",
    emoji: "🎈",
    summary: "Le coin de celles et ceux qui animent un espace : tutoriels, idées, questions franches.",
    kind: "animators",
    visibility: "open",
    organisation: D,
    animators: ["louise"],
    members:
      "sylvie camille fatou helene rachid valerie antoine dominique margaux adrien romain samira isabelle kenza martine claire".split(
        " ",
      ),
    channels: [
      channel("idees", "idées d’animation", "Ce qui marche, ce qui ne marche pas", 12),
      channel("tutoriels", "tutoriels", "Pas à pas et modèles", 8),
    ],
  },
  {
    key: "cadres",
    name: "Encadrement",
    emoji: "🧭",
    summary: "Direction et chefs de service. Arbitrages, préparation des comités, sujets réservés.",
    kind: "managers",
    visibility: "hidden",
    organisation: D,
    animators: ["francoise"],
    members:
      "laurent beatrice vincent nathalie isabelle margaux nadia dominique helene fatou rachid sylvie".split(
        " ",
      ),
    channels: [
      channel("codir", "comité de direction", "Ordre du jour le mardi, relevé de décisions le jeudi", 14),
      channel("budget", "budget et effectifs", "Préparation budgétaire", 10),
    ],
  },
  {
    key: "chantier",
    name: "Reconstruction du collège La Forge",
    emoji: "🏗️",
    summary:
      "Suivi du chantier avec l’entreprise, le collège et les services : planning, réserves, photos, câblage.",
    kind: "project",
    visibility: "onRequest",
    organisation: D,
    animators: ["claire"],
    members:
      "hugo mehdi elodie ernesto agnes camille ines mathis stephanie fabien nathalie beatrice ousmane priya olivier thomas".split(
        " ",
      ),
    channels: [
      channel("suivi", "suivi de chantier", "Réunion le mardi à 9 h, base vie", 24),
      channel("photos", "photos du chantier", "Une photo, un lieu, une date", 18),
      channel("reseaux", "câblage et informatique", "Baies, prises, bornes, audiovisuel", 12),
      channel("marche", "marchés et budget", "Avenants, situations, pénalités", 10),
    ],
  },
  {
    key: "fete",
    name: "Fête de la Vaurelle",
    emoji: "🎪",
    summary: "Trois jours, huit communes, deux cents bénévoles. Préparation, programme et photos.",
    kind: "event",
    visibility: "open",
    organisation: D,
    animators: ["romain", "manon"],
    members:
      "gabriel margaux adrien chloe ousmane zoe celeste emma lea awa pauline olivier florian camille rosa gerard fabien antoine mylene kenza valerie michele".split(
        " ",
      ),
    channels: [
      channel("programme", "programme", "Scènes, horaires, artistes", 12),
      channel("logistique", "logistique", "Barnums, électricité, navettes", 18),
      channel("benevoles", "bénévoles", "Inscriptions et plannings", 16),
    ],
  },
  {
    key: "rh",
    name: "Vie des agents",
    emoji: "🌱",
    summary: "Ressources humaines, formation, télétravail, prévention : les réponses utiles à tous.",
    kind: "service",
    visibility: "open",
    organisation: D,
    animators: ["samira", "isabelle"],
    members: ["*"],
    channels: [
      channel(
        "questions",
        "questions RH",
        "Congés, paie, carrière : question publique, réponse publique",
        26,
      ),
      channel("formations", "formations", "Sessions, places libres, retours", 20),
      channel("teletravail", "télétravail et qualité de vie", "Organisation, matériel, bons réflexes", 14),
    ],
  },
  {
    key: "communes",
    name: "Réseau des communes",
    emoji: "🏘️",
    summary: "Saint-Aubert, Lormeuil, Castelnoue, Villebrune et le département : on échange, on mutualise.",
    kind: "community",
    visibility: "open",
    organisation: "Ville de Saint-Aubert-sur-Vaure",
    animators: ["kenza", "martine"],
    members:
      "olivier lea emma christophe yasmine denis clara michele florian awa jeremie veronique ibrahim pauline eric rosa camille fatou sylvie louise simon priya aurelie laurent beatrice".split(
        " ",
      ),
    channels: [
      channel("echanges", "échanges", "Qui a déjà fait ça ?", 26),
      channel("achats", "achats groupés", "Commander ensemble", 14),
      channel("numerique", "numérique", "Outils, sécurité, accessibilité", 16),
    ],
  },
  {
    key: "com",
    name: "Communication",
    emoji: "📣",
    summary: "Rédaction, photos, réseaux, charte : demandes et coulisses de la communication.",
    kind: "community",
    visibility: "open",
    organisation: D,
    animators: ["margaux", "adrien"],
    members:
      "chloe ousmane zoe pauline louise romain manon sylvie samira claire lea anais nadia camille".split(" "),
    channels: [
      channel("demandes", "demandes", "Affiche, photo, relecture : demandez ici", 24),
      channel("redaction", "comité de rédaction", "Le magazine, le site, les réseaux", 14),
      channel("photothèque", "photothèque", "Droits, légendes, séries", 12),
    ],
  },
];
