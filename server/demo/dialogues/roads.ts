import type { SpaceScript } from "../script.ts";

export const roadScripts: SpaceScript = {
  terrain: {
    once: `
pascal: RD 214, PR 12+300 : un chêne en travers, les deux voies coupées. Personne de blessé. Je balise.
rachid: Reçu. @kevin tu pars avec la pelle ?
kevin: Parti. 25 minutes.
jeanlouis: Je prends la déviation par Les Combes, panneaux dans le camion.
mireille: Arrêté de circulation en cours de signature, les transports scolaires sont prévenus.
valerie: Ligne 14 déviée par la RD 31, compter 10 minutes de plus.
pascal: Tronc dégagé à 10 h 40, chaussée balayée, réouverture. Photos dans le dossier du jour.
+ 👏 rachid valerie vincent mireille 💪 kevin jeanlouis

stephanie: Inspection du viaduc du Vauron : fissure sur la pile 3, 0,2 mm, stable depuis l'an dernier. Rien d'inquiétant, mais je pose un témoin.
vincent: Merci. Tu mets la note au dossier d'ouvrage ?
stephanie: Déjà fait. Prochaine lecture dans trois mois, et j'y emmène l'apprenti s'il n'a pas le vertige.
+ 👍 vincent rachid

jeanlouis: Une dame de Pontarlac nous a apporté un gâteau pour le nid-de-poule rebouché devant chez elle. Il est en salle de pause. Il *était* en salle de pause.
+ 😂 rachid pascal kevin mireille tony valerie
`,
    often: `
# A:road B:roadchief
A: {road} {place}, PR {2-38}+{100-900} : {nid-de-poule de {20-60} cm|panneau couché|glissière abîmée|accotement effondré|buse bouchée|mâchefer sur la chaussée}. {Balisé.|Cônes posés.|Photo envoyée.|Pas dangereux mais à voir vite.}
B: {Bien reçu.|Merci {A}.|Vu.} {Équipe {day} matin.|Enrobé à froid dès {hour}.|Je mets ça au programme.|C'était déjà signalé, on accélère.}
A: {Réparé à {hour2}.|C'est fait, {20-80} kg d'enrobé.|OK, je repasse {day}.|Terminé, balisage levé.}
+ 👍 B

# A:road B:road
A: {Patrouille terminée|Fin de patrouille|Tour fait} : {road}, {road2}. {Rien à signaler|Deux sacs ramassés|Un chevreuil mort, enlevé|Une signalisation à laver} {place}.
B: {Pareil de mon côté.|Tu as vu l'ornière {place} ?|Merci, je prends la suite à {hour}.|La fauche commence {day}, pense aux panneaux.}
+ ✅ rachid

# A:roadchief B:road
A: Chantier {road} {place} : alternat à partir de {day}, {2-9} jours. {Enduit|Purge|Reprise des joints|Curage des fossés}. {Les riverains ont eu le courrier.|Commune prévenue.|Passage des cars maintenu.}
B: {x=Feux tricolores vérifiés.|Il manque deux K5.|Je serai chef de chantier.|On commence par l'amont ?}
A: {x=Merci. Gilets classe 3 pour tous.|Pris au magasin.|Parfait, bon chantier.|Oui, par l'amont.}
B: {Fini avec {1|2} jour d'avance.|Premier jour bouclé, {180-640} m.|Pluie : on reprend {day2}.|Terminé, marquage {day2}.}
+ 💪 A

# A:townstaff B:roadchief
A: Bonjour, {devant l'école|à l'entrée du bourg|près de la salle des fêtes|derrière la mairie}, {l'eau stagne|la haie masque le panneau|une plaque fait du bruit la nuit|le passage piéton est effacé} sur la {road}. {C'est chez vous ou chez nous ?|Les habitants nous appellent.|Pouvez-vous passer ?}
B: {C'est chez nous, {A}.|Domaine départemental, on s'en charge.|Limite de commune… on le fait quand même.} {Passage {day}.|Je mets une équipe dessus.|Programmé semaine prochaine.}
A: {Merci, réactivité appréciée.|Le maire vous remercie.|Parfait, je préviens les riverains.}
+ 🤝 B
`,
  },
  hiver: {
    once: `
rachid: Campagne d'hiver : 1 150 tonnes de sel rentrées, quatre circuits, astreinte à partir de lundi. Vérifiez vos équipements, **chaînes comprises**.
+ ❄️ pascal kevin jeanlouis tony
tony: Les trois saleuses sont passées au banc. La n° 2 a un capteur neuf.
kevin: Et elle a toujours le siège qui grince.
tony: Le siège, c'est de la tradition.
+ 😂 rachid pascal

rachid: Point 4 h 30 : −3 à la Serre, chaussée humide. On traite C1 et C2.
pascal: C1 parti.
jeanlouis: C2 parti. Brouillard givrant à la Croix-Haute.
valerie: Premiers cars à 6 h 20, je préviens les conducteurs du secteur.
pascal: C1 terminé 6 h 05, 9 tonnes. Ça roule au pas mais ça roule.
+ 👏 vincent valerie rachid 🙏 sandrine daniel
`,
    often: `
# A:road
rachid: Prévision {nuit|matin} : {-4|-3|-2|-1|0} à {-1|1|2|3} degrés, {gel blanc|brouillard|pluie verglaçante possible|neige au-dessus de {500-800} m}. {Astreinte maintenue.|Veille renforcée.|On pré-sale les ponts.}
A: {Reçu, {5-14} tonnes chargées.|Bien reçu.|Je serai au centre à {3|4} h.|OK, ponts traités à {20|21} h.}
+ ❄️ A

# A:road B:road
A: Circuit {C1|C2|C3|C4} {terminé|bouclé} : {38-86} km, {4-13} tonnes. {Plaques|Verglas|Congère de {20-50} cm} {place}.
B: {Je repasse derrière.|OK, je fais l'autre versant.|La lame a touché, à vérifier.|Merci, visibilité faible ici.}
A: {Prudence.|Café au centre.|Bonne route.|On débriefe à {hour}.}
+ 👍 rachid
`,
  },
  bus: {
    once: `
daniel: Ligne 7, arrêt Halle aux Grains : une passagère a oublié un violon. Il est avec moi, bien au chaud.
valerie: La propriétaire vient d'appeler, en larmes. Elle sera à la Gare à 17 h 20.
daniel: Violon rendu. Elle a joué un air sur le quai, les gens ont applaudi.
+ 🎻 valerie sandrine ❤️ moussa ahmed marina
sandrine: C'est pour ces jours-là qu'on fait ce métier.

valerie: À partir de lundi, la ligne 11 dessert le nouveau quartier des Tanneurs. Fiche horaire et plan ici : https://bus.vaurelle.example/ligne-11
moussa: L'arrêt provisoire est trop court pour un articulé, j'ai essayé.
valerie: Vu avec la voirie de Saint-Aubert : marquage reculé de 6 mètres cette semaine.
olivier: C'est fait depuis ce matin.
+ 👍 moussa valerie ahmed 👏 daniel
`,
    often: `
# A:bus
A: Ligne {line}, bus {bus} : {porte arrière|valideur|girouette|chauffage|rampe} en panne à {stop}. {Je continue ?|Que fait-on ?|Passagers informés.}
valerie: {Termine ton tour, échange à {stop}.|Je t'envoie le {412|420|431|445}.|Continue sans, l'atelier t'attend à {hour}.|Relance le contact, sinon échange.}
A: {Reçu.|Reparti après relance.|Échange fait, {2-9} minutes de retard.|Merci Valérie.}
+ 👍 valerie

# A:bus B:bus
A: {Bouchon|Accident matériel|Marché|Manifestation} à {stop}, ligne {line} : {8-25} minutes de retard. {Passez par {stop2}.|On ne passe plus.|La police fait circuler.}
B: {Merci, je dévie.|Je suis juste derrière, merci.|OK, annonce faite aux passagers.|Je préviens le {5|7|14}.}
valerie: {Déviation validée jusqu'à {hour}.|Retour à la normale à {hour}.|Information voyageurs en ligne.|Merci à vous deux.}
+ 🚌 B

# A:bus B:bus
A: {Rappel :|Attention :} {sortie du lycée agricole à {16|17} h|travaux à {stop} dès {day}|feu en panne à {stop}|doublage de la {line} {day}}.
B: {Noté.|Merci {A}.|Vu ce matin, ça coince.|Je passe l'info à l'équipe du soir.}

# A:bus
A: Un {monsieur|groupe scolaire|habitué} de la ligne {line} {x=remercie toute l'équipe, c'était dit très gentiment.|voudrait un abri à {stop}.|a oublié un sac à {stop}, il est au dépôt.|demande un départ plus tôt.}
valerie: {x=Merci {A}, ça fait plaisir.|Je note pour la commission.|Objet trouvé n° {210-890}, merci.|Transmis, on étudie.}
+ ❤️ moussa
`,
  },
  services: {
    once: `
marina: Bonjour, je cherche quelqu'un pour mon service du samedi 6 h – 13 h : mon fils passe sa ceinture de judo.
ahmed: Je prends, contre ton mardi après-midi ?
marina: Vendu ! Merci Ahmed.
valerie: Validé et saisi. Bonne chance au judoka 🥋
marina: Ceinture orange !!
+ 🎉 ahmed valerie sandrine daniel moussa
`,
    often: `
# A:bus B:bus
A: {Je cherche|Échange possible ?|Besoin d'un coup de main :} service du {day} {5 h 40 – 12 h 50|12 h 30 – 19 h 40|coupé 7 h – 18 h}, ligne {line}. {En échange de {day2}.|Je rends sur la semaine suivante.|Rendez-vous important.}
B: {Je prends.|Ça m'arrange.|OK si je garde ma coupure.|Pour moi c'est bon.}
valerie: {Validé.|Échange saisi, repos respecté.|C'est bon pour les temps de conduite.|Validé, pensez à badger.}
+ 🙏 A

# A:bus B:bus
A: {Je propose|Disponible} {day} {matin|après-midi|soir}, {lignes {line} ou {line2}|n'importe quelle ligne|plutôt du scolaire}.
B: {Moi ça m'intéresse !|Prends ma {line} alors.|Je te dis demain.|Parfait pour mon rendez-vous.}
valerie: {Vu avec vous deux, saisi.|Repos de 11 h vérifié, c'est bon.|Un peu court : décale de 30 min et je valide.|Validé, bonne journée.}
+ 👍 A
`,
  },
  atelier: {
    once: `
tony: Pour information : le fourgon 27 ne démarre plus au froid. **Ne pas** insister, vous noyez la pompe. Deux préchauffages, puis contact.
kevin: Et si ça ne suffit pas ?
tony: Tu m'appelles, et tu lui parles gentiment en attendant.
+ 😂 kevin rachid pascal jeanlouis
`,
    often: `
# A:road
A: {Véhicule|Fourgon|Camion} {12-68} : {bruit à l'avant|voyant moteur|rétroviseur cassé|gyrophare muet|fuite d'huile légère}. {Je le dépose {day} ?|Il peut rouler ?|Au parc, place {4-30}.}
tony: {Dépose-le à {hour}.|Roule doucement jusqu'ici.|Je regarde {day}.|Pièce commandée chez {supplier}.}
tony: {Réparé.|Prêt, clés au tableau.|C'était un collier desserré.|Contrôle passé, bon pour un an.}
+ 🔧 A

# A:bus
A: Bus {bus} : {vibration au-dessus de 60|chauffage bloqué|essuie-glace usé|siège conducteur qui descend}. {Signalé sur la fiche.|À voir au prochain passage.|Ça peut attendre {day}.}
tony: {Fosse {day} à {hour}.|Je le garde ce soir.|Changé en 10 minutes.|Merci du détail, ça aide.}
A: {Merci Tony !|Impeccable, comme neuf.|Parfait, {bus} reprend la {line}.|Super.}
`,
  },
};
