import type { DemoPost } from "./posts-data.ts";

function people(handles: string): string[] {
  return handles.split(" ");
}

/** Posts of the roads, the crafts, the communes and the rest. */
export const fieldPosts: DemoPost[] = [
  {
    space: "routes",
    who: "rachid",
    hoursAgo: 8,
    kind: "post",
    isPinned: true,
    text: "Première gelée annoncée **dans la nuit de lundi à mardi** au-dessus de 400 m. Les équipes 2 et 4 passent en astreinte dès dimanche 18 h. Vérifiez les saleuses et vos radios.",
    likes: people("pascal jeanlouis kevin valerie tony"),
    comments: [
      {
        who: "tony",
        text: "Saleuse 3 : la trémie est réparée, essai fait ce matin.",
        minutesAfter: 35,
        likes: people("rachid kevin"),
      },
      {
        who: "valerie",
        text: "Je préviens les conducteurs de la 12 et de la 14 pour les départs de 5 h 40.",
        minutesAfter: 50,
      },
    ],
  },
  {
    space: "routes",
    who: "stephanie",
    hoursAgo: 54,
    kind: "article",
    cover: "pont",
    title: "Pont de Lormeuil : circulation alternée jusqu’au 18 décembre",
    summary: "Reprise des joints de chaussée. Ce qui change pour les patrouilles, les bus et les convois.",
    sections: ["Chantiers"],
    text: `Les travaux sur le pont de Lormeuil commencent lundi.

- **Alternat par feux** jour et nuit, 3,5 t maximum sur la voie nord
- **Bus 8 et 12** : arrêt « Le Moulin » déplacé de 150 m
- **Convois exceptionnels** : déviation par Castelnoue, autorisation à demander 48 h avant

Les patrouilles relèvent chaque matin l’état des feux et le notent dans le canal *signalements du terrain*.`,
    likes: people("mireille vincent daniel"),
    comments: [
      { who: "daniel", text: "L’arrêt provisoire est du bon côté pour les collégiens ?", minutesAfter: 120 },
    ],
  },
  {
    space: "routes",
    who: "valerie",
    hoursAgo: 130,
    kind: "post",
    text: "Pour les services du 24 et du 31 décembre, on fait comme l’an dernier ?",
    poll: {
      question: "Services du 24 et du 31",
      options: ["Tirage au sort", "Volontariat puis tirage", "Alternance avec l’an dernier"],
      votes: { daniel: [1], sandrine: [1], moussa: [2], ahmed: [1], marina: [2], rachid: [1] },
    },
    comments: [
      {
        who: "sandrine",
        text: "Je suis volontaire pour le 24 si quelqu’un prend mon 2 janvier.",
        minutesAfter: 75,
        likes: people("valerie marina"),
      },
    ],
  },
  {
    space: "metiers",
    who: "antoine",
    hoursAgo: 20,
    kind: "post",
    text: "Queue d’aronde à la main sur les tiroirs de la salle du conseil : quarante-huit assemblages, aucune vis. Le secret : le trait de scie **du côté du déchet**, toujours.",
    likes: people("rene fabien josette celeste camille louise hugo zoe gerard leila anais patrick"),
    comments: [
      { who: "florian", text: "Combien de temps par tiroir ?", minutesAfter: 40 },
      {
        who: "antoine",
        text: "Une heure et quart quand tout va bien. Le premier m’a pris l’après-midi.",
        minutesAfter: 15,
        replyTo: 0,
        likes: people("florian theo"),
      },
      {
        who: "josette",
        text: "On devrait filmer ce geste avant ton départ.",
        minutesAfter: 200,
        likes: people("antoine louise tiago anais"),
      },
    ],
  },
  {
    space: "metiers",
    who: "josette",
    hoursAgo: 210,
    kind: "blog",
    cover: "registre",
    title: "Réparer un registre de 1847 sans qu’on le voie",
    summary: "Papier japonais, colle d’amidon et beaucoup de patience : le carnet d’une restauration.",
    sections: ["Savoir-faire"],
    text: `Le registre des délibérations de Lormeuil est arrivé en deux morceaux. Voici comment il repart en un seul.

1. **Nettoyer à sec**, à la gomme en poudre, page par page
2. **Combler les lacunes** au papier japonais, fibre dans le sens de l’original
3. **Coller à l’amidon** : tout doit pouvoir se défaire un jour
4. **Recoudre** dans les trous d’origine

Un bon travail ne se voit pas, mais il se lit : j’ai glissé la fiche de restauration dans le dos.`,
    likes: people("anais tiago antoine louise margaux"),
    comments: [
      { who: "anais", text: "Il rejoint le magasin 3 vendredi, à plat et au frais.", minutesAfter: 500 },
    ],
  },
  {
    space: "metiers",
    who: "gerard",
    hoursAgo: 150,
    kind: "question",
    title: "Qui produit encore des lentilles dans le canton ?",
    text: "Je voudrais 120 kg par trimestre, si possible à moins de trente kilomètres.",
    comments: [
      {
        who: "celeste",
        text: "La ferme des Aulnes, à Villebrune. Ils livrent déjà l’école.",
        minutesAfter: 30,
        likes: people("gerard leila"),
      },
    ],
    answer: 0,
  },
  {
    space: "rh",
    who: "samira",
    hoursAgo: 48,
    kind: "article",
    title: "Formations de printemps : les inscriptions sont ouvertes",
    summary:
      "Douze sessions, dont trois nouvelles : facilitation, premiers secours en santé mentale, écrire simplement.",
    sections: ["Formation"],
    text: `Le catalogue de printemps est en ligne. **Inscriptions jusqu’au 12 décembre**, accord du responsable dans le formulaire.

Ce qui est nouveau :

- **Écrire simplement**, 1 jour
- **Faciliter une réunion**, 2 jours
- **Premiers secours en santé mentale**, 2 jours

Vous hésitez ? Venez à la permanence, le mardi de 12 h à 14 h.`,
    likes: people("coralie julien louise thuy camille"),
    comments: [
      { who: "thuy", text: "« Écrire simplement » est-elle ouverte aux communes ?", minutesAfter: 60 },
      {
        who: "samira",
        text: "Oui, quatre places par session.",
        minutesAfter: 20,
        replyTo: 0,
        likes: people("thuy kenza"),
      },
    ],
  },
  {
    space: "rh",
    who: "coralie",
    hoursAgo: 120,
    kind: "question",
    title: "Télétravail : que manque-t-il chez vous ?",
    text: "Je prépare les commandes de janvier. Dites-moi ce qui vous manque vraiment.",
    poll: {
      question: "Il me manque…",
      options: [
        "Un second écran",
        "Un casque",
        "Une bonne chaise",
        "Une meilleure connexion",
        "Rien, tout va bien",
      ],
      isMultiple: true,
      votes: {
        camille: [0],
        lin: [0, 1],
        julien: [2],
        nora: [3],
        mariama: [1],
        adrien: [0, 2],
        tiago: [4],
        anais: [2],
        chloe: [0],
      },
    },
    comments: [
      {
        who: "nora",
        text: "À Lormeuil la fibre arrive en mars, d’ici là c’est difficile.",
        minutesAfter: 45,
      },
    ],
  },
  {
    space: "communes",
    who: "kenza",
    hoursAgo: 33,
    kind: "question",
    title: "Qui a déjà mutualisé une balayeuse ?",
    text: "Trois communes seraient partantes. Comment avez-vous réglé l’assurance et les pannes ?",
    likes: people("martine olivier"),
    comments: [
      {
        who: "christophe",
        text: "Convention d’une page et carnet dans la cabine. Je vous envoie le modèle.",
        minutesAfter: 130,
        likes: people("kenza martine emma"),
      },
    ],
    answer: 0,
  },
  {
    space: "communes",
    who: "martine",
    hoursAgo: 180,
    kind: "post",
    text: "Commande groupée de sel de déneigement : **32 tonnes** à ce jour, il en faut 40 pour le tarif du département. Réponse avant mercredi.",
    likes: people("kenza olivier"),
    comments: [{ who: "olivier", text: "Castelnoue en prend cinq.", minutesAfter: 15 }],
  },
  {
    space: "chantier",
    who: "claire",
    hoursAgo: 12,
    kind: "post",
    isPinned: true,
    text: "Réunion de chantier n° 27 : la dalle du premier est coulée, **deux jours d’avance**. Prochaine étape : cheminements des câbles avec @camille et @ines, mardi à 9 h, base vie.",
    likes: people("hugo elodie agnes camille ernesto"),
    comments: [
      {
        who: "agnes",
        text: "Les élèves demandent quand ils verront leur future salle de sciences !",
        minutesAfter: 90,
        likes: people("claire hugo"),
      },
    ],
  },
  {
    space: "fete",
    who: "romain",
    hoursAgo: 60,
    kind: "post",
    text: "Le thème de l’an prochain est à vous. Un vote par personne, clôture dans une semaine.",
    poll: {
      question: "Thème de la prochaine fête",
      options: ["La rivière", "Les métiers", "La nuit"],
      votes: {
        camille: [1],
        manon: [0],
        gabriel: [2],
        zoe: [2],
        celeste: [0],
        antoine: [1],
        rosa: [0],
        margaux: [2],
      },
    },
    likes: people("manon zoe gabriel"),
    comments: [
      {
        who: "celeste",
        text: "La rivière ! On décore avec l’osier des berges.",
        minutesAfter: 18,
        likes: people("romain rosa"),
      },
    ],
  },
  {
    space: "animateurs",
    who: "louise",
    hoursAgo: 90,
    kind: "blog",
    title: "Cinq gestes qui font vivre un espace",
    summary: "Répondre vite, remercier, épingler peu, poser une question par semaine, fermer ce qui dort.",
    sections: ["Tutoriels"],
    text: `Après un an d’animation, voici ce qui marche chez nous.

1. **Répondre dans la journée**, même « je regarde ».
2. **Remercier en public.** Une réaction suffit.
3. **Épingler peu** : deux messages, jamais cinq.
4. **Poser une vraie question** chaque semaine.
5. **Fermer ce qui dort** : un canal vide décourage.

Et vous, quel est votre sixième geste ?`,
    likes: people("sylvie camille fatou rachid samira kenza"),
    comments: [
      {
        who: "fatou",
        text: "Mon sixième : accueillir chaque nouveau par son prénom.",
        minutesAfter: 70,
        likes: people("louise sylvie camille"),
      },
    ],
  },
];
