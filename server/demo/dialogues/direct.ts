/** Conversations of `camille`, the person behind the account `demo`, and some between others. */
export interface PrivateScript {
  members: string[];
  /** Groups have a name. */
  name?: string;
  /** Minutes before now at which the last message was sent. */
  endedMinutesAgo: number;
  /** How many of the last messages `camille` has not read. */
  unread: number;
  script: string;
}

export const privateScripts: PrivateScript[] = [
  {
    members: ["camille", "karim"],
    endedMinutesAgo: 7,
    unread: 2,
    script: `
karim: Tu as encore la clé de la baie de Bellefontaine ?
camille: Oui, dans la boîte à gants du camion. Je te la laisse à l'accueil ?
karim: Parfait, merci.

camille: Les boîtiers d'Antoine sont posés partout, plus un seul câble arraché depuis deux semaines.
karim: Il faut lui dire, il fait semblant de s'en moquer mais ça lui fait plaisir.
+ ❤️ camille

karim: Tu fais quoi pour la tournée de lundi ? Je peux prendre le Pré-Clos si tu gardes les Alizés.
camille: Marché conclu. Je prends aussi le carton de souris.
karim: Au fait, Rokhaya demande si on peut passer un peu plus tôt, elle a un conseil à 10 h.
karim: Je lui ai dit 8 h 30, tu me confirmes ?
`,
  },
  {
    members: ["camille", "fatou"],
    endedMinutesAgo: 64,
    unread: 1,
    script: `
fatou: Camille, tu serais d'accord pour animer l'espace avec moi ? Tu réponds déjà à tout le monde…
camille: Avec plaisir ! Je commence par ranger les canaux.
+ 🎉 fatou

fatou: Bravo pour la présentation aux gestionnaires, les retours sont excellents.
camille: Merci ! J'étais morte de trac.
fatou: Ça ne s'est pas vu une seconde.

fatou: Peux-tu m'envoyer les chiffres des classes mobiles avant mercredi ?
camille: Oui : 12 valises, 288 tablettes, 11 en réparation. Je te mets le détail par collège ce soir.
fatou: Parfait. La direction voudrait aussi une photo de la première valise, si tu en as une.
`,
  },
  {
    members: ["camille", "antoine"],
    endedMinutesAgo: 1500,
    unread: 0,
    script: `
antoine: Le croquis est clair. Hêtre ou chêne ?
camille: Le moins cher des deux, je n'y connais rien !
antoine: Hêtre. Le chêne, ce sera pour ton départ à la retraite.
+ 😂 camille
camille: J'ai 29 ans, Antoine.
antoine: Le chêne n'est pas pressé.
`,
  },
  {
    members: ["camille", "ines"],
    endedMinutesAgo: 2900,
    unread: 0,
    script: `
ines: Tu as deux minutes pour me dire ce que tu vois sur le port 14 ?
camille: Vert fixe, puis orange toutes les dix secondes environ.
ines: C'est une boucle. Quelqu'un a branché les deux bouts du même câble.
camille: … Trouvé. Sous le bureau du CDI. Bien vu !
ines: C'est toujours sous un bureau 😄
`,
  },
  {
    members: ["camille", "sylvie"],
    endedMinutesAgo: 4200,
    unread: 0,
    script: `
camille: Bonjour Sylvie, un référent a quitté son collège : que devient son compte ?
sylvie: Bonjour Camille. On le désactive, ses messages restent. Envoie-moi juste le nom et la date.
camille: Merci, c'est fait dans ta boîte.
sylvie: Vu, réglé. Bonne journée !
`,
  },
  {
    members: ["camille", "theo"],
    endedMinutesAgo: 210,
    unread: 3,
    script: `
theo: Camille, je peux te demander de relire mon rapport d'apprentissage ?
camille: Bien sûr, envoie.
theo: Il fait 34 pages, pardon d'avance.
camille: Lu ! C'est très bon. Page 12, explique ce qu'est un VLAN, ton jury n'est pas informaticien.
+ 🙏 theo

theo: J'ai réussi à réparer le portable au stylo !!
theo: Bon, il reste une vis en trop.
theo: C'est grave ?
`,
  },
  {
    members: ["camille", "benoit"],
    endedMinutesAgo: 8700,
    unread: 0,
    script: `
benoit: Bonjour Camille, les tablettes sont arrivées, les élèves sont aux anges. Merci pour la patience avec mes collègues.
camille: Avec plaisir Benoît. N'oubliez pas : *on la range chargée, on la retrouve chargée*.
benoit: L'affiche au hérisson est devenue la mascotte de la 5e B.
+ 🦔 camille
`,
  },
  {
    members: ["camille", "lea"],
    endedMinutesAgo: 11_000,
    unread: 0,
    script: `
camille: Virgule a mangé une fraise entière. Parenthèse boude.
lea: C'est leur fonctionnement normal 😂 Merci encore !
camille: On a regardé un documentaire sur les tortues. Grand silence dans le salon.
lea: Elles vont te regretter.
`,
  },
  {
    members: ["camille", "gildas"],
    endedMinutesAgo: 20_400,
    unread: 0,
    script: `
gildas: Je serai en congé la semaine prochaine, tu peux garder un œil sur le secteur sud ?
camille: Sans problème. Des points chauds ?
gildas: L'onduleur de l'Ormeraie qui bipe. S'il bipe deux fois, tu m'appelles quand même.
camille: Il ne bipera pas. Profite !
`,
  },
  {
    members: ["camille", "karim", "solene", "gildas", "theo"],
    name: "Tournée sud",
    endedMinutesAgo: 28,
    unread: 2,
    script: `
solene: Je crée le groupe pour la tournée, ce sera plus simple que douze messages croisés.
gildas: Bonne idée. Péage ou départementale ?
karim: Départementale, il y a la boulangerie de Pontarlac.
+ 🥐 camille theo solene
camille: Voté à l'unanimité.

gildas: Récapitulatif : moi l'Ormeraie, Solène le Val-Doré, Camille les Peupliers, Karim le Moulin-Blanc, Théo avec Karim.
theo: Je prends la visseuse et les étiquettes !
camille: Et moi les câbles. Départ 7 h 45 devant le dépôt ?
solene: 7 h 45, parfait.
gildas: @camille tu peux prendre aussi la borne de rechange ? Elle est sur l'étagère du fond.
karim: Et la clé de Bellefontaine si tu la croises 🙏
`,
  },
  {
    members: ["camille", "romain", "gabriel", "fabien"],
    name: "Son et écrans de la fête",
    endedMinutesAgo: 5300,
    unread: 0,
    script: `
romain: Camille, tu t'y connais en écrans : on en veut un de 3 mètres au village des métiers.
camille: On peut prêter deux vidéoprojecteurs, en double image ça se voit même en plein jour à l'ombre.
gabriel: J'ai la structure. Fabien, une ligne de 16 A à cet endroit ?
fabien: C'est au plan, coffret 4.
romain: Vous êtes formidables.
+ 🎉 gabriel camille
`,
  },
  {
    members: ["camille", "agnes", "claire"],
    name: "Salle informatique de La Forge",
    endedMinutesAgo: 13_200,
    unread: 0,
    script: `
agnes: Bonjour à toutes les deux, pour la future salle, préférez-vous des îlots ou des rangs ?
camille: Des îlots de quatre : les profs circulent mieux, et les câbles passent par le centre.
claire: Il faut me le dire avant vendredi, les boîtes de sol se coulent avec la dalle.
agnes: Îlots, alors. L'équipe est d'accord.
claire: C'est noté au plan, merci !
+ 👍 camille agnes
`,
  },
  {
    members: ["sylvie", "louise"],
    endedMinutesAgo: 300,
    unread: 0,
    script: `
louise: Trois demandes d'espaces cette semaine : généalogie, couture et « amis du puits de La Forge ».
sylvie: Les amis du puits ?! Accordé sans réserve.
louise: Je m'en doutais 😄
`,
  },
  {
    members: ["daniel", "valerie"],
    endedMinutesAgo: 95,
    unread: 0,
    script: `
valerie: Daniel, peux-tu doubler la 7 vendredi à 16 h ? Sortie du lycée agricole.
daniel: Oui, si je prends mon service à 12 h 30 au lieu de 12 h.
valerie: C'est saisi. Merci !
`,
  },
  {
    members: ["ernesto", "hugo"],
    endedMinutesAgo: 1320,
    unread: 0,
    script: `
hugo: Ernesto, la benne de jeudi peut-elle arriver avant 8 h ?
ernesto: 6 h 45, c'est confirmé par le transporteur.
hugo: Parfait, merci.
`,
  },
  {
    members: ["helene", "laurent"],
    endedMinutesAgo: 700,
    unread: 0,
    script: `
laurent: Hélène, le retour des familles sur les permanences est excellent. Transmettez mes félicitations.
helene: Ce sera fait, merci. L'équipe y a mis du cœur.
`,
  },
];

