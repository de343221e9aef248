import type { SpaceScript } from "../script.ts";

export const welcomeScripts: SpaceScript = {
  general: {
    once: `
sylvie: Bienvenue sur **Parvis** ! Cet espace est ouvert à tous les agents du département et des communes. Trois règles simples : on se dit bonjour, on cherche avant de demander, on remercie.
+ 👋 camille mylene kenza lin denis ❤️ louise
mylene: Bonjour à tous ! Au standard, on est déjà conquis : retrouver quelqu'un en trois lettres, c'est le rêve.
louise: @tous les animateurs d'espaces ont leur coin, avec des modèles prêts à l'emploi. Écrivez-moi pour l'ouvrir chez vous.
patrick: Peut-on envoyer le courrier par ici aussi ?
sylvie: Pas encore, Patrick, on tient trop à te voir passer dans les étages 😄
+ 😂 mylene camille nora patrick

francoise: Bonjour à toutes et tous. Le rapport d'activité est paru : je vous encourage à lire les pages 14 à 31, elles racontent *votre* travail. Merci à celles et ceux qui ont pris le temps de témoigner.
+ 👏 margaux isabelle chloe helene vincent ❤️ mariama
priya: Très belle mise en page, bravo à Chloé.
chloe: Merci Priya ! 11 versions de la couverture, mais on y est.

emma: Bonjour de la mairie de Saint-Aubert : la collecte de fournitures scolaires a rempli **31 cartons**. Merci au département pour les 12 premiers.
+ 🎒 mariama sophie kenza lea ❤️ amel
mariama: Merci Emma, ils sont déjà entre les mains des familles.

anais: Les Archives ouvrent leurs réserves samedi de 10 h à 17 h. Josette fera une démonstration de reliure, il reste des places à 14 h.
lin: J'y serai avec les enfants. Faut-il s'inscrire ?
anais: Oui, ici : https://archives.vaurelle.example/reserves
+ 👍 lin mylene lea
lin: Nous y étions : magnifique. Ma fille veut devenir relieuse, c'est officiel.
+ ❤️ josette anais tiago
`,
    often: `
# A:staff B:staff
A: {Bonjour à tous|Bonjour|Petit rappel utile} : {travaux d'ascenseur|exercice d'évacuation|coupure d'eau|nettoyage des vitres|passage du fleuriste} {day} à {hour}, {bâtiment A|hall central|ailes est et ouest|parking du bas}. {Prévoyez cinq minutes.|Merci de dégager les accès.|Rien à faire de votre côté.}
B: {x=Merci pour l'information.|C'est bien {day} et pas {day2} ?|Bon à savoir, j'avais une visite à {hour2}.|Noté, je préviens l'étage.}
A: {x=Merci à toi !|Oui, c'est bien {day}.|Garde-la, ce sera fini avant.|Parfait, merci.}
+ 👍 B

# A:town B:staff
A: {À {town}|De passage à {town}}, {le marché des producteurs|la bourse aux livres|la foire aux plants|le vide-grenier} revient {samedi|dimanche}, de {8|9} h à {13|17} h. {On vous attend nombreux.|Venez en covoiturage.|Il y aura de la musique.}
B: {x=J'y vais tous les ans, c'est très bien.|Merci, c'est noté.|Peut-on encore réserver un stand ?|Le fromage de chèvre sera là ?}
A: {x=On s'y retrouve !|Au plaisir de vous voir.|Il reste {2-6} places.|Évidemment.}
+ 😋 B mylene

# A:staff B:staff
A: {Trouvé|Oublié|Retrouvé} {dans le hall|au parking B|en salle {room}|au restaurant} : {un parapluie à pois|une clé avec un ruban vert|des lunettes rouges|un carnet bleu|une écharpe en laine}. {À réclamer au standard.|Je l'ai laissé à l'accueil.|Chez Mylène.}
B: {C'est à moi, merci !|Ah, je le cherchais depuis {day}.|Pas à moi mais merci pour la personne.|Ouf. Je passe à {hour}.}
+ 🙏 B mylene
`,
  },
  entraide: {
    once: `
nora: Bonjour, comment fait-on pour qu'une conversation ne sonne pas le soir ?
sylvie: Bonjour Nora : Réglages → Notifications → Heures calmes. De 19 h à 7 h 30, tout attend le lendemain.
+ 👍 nora patrick thuy
nora: Parfait, mes enfants te remercient.

denis: Est-ce que mes messages partent si je suis dans le train sans réseau ?
sylvie: Oui : ils attendent dans la boîte d'envoi et partent dès que le réseau revient, dans l'ordre.
denis: Testé entre Lormeuil et Castelnoue (le tunnel !) : tout est parti à la sortie.
+ 🚄 sylvie camille ibrahim
`,
    often: `
# A:staff B:anim
A: {Une question :|Bonjour,|Petite question :} comment {x=retrouver un message de {month}|mettre un texte en gras|suivre un fil sans tout lire|quitter un espace|joindre une photo du téléphone} ?
B: {Bonjour {A} !|Facile :|Très simple :} {x=la loupe en haut, deux mots suffisent|deux étoiles de chaque côté du mot|le bouton « suivre » sous le message|la petite flèche à droite du nom|un glisser-déposer et c'est parti}. {Le pas à pas est là :|Détail :} https://aide.vaurelle.example/{x=recherche|ecrire|fils|espaces|photos}
A: {Merci {B} !|Ça marche, merci.|J'ai trouvé, c'était sous mes yeux.|Super, je montre à {town}.}
+ 👍 B sylvie

# A:townstaff
A: {Je ne vois pas|Je cherche} l'espace {« Réseau des communes »|« Vie des agents »|de la fête|des métiers}, {il faut une invitation ?|c'est normal ?|où se cache-t-il ?}
sylvie: {Non, il est ouvert :|Pas besoin :} « Tous les espaces », puis « Rejoindre ». {Dites-moi si ça coince.|Je reste là si besoin.|Bienvenue !}
A: {J'y suis, merci.|Trouvé !|C'est fait, merci Sylvie.|Parfait, merci beaucoup.}
+ 👍 sylvie

# A:staff B:staff
A: Depuis {ce matin|hier|la mise à jour}, {x=les noms s'affichent en double|mon texte est tout petit|tout est passé en sombre|le son ne marche plus}. {C'est moi ?|Une idée ?}
B: {x=Fermer puis rouvrir m'a suffi.|Ctrl et 0 remettent la taille normale.|Regarde « Thème », tout en bas.|Réglages → Notifications → Son.}
sylvie: {Merci {B}, c'est exactement ça.|Je note pour la prochaine version.|{B} a raison. Je complète l'aide.|Bien vu !}
+ 🙏 A
`,
  },
  annonces: {
    once: `
ludovic: Donne vingt pots de peinture entamés (blanc, lin, vert sauge), parfaits pour un abri de jardin.
celeste: Le vert sauge pour moi !! Pour la cabane de la serre.
ludovic: Il est à toi, je te le descends demain.
+ 💚 celeste

lea: Cherche quelqu'un pour garder deux tortues une semaine. Elles ne font pas de bruit et regardent beaucoup la télévision.
emma: Quel programme ?
lea: Les documentaires animaliers. Elles critiquent.
+ 😂 emma mylene camille yasmine
camille: Je prends les tortues !
lea: Merci Camille ❤️ Elles s'appellent Virgule et Parenthèse.
`,
    often: `
# A:staff B:staff
A: {Vends|Cède|À vendre :} {vélo d'enfant 20 pouces|table de ping-pong|machine à coudre|lot de bocaux|canapé deux places|guitare d'étude|poussette|plants de tomates}, {bon état|très bon état|a bien servi}, {20-90} {€|€ à débattre}. À {town}.
B: {x=Toujours disponible ?|Ça m'intéresse !|Je peux voir {day} soir ?|Une photo serait possible ?}
A: {x=Oui ! Appelle-moi.|Trop tard, parti en dix minutes !|Réservé pour toi jusqu'à {day}.|Oui, je t'envoie la photo en privé.}
+ 👍 B

# A:staff B:townstaff
A: {Covoiturage|Cherche covoiturage|Propose covoiturage} {town} → {town2}, départ {7|8} h {10-50}, {lundi, mardi et jeudi|tous les jours|trois jours par semaine}. {Deux places.|Une place.|Musique au choix du passager.}
B: {Je prends {lundi|mardi|jeudi} !|Je suis sur le trajet, parlons-en.|Dommage, je commence à 7 h.|Volontiers, je partage l'essence.}
+ 🚗 A

# A:townstaff B:staff
A: {Cherche|Recherche} {nounou|prof de piano|garde pour un chat|garage à louer|recette de confiture de coings|jardin partagé} {du côté de|à|près de} {town}, {à partir de {month}|dès que possible|un week-end sur deux}.
B: {Ma voisine fait ça, je te donne son contact.|J'ai ce qu'il te faut, écris-moi.|Regarde le panneau de la médiathèque.|Ma sœur, sérieuse et ponctuelle.}
A: {Génial, merci !|Je t'écris tout de suite.|Super, j'y passe {day}.|Merci, c'est adorable.}
`,
  },
  cantine: {
    once: `
gerard: **Semaine du goût** au restaurant :
| 1. lundi : soupe de châtaigne, le producteur sera là
| 2. mardi : truite du Vauron
| 3. jeudi : le grand aïoli
| 4. vendredi : le gâteau que vous aurez choisi (votez !)
+ 🐟 camille fabien 🌰 celeste lin ❤️ mylene
leila: Vote : 🍎 tarte, 🍐 crumble, 🍫 fondant.
+ 🍫 camille karim theo solene lin zoe 🍎 patrick gerard 🍐 celeste anais
leila: Le fondant l'emporte, sans surprise.
`,
    often: `
# A:staff
gerard: {Au menu|Aujourd'hui|Ce midi|Bonjour, à la carte} : {salade de {lentilles|betteraves|chou rouge}|velouté de {potiron|poireaux|panais}|terrine de légumes}, **{dish}** ou {dish2}, {dessert}.
+ 😋 A
A: {x=J'arrive à {11 h 45|12 h|12 h 30}.|Il en restera à 13 h ?|Mon plat préféré !|Sans gluten aujourd'hui ?}
gerard: {x=Je t'en garde une part.|Oui, dis-le à Leïla au passage.|Je le savais.|Comme d'habitude, bac vert.}

# A:staff
leila: {Menu du {day}|Pour {day}|On vous prépare} : {dish}, {légumes de la ferme|pommes vapeur|riz complet|purée de céleri}, fromage {de Castelnoue|frais|des Combes}, {dessert}.
A: {Bravo pour {le far|la sauce|la cuisson} d'hier.|Miam.|On pourra avoir la recette ?|Deux services ?}
+ 🍽️ leila

# A:staff B:staff
leila: {Il reste {8-30} parts de {dish} à emporter, 3 €, boîte consignée.|Surplus du jour : {dish}, venez avec vos boîtes.|Ce soir on sauve {8-20} parts de {dessert}.}
A: {Deux pour moi.|J'arrive !|Parti, je descends.|Une, s'il te plaît.}
B: {Trop tard ?|Gardez-m'en une.|Zéro gâchis, bravo.|Moi aussi !}
+ ♻️ A gerard
`,
  },
};
