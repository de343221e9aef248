import type { SpaceScript } from "../script.ts";

export const craftScripts: SpaceScript = {
  savoirfaire: {
    once: `
josette: On me demande souvent comment on recolle un dos de registre. En trois étapes :
| 1. colle d'amidon cuite la veille, jamais tiède
| 2. papier japon 9 g, déchiré à la main (pas coupé !) pour que les fibres s'accrochent
| 3. séchage sous presse douce, une nuit entière
+ ❤️ anais tiago antoine celeste 👏 ousmane louise
antoine: La patience, c'est l'outil qu'on ne trouve pas en magasin.
zoe: Josette, je peux venir filmer ? Pour le magazine !
josette: Viens mercredi, je relie le cadastre de 1832. Et attache tes cheveux, la colle ne pardonne pas.
zoe: J'y serai ! C'était magnifique, merci pour la leçon.
+ 📷 ousmane josette

rene: La rampe de l'escalier d'honneur est remontée. 214 barreaux, tous redressés à froid. Photo avant / après au prochain message, le temps que je trouve le bouton.
rene: J'ai trouvé le bouton mais j'ai envoyé une photo de mon chien à tout l'atelier.
+ 😂 antoine fabien ludovic celeste leila dominique camille
antoine: Très beau chien. Bien forgé.

celeste: Tour de main pour les boutures de sauge : juste sous un nœud, deux feuilles gardées, sable et terreau à parts égales. Et on parle aux boutures.
florian: On leur dit quoi ?
celeste: Du bien.
+ 🌱 florian josette louise ❤️ antoine
`,
    often: `
# A:craft B:craft
A: {Photo du jour|Petit savoir-faire|Vu à l'atelier} : {un assemblage à queue d'aronde|une gâche faite main|un faux marbre|un tableau électrique bien peigné} en {wood|acier brossé}, {trois jours de travail|fait avec l'apprenti|pour la salle {room}}.
B: {Superbe.|Quel outil pour la finition ?|On dirait du {wood}.|Ça donne envie d'apprendre.}
A: {Rabot, papier 240, huile dure.|Merci !|De la patience surtout.|Viens voir, la porte est ouverte {day}.}
+ 👏 dominique antoine

# A:craft B:staff
A: {Qui veut apprendre|Atelier découverte :} {l'affûtage|la soudure|le tournage|la chaux} {day} à {hour}, {4-8} places. {Chaussures fermées.|Aucun niveau demandé.|Tablier fourni.}
B: {Moi !|Je m'inscris.|Il reste une place ?|C'est ouvert aux communes ?}
A: {Oui, bienvenue.|Inscription notée.|Bien sûr.|Dernière place pour toi.}
`,
  },
  ateliers: {
    once: `
camille: Bonjour l'atelier, il me faudrait douze boîtiers en bois pour protéger les boîtiers HDMI des salles. J'ai fait un croquis.
antoine: Vu. Hêtre, charnière laiton, trou de 40 pour les câbles. Deux semaines, ça te va ?
camille: C'est parfait ! Le plastique durait trois semaines…
antoine: Ceux-là dureront plus longtemps que les collèges.
+ 💪 camille rene fatou
antoine: Les douze sont prêts. J'ai gravé un petit numéro dessous.
camille: Ils sont magnifiques, merci Antoine.
+ ❤️ antoine
`,
    often: `
# A:staff B:craft
A: Bonjour, {la porte|le store|la serrure|l'étagère|le néon|la poignée} de {la salle {room}|mon bureau|l'accueil} {ferme mal|est coincé|ne tient plus|grince|a lâché}. {Pas urgent.|Ça devient gênant.|Quelqu'un peut passer ?}
B: {Je passe {day}.|Vu, {hour} aujourd'hui.|J'apporte une charnière.|Ne force pas, j'arrive.}
B: {Fait.|Réglé, un coup de lime.|Réparé, la vis était foirée.|Changé, ancienne pièce recyclée.}
A: {Merci, c'est parfait.|Comme neuf !|Rapide et soigné, merci {B}.|Je revis.}
+ 🔧 B

# A:craft B:craft
A: Commande {supplier} : {24-90} m de {wood}, {visserie|quincaillerie|charnières}, {peinture lin|vernis mat}. {Autre chose avant {day} ?|Je valide à {hour}.|Qui complète ?}
B: {Des lames de scie.|Deux pots de blanc.|Rien, merci.|Des gants taille 9.}
A: {Ajouté.|C'est parti.|Livraison {day2}.|Bon {1100-1990} signé.}

# A:craft
A: {Chantier|Travaux} {wing} du collège {college} : {cloison posée|câbles tirés|peinture première couche|garde-corps soudés}, {on finit {day}|reste {2-6} heures|photos dans le dossier}.
dominique: {Merci, beau travail.|Le collège est content.|Tiens-moi au courant pour les délais.|Je passe voir {day}.}
+ 👍 dominique
`,
  },
  cuisine: {
    once: `
leila: Attention, le nouveau pesto contient de la **noix de cajou**. Affichettes changées, mais prévenez vos collègues.
+ 👍 gerard rosa mylene
rosa: Merci, on avait le même fournisseur à Villebrune. Je vérifie nos étiquettes.

gerard: Le maraîcher des Combes me propose 60 kg de courges. Qui en veut pour les cantines ?
rosa: Trente pour Villebrune, avec joie.
gerard: Et trente pour nous : gratin, velouté, et un gâteau secret de Leïla.
leila: Plus si secret.
+ 😋 rosa celeste patrick
`,
    often: `
# A:kitchen B:kitchen
A: Recette pour {80-320} : **{dish}**, {sans lactose|moins de sel|version végétale|avec les légumes de la semaine}. {Cuisson {2-5} h à basse température.|On finit au four.|Testée hier soir à la maison.}
B: {Goûtée : il manque un peu d'acidité.|Parfait.|On la met {day} ?|J'ajouterais du cumin.}
A: {Citron ajouté.|Adjugé pour {day}.|D'accord avec toi.|On note dans le classeur.}
+ 👌 B

# A:kitchen
rosa: Bonjour, {x=vous prenez combien de|qui vous livre les|comment gardez-vous les} {yaourts fermiers|pommes|lentilles|œufs} ? {Nous cherchons un deuxième producteur.|Nos convives en redemandent.}
A: {x={40-160} kg par semaine.|Ferme des Combes, très régulière.|En bac fermé, deux jours pas plus.}
rosa: {Merci !|Je les appelle {day}.|On pourrait commander ensemble ?|Très utile.}
+ 🤝 A

# A:kitchen B:kitchen
A: {Pesée des restes|Bilan des bacs} : {4-19} kg {day}, {moins|plus} que la semaine dernière. Le {dish} {a plu|est parti tout seul|divise}.
B: {On réduit les portions de {dessert} ?|Bravo à la plonge pour le tri.|Affichons-le au self.|Je m'y attendais.}
+ ♻️ A
`,
  },
  jardins: {
    once: `
celeste: Première récolte de la serre : 14 kg de tomates, direction la cuisine de Gérard.
gerard: Reçues. Elles ont le goût de tomate, c'est bouleversant.
+ 🍅 leila celeste florian mylene
`,
    often: `
# A:craft
celeste: {Cette semaine|À partir de {day}} : {plantation des {plant}|taille des {plant}|paillage des massifs|arrosage de nuit} {au collège {college}|dans la cour d'honneur|au parc de {town}}. {Un coup de main bienvenu.|Attention aux allées.}
florian: {Je peux prêter le broyeur.|J'ai {20-80} {plant} en trop.|On fait pareil à Castelnoue.|Bon courage avec la pluie !}
celeste: {Volontiers, merci.|Je passe {day} avec la remorque.|Échange contre du compost ?|On se croise là-bas.}
+ 🌿 florian

# A:staff
A: {x=Les {plant} devant l'accueil sont superbes.|Comment s'appelle la plante près de {l'escalier|l'accueil|la fontaine} ?|Mes {plant} jaunissent, que faire ?|On peut récupérer des graines ?}
celeste: {x=Merci, ça touche toute l'équipe.|C'est une gaura, increvable.|Un peu moins d'eau, un peu plus de lumière.|Sachets à l'accueil dès {day}.}
A: {Merci Céleste !|J'essaie.|Super.|Quelle chance d'avoir ce jardin.}
+ 🌼 celeste

# A:craft
florian: {Gel annoncé {day}|Canicule annoncée|Vent fort {day}} : {voile sur les {plant}|arrosage à 5 h|tuteurs à vérifier|serre à fermer}.
celeste: {Fait.|On s'en occupe à {hour}.|Merci de l'alerte.|Trop tard pour trois pots…}
A: {La porte de la serre est réparée, au passage.|Je peux tenir l'échelle.|Il reste du voile à l'atelier.}
+ 🙏 celeste
`,
  },
};
