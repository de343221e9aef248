import type { SpaceScript } from "../script.ts";

export const animatorScripts: SpaceScript = {
  idees: {
    once: `
louise: Défi du mois : dans chaque espace, une question sans réponse depuis sept jours = on s'en occupe. Qui joue ?
camille: Moi. J'en ai trouvé quatre dans l'informatique des collèges, dont une… de moi.
+ 😂 louise helene rachid antoine
romain: Zéro pour la fête !
louise: Bravo Romain. Camille, tu as le droit de te répondre.

rachid: Chez nous, ce qui a tout changé : une photo par jour du terrain. Les gens viennent pour la photo et restent pour l'information.
+ 💡 louise adrien antoine camille
adrien: Je note pour la communication !
`,
    often: `
# A:anim B:anim
A: {Dans mon espace|Chez nous|Retour d'animation} : {le rendez-vous du {day}|la question de la semaine|l'accueil des nouveaux par leur nom|le sondage à deux choix} {marche très bien|a doublé les réponses|peine à démarrer}. {Et vous ?|Des conseils ?}
B: {Même constat.|Essaie avec une photo.|Moins souvent, ça marche mieux.|Je copie l'idée !}
louise: {Merci du partage.|On en fait une fiche ?|Intéressant, parlons-en {day}.|Belle idée.}
+ 💡 louise

# A:anim
A: Comment {faire revenir|encourager|remercier} {les silencieux|les nouveaux|ceux qui répondent toujours} {sans être lourd ?|avec peu de temps ?}
louise: {Un message direct, court, sincère.|Les citer quand leur idée sert.|Leur confier une petite chose.|Les inviter à raconter un succès.}
A: {J'essaie dès {day}.|Merci Louise.|Trois réponses dans l'heure !|Simple et juste.}
+ ❤️ A

# A:anim
louise: Chiffre de la semaine : {12-48} espaces actifs, {140-460} messages, {2-9} questions sans réponse. {Bravo à tous.|On garde le rythme.|Belle semaine à {town}.}
A: {Les {2-9} questions, je m'en occupe {day}.|On était combien il y a {3-9} semaines ?|Mon espace a gagné {3-21} membres.|Merci pour le suivi, {day} on en parle chez nous.}

# A:anim
A: {Qui serait libre {day} à {hour} pour échanger une demi-heure ?|Je passe à {town} {day}, un café entre animateurs ?} {J'ai {2-5} idées à soumettre.|Sans ordre du jour.}
louise: {{day}, j'y serai.|Avec plaisir, salle {room}.|Volontiers, j'apporte {2-6} exemplaires du guide.|Présente, à partir de {hour}.}
`,
  },
  tutoriels: {
    once: `
louise: Nouveau pas à pas : **Bien nommer ses canaux**.
| - un mot qui dit le sujet, pas le service
| - un sujet d'une ligne
| - jamais plus de sept canaux au départ
| 
| Le guide complet : https://aide.vaurelle.example/canaux
+ 👍 camille romain kenza samira 🙏 antoine
camille: J'en avais neuf. J'en ai fermé quatre, personne n'a rien remarqué.
+ 😂 louise fatou
`,
    often: `
# A:anim
louise: Guide n° {4-28} : **{accueillir un nouveau membre|écrire une annonce lue|clore une discussion|préparer une réunion|inviter un partenaire}**, {2-5} minutes. https://aide.vaurelle.example/guides/{4-28}
A: {Merci, appliqué aussitôt.|Très clair.|Il manque une capture à l'étape {2-5}.|Je l'imprime.}
louise: {Merci {A} !|Corrigé.|Avec plaisir.|N'hésite pas si tu vois mieux.}
+ 📘 A
`,
  },
};

export const managerScripts: SpaceScript = {
  codir: {
    once: `
francoise: Relevé de décisions : 1) plan collèges validé ; 2) recrutement de deux assistantes sociales autorisé ; 3) la fête garde son budget.
+ 👍 laurent beatrice nathalie margaux 🙏 helene
`,
    often: `
# A:boss B:boss
francoise: Ordre du jour de {day} : {point budgétaire|collèges|routes|effectifs|sécurité informatique}, {élections professionnelles|plan d'hiver|La Forge|schéma numérique}. {Vos notes avant {hour}.|Deux pages maximum.}
A: {Note déposée.|Je serai représenté.|J'ajoute {la communication de crise|les marchés|les bâtiments}.|Bien reçu.}
B: {D'accord.|Dix minutes me suffiront.|J'ai un chiffre à vérifier avant.|Reçu.}
`,
  },
  budget: {
    once: `
beatrice: Première lecture : il faut trouver 1,2 million sur l'aménagement. Je préfère décaler que raboter.
vincent: La RD 305 peut attendre un an, pas le viaduc.
+ 👍 beatrice francoise
`,
    often: `
# A:boss B:boss
A: {Hypothèse|Simulation} {4-19} : {fonctionnement|investissement} {+|−} {1-4},{1-9} %, {1-6} postes {gelés|redéployés|créés}. {Tableau partagé.|À discuter {day}.}
B: {Je tiens avec {1-4} % de moins, pas plus.|D'accord sur le principe.|Attention au {month}.|Mon service a une proposition.}
francoise: {Merci, on arbitre {day}.|Bien vu.|Je retiens.|Continuez dans ce sens.}
`,
  },
};

