import type { SpaceScript } from "../script.ts";

export const projectScripts: SpaceScript = {
  suivi: {
    once: `
claire: Bienvenue à Ernesto, conducteur de travaux des Bâtisseurs du Vauron. Il voit cet espace et seulement celui-ci : on peut tout se dire du chantier, rien du reste 🙂
+ 👋 hugo mehdi elodie agnes camille ernesto
ernesto: Merci pour l'accueil. Installation de chantier lundi, grue montée mercredi, je vous enverrai le plan de circulation demain.
agnes: Peut-on éviter les livraisons entre 7 h 45 et 8 h 15 ? C'est l'heure des cars.
ernesto: Bien sûr : livraisons à 6 h 30 ou après 8 h 30, c'est affiché au portail.
+ 🙏 agnes 👍 claire

hugo: Découverte sous le préau : un ancien puits, 11 mètres, maçonnerie superbe. Terrassement arrêté autour.
elodie: Surtout ne comblez rien. J'appelle l'archéologue.
ernesto: Périmètre barré, équipe déplacée sur l'aile nord. On perd deux jours, pas plus.
stephanie: Je passe vérifier la stabilité, j'ai une caméra de puits.
claire: Décision : on le garde, margelle visible dans la cour, grille de René. Coût absorbé par les aléas.
+ ❤️ elodie agnes 👏 hugo ernesto beatrice
agnes: Les élèves ont déjà lancé un concours pour lui trouver un nom.

claire: **Hors d'eau** atteint avec quatre jours d'avance. Merci à tous, j'apporte les croissants mardi.
+ 🥐 hugo mehdi ernesto elodie 🎉 agnes nathalie beatrice
`,
    often: `
# A:works
ernesto: Point {du matin|d'avancement|de fin de semaine} : lot {lot}, {wing} : {35-95} %, {équipe de {4-14}|deux équipes}, {météo favorable|vent : grue arrêtée {1-3} h|livraison reçue}.
A: {x=Merci Ernesto. Rien ne bloque ?|On tient le jalon de {month} ?|La réserve {12-88} est-elle levée ?|Je passe {day} à {hour}.}
ernesto: {x=Il me manque la validation des plans, c'est tout.|Oui, sans difficulté.|Levée ce matin, photo au dossier.|Très bien, bottes à la base vie.}
+ 👍 claire

# A:works B:works
A: Compte rendu n° {14-58} {diffusé|en ligne} : {3-11} points ouverts, {1-5} clos. À lire : le point sur le lot {lot}, {wing}.
B: {x=Lu, rien à ajouter.|D'accord, sauf la date de fin.|Je réponds avant {day}.|Merci pour la clarté.}
ernesto: {x=Bien reçu, je fais suivre au chef d'équipe.|On en reparle mardi ?|Nous aurons une variante à proposer.|Reçu, nos points seront traités {day}.}

# A:works
agnes: Bonjour, {x=le bruit est fort vers {wing}, il y a un devoir commun {day}. Peut-on faire quelque chose ?|la poussière passe sous la porte de la salle {room}, avez-vous une solution ?|peut-on prévoir une visite avec les {5e|4e|3e} {day} ?|l'accès du {day} matin sera-t-il dégagé ?}
ernesto: {x=On décale le carottage à 16 h.|Bâche renforcée posée ce soir.|Avec plaisir, {12-16} casques disponibles.|Oui, dégagé avant 7 h 30.}
agnes: {Merci beaucoup.|Parfait.|Les élèves sont ravis.|Vous êtes formidables.}
+ 🙏 ernesto A

# A:works B:works
A: Visite {wing} : {x=fissure de retrait en {2-4} points|une réservation oubliée|appuis de fenêtre à reprendre|rien à redire} ({lot}). {Fiche {100-420}.|Photo dans le canal d'à côté.|Vu avec le chef d'équipe.}
B: {x=C'est dans la tolérance, je note.|Bien vu, ça se reprend facilement.|Ernesto, tu vois ça avec le poseur ?|Bravo à l'équipe.}
ernesto: {x=D'accord, on surveille.|Vu, c'est pour nous.|Repris {day}.|Je transmets, merci !}
+ ✅ A
`,
  },
  photos: {
    once: `
ousmane: Survol du chantier ce matin, 32 photos dans l'album. Ma préférée : la grue dans la brume, avec le puits au premier plan.
+ 😍 agnes claire elodie 📷 ernesto hugo
agnes: On peut l'afficher dans le hall provisoire ?
ousmane: Tirage 60 × 90 offert, je l'apporte jeudi.
`,
    often: `
# A:works B:works
A: {Photo|Vue|Trois photos} {wing} : {banches décoffrées|coursive posée|première fenêtre|faux plafond ouvert}, {angle nord-est|depuis la grue|depuis la rue}. ({lot})
B: {Ça prend forme !|Superbe lumière.|On voit bien le joint, merci.|Tu peux refaire la même dans un mois ?}
+ 📷 ousmane 👏 agnes

# A:works
ernesto: Album du {day} : {6-28} photos, {wing}, {coulage de la dalle|pose de charpente|réseaux enterrés|essais d'étanchéité}. {Repères sur le plan.|Numérotées par axe.}
A: {x=Merci, classées.|La {4|7|9} montre bien la réservation.|Parfait pour le compte rendu.|L'axe C est-il fini ?}
ernesto: {x=Avec plaisir.|C'est l'angle qui veut ça.|La suite {day}.|Presque, reste {2-6} m.}
+ 👍 A
`,
  },
  reseaux: {
    once: `
camille: Pour les salles de sciences, il faut des prises **au plafond** pour les vidéoprojecteurs, pas au mur : sinon on aura des câbles en travers pendant vingt ans.
hugo: Le lot électricité est déjà passé en commission…
fabien: Deux chemins de câbles de plus, je l'ai chiffré : 640 € par salle, moins cher que de le refaire.
mehdi: Absorbable. Je prépare la fiche modificative.
claire: Validé. Merci Camille d'avoir vu ça avant le béton.
+ 🙏 hugo agnes 👏 ines mathis

ines: Plan de baies mis à jour : deux locaux techniques, 48 fibres entre les deux, onduleur 3 kVA.
camille: Et une porte assez large pour sortir l'onduleur, cette fois ?
ines: 93 cm. J'ai vérifié deux fois.
+ 😂 camille mathis fabien
`,
    often: `
# A:net
A: {Recette|Contrôle} du câblage {wing} : {48-164} prises testées, {1-6} à refaire ({paire inversée|étiquette manquante|affaiblissement trop fort}).
camille: {Salle {room} comprise ?|Parfait, je peux prévoir les postes.|Merci, je mets le plan à jour.|On garde le rapport au dossier ?}
ernesto: {Reprise {day}.|Le sous-traitant repasse demain.|Étiquettes refaites.|Bien noté.}
+ ✅ camille

# A:net
camille: {Besoin pour|Question sur} la salle {room} ({wing}) : {x=combien de prises derrière le bureau ?|où arrive la fibre ?|peut-on déplacer la borne de {1-3} m ?|le tableau interactif pèse {38-72} kg, le mur tient ?}
A: {x=Quatre doubles.|Par le faux plafond, côté couloir.|Oui tant que la dalle n'est pas posée.|Je demande à Hugo.}
ernesto: {x=C'est au plan {12-40}.|On laisse la trappe accessible.|Possible jusqu'à {day}.|Renfort ajouté.}
+ 👍 camille
`,
  },
  marche: {
    once: `
mehdi: Situation n° 6 vérifiée : 412 300 € HT, conforme à l'avancement. Deux lignes du lot plomberie renvoyées.
priya: Avenant n° 2 (puits) prêt à signer, moins de 1 % du marché.
+ 👍 claire nathalie
`,
    often: `
# A:works
mehdi: {Situation|Décompte} n° {4-18}, lot {lot} : {18-96} {100-900} € HT, {conforme|deux corrections|visa donné}.
A: {x=Merci, je transmets.|Avec la retenue ?|D'accord.|Le métré de {wing} a été revu ?}
mehdi: {x=Envoyé aux finances {day}.|Oui, retenue de 5 % comprise.|Parfait.|Oui, ligne par ligne.}

# A:works
priya: Avenant n° {3-9} ({lot}) : {délai prolongé de {5-20} jours|quantités ajustées|clause de révision}. {À signer avant {day}.|Rien de bloquant.|Relu, corrigé.}
A: {Signé.|Je le passe en commission.|Lu, merci Priya.|Une question sur l'article {3-12}.}
+ ✍️ claire
`,
  },
};

