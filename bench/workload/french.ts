import type { Random } from "./random.ts";

/** Words of an invented public body: enough of them that texts differ, few enough to read. */
const openings = [
  "Bonjour à tous",
  "Bonjour",
  "Petit rappel",
  "Pour information",
  "Bonne nouvelle",
  "Suite à la réunion de ce matin",
  "Comme convenu",
  "Après vérification",
  "Merci pour votre retour",
  "Je confirme",
  "Question rapide",
  "À noter",
  "De mon côté",
  "Côté terrain",
  "Je relance",
  "Petite précision",
  "Désolé pour le délai",
  "Bien reçu",
];
const subjects = [
  "le dossier d'urbanisme",
  "la convention avec la commune",
  "le compte rendu du comité",
  "le planning des astreintes",
  "la liste des bénéficiaires",
  "le marché de voirie",
  "la salle du conseil",
  "le formulaire d'inscription",
  "la demande d'intervention au collège",
  "le tableau de suivi",
  "la note de service",
  "le vidéoprojecteur de la salle",
  "la fiche de poste",
  "le badge d'accès",
  "l'accord de la préfecture",
  "le véhicule de service",
  "la subvention de l'association",
  "le réseau de l'école",
  "l'imprimante du deuxième étage",
  "le devis de l'entreprise",
  "la permanence sociale",
  "le chantier du pont",
  "la commande de papier",
  "l'atelier numérique",
  "la cantine de l'école élémentaire",
  "le registre des délibérations",
  "la plateforme de télétransmission",
  "l'éclairage du gymnase",
  "le guide des usagers",
  "la campagne de recensement",
];
const verbs = [
  "est à valider",
  "sera disponible",
  "a été transmis",
  "reste à compléter",
  "doit être signé",
  "n'est pas encore arrivé",
  "vient d'être mis à jour",
  "sera présenté",
  "est reporté",
  "pose encore question",
  "a été vérifié par le service juridique",
  "est en ligne",
  "manque toujours à l'appel",
  "peut être consulté",
  "a changé de référent",
  "avance bien",
  "est bloqué en attente d'une pièce",
  "sera livré",
  "est à relire",
  "a été archivé",
];
const moments = [
  "avant vendredi",
  "dès demain matin",
  "la semaine prochaine",
  "à 14 h 30",
  "avant la commission",
  "fin novembre",
  "au plus tard mardi midi",
  "pendant les congés d'été",
  "après la pause déjeuner",
  "d'ici la rentrée",
  "lundi à la première heure",
  "dans la journée",
  "au prochain comité",
  "le 15 du mois",
  "en début de trimestre",
];
const asks = [
  "Pouvez-vous regarder de votre côté ?",
  "Qui peut s'en charger ?",
  "Est-ce que cela convient à tout le monde ?",
  "Merci de me dire si un créneau vous arrange.",
  "Je vous laisse compléter le tableau partagé.",
  "Dites-moi si je me trompe.",
  "N'hésitez pas à corriger directement.",
  "On en reparle au point hebdomadaire.",
  "Je prends le sujet.",
  "Ça marche, merci !",
  "Parfait pour moi.",
  "Je préviens les collègues de l'accueil.",
  "Quelqu'un a-t-il la dernière version ?",
  "Le prestataire passera nous voir.",
  "J'ai joint le courrier au dossier.",
  "Il faudra prévoir un remplaçant.",
  "Les élus ont été prévenus.",
  "Le numéro de l'astreinte est affiché à l'accueil.",
];
const short = [
  "Merci !",
  "Bien noté.",
  "D'accord, je m'en occupe.",
  "👍",
  "Parfait.",
  "Oui, c'est fait.",
  "Non, pas encore.",
  "Super travail 👏",
  "Je regarde et je reviens vers vous.",
  "Reçu, merci beaucoup.",
  "Très bien, on avance comme ça.",
  "C'est corrigé.",
];
export const givenNames = [
  "Camille",
  "Yann",
  "Soizic",
  "Fatima",
  "Pierre",
  "Élodie",
  "Mamadou",
  "Anaïs",
  "Loïc",
  "Hélène",
  "Karim",
  "Noémie",
  "Gaël",
  "Inès",
  "Théo",
  "Maëlle",
  "Rachid",
  "Céline",
  "Bastien",
  "Aïcha",
  "Jérôme",
  "Zoé",
  "Stéphane",
  "Léa",
  "François",
  "Chloé",
  "Amadou",
  "Agnès",
];
export const familyNames = [
  "Le Goff",
  "Martin",
  "Benali",
  "Dubois",
  "Kervella",
  "Traoré",
  "Lefèvre",
  "Moreau",
  "Da Silva",
  "Rousseau",
  "Nguyen",
  "Fontaine",
  "Garnier",
  "Chevalier",
  "Diallo",
  "Perrin",
  "Gauthier",
  "Lemaître",
  "Haddad",
  "Bertrand",
  "Colin",
  "Roussel",
  "Étienne",
  "Mercier",
];
export const jobTitles = [
  "Technicienne informatique",
  "Chargé de mission",
  "Assistante sociale",
  "Agent d'accueil",
  "Conducteur de travaux",
  "Cheffe de service",
  "Secrétaire de mairie",
  "Animateur numérique",
  "Conductrice de bus",
  "Cuisinier",
  "Archiviste",
  "Gestionnaire des marchés publics",
];
export const services = [
  "Systèmes d'information",
  "Action sociale",
  "Voirie",
  "Éducation",
  "Ressources humaines",
  "Finances",
  "Communication",
  "Transports",
];
export const spaceNames = [
  "Informatique des collèges",
  "Action sociale de proximité",
  "Routes et ouvrages",
  "Métiers de la maison",
  "Animateurs",
  "Projet médiathèque",
  "Commande publique",
  "Restauration scolaire",
  "Transition écologique",
  "Accueil des usagers",
  "Sports et jeunesse",
  "Patrimoine",
];
export const channelNames = ["général", "entraide"] as const;

function sentence(random: Random): string {
  const text = `${random.pick(subjects)} ${random.pick(verbs)} ${random.pick(moments)}`;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function extra(random: Random): string {
  const kind = random.below(20);
  if (kind === 0) return ` Voir https://intranet.exemple.fr/dossiers/${String(random.below(90_000))}`;
  if (kind === 1)
    return `\n- ${random.pick(subjects)}\n- ${random.pick(subjects)}\n- ${random.pick(subjects)}`;
  if (kind === 2) return ` Référence \`DOS-${String(random.below(9000))}\`.`;
  if (kind === 3) return " **Important** pour les collègues absents.";
  if (kind === 4) return " 🙂";
  return "";
}

/** What one message says: a fifth of them very short, the others about 130 characters. */
export function frenchText(random: Random): string {
  if (random.chance(0.2)) return random.pick(short);
  const first = random.chance(0.4)
    ? `${random.pick(openings)}, ${random.pick(subjects)} ${random.pick(verbs)} ${random.pick(moments)}.`
    : sentence(random);
  const second = random.chance(0.35) ? ` ${sentence(random)}` : "";
  const ask = random.chance(0.5) ? ` ${random.pick(asks)}` : "";
  return first + second + ask + extra(random);
}
