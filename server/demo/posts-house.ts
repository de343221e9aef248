import type { DemoPost } from "./posts-data.ts";

function people(handles: string): string[] {
  return handles.split(" ");
}

/** Posts of everyone and of the IT service. */
export const housePosts: DemoPost[] = [
  {
    space: "accueil",
    who: "sylvie",
    hoursAgo: 5,
    kind: "article",
    cover: "parking",
    title: "Fermeture exceptionnelle du parking Nord lundi et mardi",
    summary:
      "Réfection de l’enrobé : les voitures vont au parking des Tilleuls, une navette passe toutes les dix minutes.",
    sections: ["Vie pratique"],
    isMustRead: true,
    acknowledgedBy: people("louise karim fatou rachid valerie gerard leila samira"),
    isPinned: true,
    text: `Le **parking Nord** est fermé lundi et mardi, de 6 h à 20 h, pour la réfection de l’enrobé.

## Où se garer
- Parking des Tilleuls, 180 places, badge habituel
- Parking de la piscine, gratuit, à six minutes à pied

## Navette
Une navette relie les Tilleuls à l’entrée principale **toutes les dix minutes**, de 7 h 30 à 9 h 30 puis de 16 h à 18 h 30. Les véhicules de service restent au sous-sol.

Les personnes à mobilité réduite gardent leurs places : passez par la rue Basse et prévenez l’accueil.`,
    likes: people("louise agnes denis florence"),
    comments: [
      { who: "leila", text: "Pour les livraisons de la cuisine, on passe par où ?", minutesAfter: 22 },
      {
        who: "sylvie",
        text: "Par la rue Basse aussi, le portail sera ouvert dès 5 h 30. J’ai prévenu le gardien.",
        minutesAfter: 9,
        replyTo: 0,
        likes: people("leila gerard"),
      },
      {
        who: "thomas",
        text: "Merci de rouler au pas : le trottoir est étroit devant l’école.",
        minutesAfter: 61,
      },
    ],
  },
  {
    space: "accueil",
    who: "louise",
    hoursAgo: 29,
    kind: "post",
    text: "On fête les **cent premiers jours de Parvis** jeudi à 12 h 30 dans le hall. Quiches, gâteaux et deux minutes chrono pour montrer votre astuce préférée. Qui apporte quoi ?",
    likes: people("sylvie camille theo gerard leila samira coralie celeste rosa fabien margaux"),
    poll: {
      question: "Je viens avec…",
      options: ["Du salé", "Du sucré", "Une boisson", "Ma bonne humeur"],
      votes: {
        camille: [0],
        theo: [3],
        gerard: [0],
        leila: [1],
        samira: [1],
        celeste: [1],
        fabien: [2],
        margaux: [3],
      },
    },
    comments: [
      {
        who: "gerard",
        text: "Je fais trois grandes quiches aux poireaux du potager.",
        minutesAfter: 14,
        likes: people("louise celeste"),
      },
      {
        who: "celeste",
        text: "Les poireaux sont prêts, je vous les dépose demain matin.",
        minutesAfter: 6,
        replyTo: 0,
      },
      {
        who: "theo",
        text: "Mon astuce : Ctrl+K. Voilà, deux secondes.",
        minutesAfter: 95,
        likes: people("camille karim sylvie"),
      },
    ],
  },
  {
    space: "accueil",
    who: "margaux",
    hoursAgo: 76,
    kind: "article",
    cover: "magazine",
    title: "La Vaurelle dans vos mains : le magazine de décembre",
    summary:
      "Un dossier sur les métiers de la maison, la carte des marchés de Noël et les photos du chantier de La Forge.",
    sections: ["Nouvelles de la maison"],
    text: `Le numéro de décembre part à l’impression vendredi. Au sommaire :

1. **Ils fabriquent la Vaurelle** : Antoine, Josette, Céleste et Gérard racontent un geste de leur métier.
2. **Marchés de Noël** : huit communes, une carte à détacher.
3. **La Forge, six mois après** : le chantier en images.

> « On ne voit jamais les mains de celles et ceux qui tiennent la maison debout. »

Il en reste une page : si votre service veut annoncer quelque chose, écrivez-moi avant jeudi midi.`,
    likes: people("antoine josette celeste claire adrien chloe manon"),
    comments: [
      {
        who: "josette",
        text: "J’ai relu la page sur la reliure : rien à changer, elle est très juste.",
        minutesAfter: 240,
      },
    ],
  },
  {
    space: "it",
    who: "fatou",
    hoursAgo: 3,
    kind: "post",
    isPinned: true,
    text: `**Semaine 48 : qui fait quoi**

- Lundi : @karim et @solene au collège Simone-Lagarde (classe mobile)
- Mardi : @camille et @ines à La Forge (baie du premier étage)
- Mercredi : inventaire avec @aurelie
- Jeudi : réunion des référents à 14 h, salle des cartes

Si une date ne va pas, dites-le ici avant vendredi.`,
    likes: people("karim solene aurelie ines"),
    comments: [
      {
        who: "solene",
        text: "Lundi, il nous faut la clé du local technique : le gardien est absent.",
        minutesAfter: 17,
      },
      {
        who: "fatou",
        text: "Je la récupère ce soir et je la laisse à l’accueil à ton nom.",
        minutesAfter: 11,
        replyTo: 0,
        likes: people("solene karim"),
      },
    ],
  },
  {
    space: "it",
    who: "karim",
    hoursAgo: 26,
    kind: "question",
    title: "Vidéoprojecteur qui s’éteint après dix minutes : quelqu’un a déjà vu ?",
    text: "Salle 204 à Simone-Lagarde, modèle à focale courte, filtre nettoyé, lampe à 1 100 h. Il s’éteint sans message, puis redémarre. Une piste avant que je le démonte ?",
    likes: people("gildas"),
    comments: [
      {
        who: "gildas",
        text: "Regarde le mode éco : chez moi il coupait dès qu’il perdait le signal deux secondes.",
        minutesAfter: 33,
      },
      {
        who: "solene",
        text: "Même cas en mai : c’était la sonde de température, encrassée derrière le ventilateur **droit**. Deux vis, un coup de bombe, réglé.",
        minutesAfter: 58,
        likes: people("karim camille gildas theo"),
      },
      {
        who: "karim",
        text: "C’était bien la sonde. Merci Solène, tu m’as évité un renvoi.",
        minutesAfter: 190,
        replyTo: 1,
        likes: people("solene"),
      },
    ],
    answer: 1,
  },
  {
    space: "it",
    who: "ines",
    hoursAgo: 100,
    kind: "blog",
    title: "Ce que j’ai appris en posant quarante bornes wifi",
    summary: "Trois erreurs, deux bonnes surprises et une règle simple pour choisir l’emplacement.",
    sections: ["Retours d’expérience"],
    text: `Nous avons terminé la pose des bornes dans cinq collèges. Voici ce que je ferais autrement.

## Mesurer avant de percer
Le plan ne dit rien des cloisons. Une heure de mesure dans les salles pleines évite deux retours. Une salle vide ment : trente élèves absorbent le signal.

## Deux bornes moyennes valent mieux qu’une forte
Dans un couloir, une borne forte arrose les deux extrémités et sature au milieu. Deux bornes à puissance réduite ont divisé par trois les plaintes.

## Étiqueter tout de suite
Une étiquette posée le jour même prend une minute. Posée trois semaines après, elle prend une échelle.

La règle que je retiens : **on place la borne là où sont les gens, pas là où passe le câble.**`,
    likes: people("mathis yann karim camille fatou simon nadia"),
    comments: [
      {
        who: "simon",
        text: "Au collège, on a vu la différence dès la première semaine. Merci à toute l’équipe.",
        minutesAfter: 300,
      },
      {
        who: "yann",
        text: "La partie sur l’étiquetage devrait être affichée dans l’atelier.",
        minutesAfter: 420,
        likes: people("ines aurelie"),
      },
    ],
  },
  {
    space: "it",
    who: "aurelie",
    hoursAgo: 168,
    kind: "post",
    text: "Inventaire terminé pour sept collèges sur douze. Il manque **14 ordinateurs portables** entre la sortie d’atelier et les salles : si vous en avez un dans votre coffre, dites-moi lequel.",
    likes: people("fatou"),
    comments: [
      { who: "gildas", text: "J’en ai deux pour Castelnoue, je les pose demain.", minutesAfter: 25 },
      {
        who: "theo",
        text: "Un sous mon bureau, il attend son chargeur.",
        minutesAfter: 44,
        likes: people("aurelie"),
      },
    ],
  },
];