/** The last words in some channels, minutes before now. `unread` as above. */
export const finales: { channel: string; endedMinutesAgo: number; unread: number; script: string }[] = [
  {
    channel: "it/incidents",
    endedMinutesAgo: 12,
    unread: 3,
    script: `
benoit: Bonjour, la salle de sciences des Trois-Rivières n'a plus de réseau depuis tout à l'heure. Les autres salles vont bien.
mathis: Je vois le commutateur de l'étage, il répond. C'est la liaison de la salle qui est tombée.
benoit: J'ai regardé : le petit boîtier sous la paillasse n'a plus de lumière.
mathis: C'est l'injecteur. @camille tu en aurais un dans ton camion pour lundi ?
benoit: Pas d'urgence avant 10 h, la salle est libre. Merci à vous !
`,
  },
  {
    channel: "routes/bus",
    endedMinutesAgo: 18,
    unread: 0,
    script: `
sandrine: Ligne 4, tout va bien malgré la pluie. Beaucoup de monde à Pont-Vieux.
valerie: Merci Sandrine, je maintiens le renfort jusqu'à la fin du service.
moussa: Bien reçu, je me cale derrière toi.
`,
  },
  {
    channel: "accueil/general",
    endedMinutesAgo: 34,
    unread: 2,
    script: `
manon: Les photos de la répétition générale sont en ligne, allez voir la chorale des agents, c'est un bonheur.
lin: Je confirme, et on cherche encore des ténors !
mylene: Et des gens qui chantent faux avec enthousiasme ?
manon: Surtout ceux-là 😄
`,
  },
  {
    channel: "fete/benevoles",
    endedMinutesAgo: 49,
    unread: 1,
    script: `
awa: Quinze inscriptions de plus ce week-end, dont une famille entière de Pontarlac.
manon: Magnifique ! Il ne me manque plus que la consigne vélo du dimanche.
awa: Mon cousin est d'accord pour la consigne. Il répare aussi les pneus.
`,
  },
];

export const drafts: { channel?: string; direct?: string; body: string; minutesAgo: number }[] = [
  {
    channel: "it/astuces",
    body: "Petit mémo sur les boîtiers en bois : penser à laisser 2 cm derrière la prise, sinon",
    minutesAgo: 190,
  },
  {
    direct: "fatou",
    body: "Voici le détail par collège :\n- Trois-Rivières : 24, dont 1 en réparation\n- ",
    minutesAgo: 40,
  },
  {
    channel: "chantier/reseaux",
    body: "Bonjour Ernesto, pourrait-on passer mardi avant la réunion pour ",
    minutesAgo: 1600,
  },
];