export const eventScripts: SpaceScript = {
  programme: {
    once: `
romain: Thème de la fête validé : **« La rivière en fête »**. Trois scènes, huit communes, et un lâcher de lanternes (sans flamme) le samedi.
+ 🎉 manon gabriel chloe adrien camille ❤️ celeste
chloe: Première affiche vendredi. Je pense à du bleu, du vert, et beaucoup de poissons.
gerard: Et une vraie friture, en cuisine.
+ 🐟 rosa romain manon

romain: La fanfare de Villebrune a répondu oui !
pauline: On amène aussi les échassiers.
gabriel: Hauteur sous barnum : 2,60 m. Les échassiers resteront dehors 😅
+ 😂 pauline manon ousmane
`,
    often: `
# A:event B:event
A: {Scène|Créneau} {du parvis|de la halle|du quai}, {vendredi|samedi|dimanche} {14|15|16|17|18|20|21} h : {chorale|troupe de théâtre|groupe de jazz|conteuse|bal folk} de {town}, {40-75} minutes. {Fiche technique reçue.|Il faut {3-8} micros.|À confirmer.}
B: {Parfait.|Ça chevauche les lanternes ?|Je préviens la presse.|Qui accueille ?}
romain: {Calé.|Décalé de 15 minutes.|Validé au programme.|Merci, on avance bien.}
+ 🎶 A

# A:event B:com
A: Il me faut {le texte|un visuel|une photo} pour {l'atelier de {day}|la balade contée|le concert de {town}|le village des métiers}. {Avant {day} si possible.|400 signes.|Format carré.}
B: {Envoyé.|Je te fais ça.|Deux propositions jointes au dossier.|{day} midi ?}
A: {Merci !|La deuxième est parfaite.|Top.|Validé.}
`,
  },
  logistique: {
    once: `
gabriel: Plan électrique : 63 A triphasé au quai, trois groupes en secours. Fabien, tu relis ?
fabien: Relu. Une seule remarque : pas de rallonge à travers l'herbe mouillée, je pose des passages de câbles.
gabriel: Ajouté, merci.
+ 👍 romain manon
`,
    often: `
# A:event
gabriel: {Besoin|Il nous faut} : {4-12} barnums, {80-300} chaises, {10-40} barrières à {town} pour {vendredi|samedi}. {Qui prête ?|Camion à {hour}.|On mutualise ?}
olivier: {Saint-Aubert prête {2-6} barnums.|J'ai {40-120} chaises.|Oui, retour lundi.|Je vois avec l'équipe.}
A: {Je fais le tableau.|Noté au planning.|Camion réservé.|Merci Olivier !}
+ 💪 gabriel

# A:event
valerie: Navettes : départ {stop} toutes les {10-25} minutes, dernier retour {23 h|minuit|0 h 30}, {2-5} bus. {Il manque un conducteur.|Itinéraire affiché.}
A: {x=Super.|On l'imprime sur le plan.|Et pour les fauteuils roulants ?|Arrêt bien éclairé ?}
valerie: {x=À samedi !|Merci, version finale {day}.|Deux bus avec rampe.|Vu avec la voirie, oui.}
+ 🚌 romain

# A:event B:event
A: {Toilettes sèches|Points d'eau|Poubelles de tri|Signalétique} : {livraison {day}|devis de {supplier} reçu|{6-24} emplacements au plan}. {Quelqu'un valide ?|À mettre {place} ?}
B: {Vu.|Un de plus vers la scène.|Validé.|Je demande à Florian.}
`,
  },
  benevoles: {
    once: `
manon: 212 bénévoles inscrits !! On n'a jamais fait autant.
+ 🎉 romain gabriel emma awa kenza lea camille ❤️ adrien
awa: Les ados de Castelnoue veulent tous tenir la buvette. Sans alcool, rassurez-vous.
manon: Buvette sirop, c'est pour eux.
`,
    often: `
# A:event B:event
A: {Planning|Besoin} {vendredi|samedi|dimanche} : il manque {2-7} personnes à {l'accueil|la buvette|la consigne vélo|l'atelier enfants}, {9|10|13|14|17} h – {12|16|18|20|22} h.
B: {Je prends.|Deux personnes de {town} sont d'accord.|Ma sœur peut venir.|Après 15 h, oui.}
manon: {Noté, merci !|Il ne manque plus que {1-3} personnes.|Vous êtes en or.|Badge à retirer {day}.}
+ ❤️ manon

# A:townstaff B:event
A: À {town}, on a {4-18} volontaires {pour le montage|pour la cuisine|pour le parking}. {x=Ils écrivent à qui ?|Une réunion est prévue ?|T-shirts disponibles ?}
B: {x=À Manon directement.|Réunion {day} à 18 h 30.|Oui, taille S à XXL.}
A: {Transmis, merci.|Parfait.|Ils seront là.|Génial.}
`,
  },
};