export const comScripts: SpaceScript = {
  demandes: {
    once: `
camille: Bonjour, il me faudrait une affiche pour la classe mobile : « On la range chargée, on la retrouve chargée ».
chloe: J'adore. Avec un hérisson qui porte une prise ?
camille: OUI.
chloe: Version 1 dans le dossier. Le hérisson a déjà un nom : Watt.
+ ❤️ camille margaux zoe adrien 🦔 ousmane
camille: Affichée dans les douze collèges. Les élèves demandent des autocollants.
`,
    often: `
# A:boss B:com
A: {Besoin d'|Il nous faudrait }{une affiche|une vidéo courte|un communiqué|un dépliant} pour {la réunion de {town}|la semaine du handicap|les inscriptions|le forum des métiers}, {pour {day}|dans deux semaines|sans urgence}.
B: {x=Je m'en charge, rendu {day} à {hour}.|Tu as un texte, {400|600|900} signes environ ?|Format et tirage, pour {supplier} ?|On en parle {day} à {hour} ?}
A: {x=Merci, c'est parfait.|Texte au dossier {100-480}.|A4, {50-400} exemplaires.|{day}, {hour}, c'est noté.}
B: {Première version prête.|BAT à valider.|Parti chez l'imprimeur.|Voilà, dis-moi.}
+ 👏 A

# A:com B:com
A: {Relecture|Deuxième œil} s'il vous plaît : {page 4-5 du magazine|titre de la une|légendes de {town}|texte sur {topic}} ({900-2400} signes).
B: {Lu, deux coquilles.|« Agent·e·s » ou « agents » ? On a une règle.|Le chapô est long.|Très bien, rien à dire.}
A: {Corrigé, merci.|Raccourci.|Règle appliquée.|Merci {B}.}
`,
  },
  redaction: {
    once: `
margaux: Une du prochain magazine : Josette et la reliure. C'est ce que la maison a de plus beau à montrer.
+ ❤️ anais ousmane zoe chloe louise
zoe: Mon premier article en une, je ne vais pas dormir.
ousmane: Dors, la photo fait la moitié du travail 😉
`,
    often: `
# A:com B:com
margaux: Comité {day} à {hour} : {chemin de fer|bilan des réseaux|sujets de {month}|numéro spécial}. {Idées bienvenues.|Apportez un sujet chacun.}
A: {Je propose {town} et ses commerces.|Un portrait de patrouilleur ?|Les coulisses de la cuisine.|Le puits de La Forge !}
B: {Bonne idée.|Je fais les photos.|{600-1800} signes ?|On l'avait fait en {month}.}
margaux: {Retenu.|À creuser.|Pour le numéro suivant.|Oui, {B} en binôme.}

# A:com B:com
A: Chiffres de la semaine : {1-9} {100-900} vues, {meilleur sujet :|en tête :} {le menu de la cantine|les bus|le chantier|les jardins}, {12-68} commentaires.
B: {La cantine gagne toujours.|Beau score.|Les gens aiment les gens.|On refait ?}
+ 📈 margaux
`,
  },
  photothèque: {
    once: `
ousmane: Série « mains au travail » terminée : 48 portraits sans visage. Toutes les autorisations sont signées.
+ 😍 chloe margaux anais 👏 louise
`,
    often: `
# A:com
ousmane: {Ajouté|Nouvelle série} : {18-90} photos de {la fête|la route d'hiver|la serre|l'atelier|la médiathèque} à {town}. {Crédit obligatoire.|Droits jusqu'en 20{28-31}.|Légendes à compléter.}
A: {x=Magnifique.|La {3|7|12} pour la une ?|Je complète les légendes.|On peut recadrer ?}
ousmane: {x=Merci !|Avec plaisir.|Merci, les noms sont au dos.|Demande-moi le fichier brut.}
+ 📷 A

# A:com B:com
A: Cherche une photo de {bus|pont|rivière|agents en réunion|cantine|marché} {à {town}|sans visage reconnaissable|au format vertical|en hiver}.
B: {x=Série {12-64}, image {3-40}.|J'en fais une {day}.|Regarde l'album {month}.|Je t'envoie trois propositions.}
A: {x=Parfait, merci.|Merci {B} !|Trouvée.|La deuxième, sans hésiter.}
`,
  },
};
