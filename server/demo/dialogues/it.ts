import type { SpaceScript } from "../script.ts";

export const itScripts: SpaceScript = {
  incidents: {
    once: `
rokhaya: Bonjour à tous, depuis ce matin plus aucun poste de la salle B12 n'ouvre de session au collège Hélène-Vasseur. Message : « la relation d'approbation a échoué ».
karim: Bonjour Rokhaya. Les 16 postes ou seulement quelques-uns ?
rokhaya: Les 16. La salle d'à côté marche.
karim: Ils ont été éteints longtemps ?
rokhaya: Oui, la salle était fermée pour peinture depuis trois semaines.
yann: Alors c'est le mot de passe machine qui a expiré côté annuaire. On peut les raccrocher sans bouger de son fauteuil :
| ´´´powershell
| Test-ComputerSecureChannel -Repair -Credential VAURELLE\\adm-colleges
| ´´´
+ 👀 theo
karim: Lancé sur les 16. 14 réussis, 2 éteints.
rokhaya: Les deux derniers sont rallumés !
karim: 16 sur 16. Bonne journée à vos élèves.
+ 🎉 rokhaya camille solene 👏 fatou

benoit: Le tableau interactif de la salle de techno affiche une image… miroir. Les élèves adorent, la prof moins.
camille: Menu → Affichage → Projection : « Frontale arrière » à passer en « Frontale ». Quelqu'un a dû s'appuyer sur la télécommande 🙂
benoit: Exactement ça. Merci Camille, et désolé pour la question.
camille: Jamais désolé ! Je l'ajoute à la fiche : https://kb.vaurelle.example/videoprojecteurs
+ ❤️ benoit solene

theo: INC-4471 : imprimante du CDI de Bellefontaine, bourrage papier permanent. J'ai tout démonté, rien trouvé.
gildas: Regarde derrière le rouleau d'entraînement, côté droit. Une fois sur deux c'est un trombone.
theo: …
theo: C'était un trombone. Et une gommette en forme de licorne.
+ 😂 karim solene camille fatou aurelie gildas
gildas: La licorne, c'est un classique. Bienvenue dans le métier 🦄

sarah: Bonjour, un élève de 5e a fermé son portable sur un stylo. L'écran est fendu en étoile. Que dois-je faire ?
aurelie: Bonjour Sarah. Il me faut le numéro d'inventaire (étiquette blanche, commence par VA) et une photo. L'assurance prend l'écran en charge, pas le stylo 😉
sarah: VA-20871. La photo est dans le ticket.
aurelie: Merci. Une machine de prêt part par la navette de jeudi avec Patrick.
+ 🙏 sarah

ines: Pour information, coupure électrique prévue par le distributeur jeudi de 6 h à 7 h 30 à Villebrune. Le collège des Peupliers sera sur onduleur puis à l'arrêt.
camille: Je serai sur place à 7 h 15 pour vérifier que tout redémarre dans l'ordre : baie, serveur, bornes.
> ines: Parfait. Attends deux minutes entre la baie et le serveur, sinon il ne trouve pas son adresse.
> camille: Noté. La dernière fois j'ai appris ça à mes dépens.
camille: Tout est reparti à 7 h 52. Les bornes ont pris leur temps mais elles sont vertes.
+ ✅ ines mathis fatou

florence: Bonjour, un message « Votre compte va être supprimé, cliquez ici » circule dans les boîtes des enseignants des Alizés. C'est vous ?
solene: Bonjour Florence, surtout pas : c'est un hameçonnage. Ne cliquez pas, transférez-le à signaler@vaurelle.example puis supprimez.
yann: Adresse bloquée sur le pare-feu, message retiré de 43 boîtes. Deux personnes avaient cliqué, leurs mots de passe sont réinitialisés.
fatou: Merci Yann, réaction en douze minutes. @florence pouvez-vous passer le mot en salle des profs ? On ne gronde personne.
+ 👍 florence solene benoit
florence: C'est affiché à côté de la machine à café, l'endroit le plus lu du collège.
+ 😄 fatou camille
`,
    often: `
# A:ref B:tech
A: Bonjour, {device} de la salle {room} ne {démarre plus|s'allume plus|répond plus} depuis {ce matin|hier soir|lundi} ({INC-|ticket INC-}{4100-4990}).
B: Bonjour {A}, {un voyant allumé ? Une odeur de chaud ?|est-ce qu'on entend le ventilateur ?|la prise murale fonctionne avec autre chose ?}
A: {Rien du tout, noir complet.|Un voyant orange qui clignote.|La prise marche, j'ai essayé avec une lampe.|Ça souffle deux secondes et puis plus rien.}
B: {C'est l'alimentation, presque sûr.|Bloc d'alimentation, à mon avis.|Je parie sur l'alimentation.} Je passe {day} vers {hour} avec une pièce.
A: {Merci beaucoup, on laissera la clé à la loge.|Parfait, la salle {room} sera libre.|Super, je préviens la vie scolaire.|Très bien, à {day} donc.}
+ 👍 B

# A:tech B:tech
A: {Retour de|Je rentre de|Bilan de} tournée au collège {college} : {3-9} postes remis en état, {1-4} à remplacer, salle {room} {terminée|bouclée|en ordre}.
B: {Bien joué|Bravo|Joli score|Efficace} ! Tu as pu voir le {z=vidéoprojecteur|portable|onduleur|scanner} dont parlait {l'intendance|le CDI|la vie scolaire|le prof de techno} ?
A: {z=Oui : filtre bouché, nettoyé, reparti.|Oui, mort de sa belle mort. Commande faite.|Pas eu le temps, j'y retourne {day}.|Oui, c'était le câble, comme toujours.}
+ 👍 B 💪 fatou

# A:ref B:tech
A: Le vidéoprojecteur de la {room} (collège {college}) affiche « {z=lampe en fin de vie|aucun signal|température trop élevée} ». {J'ai un oral blanc {day}.|La prof d'anglais s'impatiente.|Ce n'est pas urgent.|On a déplacé le cours en {room2}.}
B: {Modèle|C'est bien le} {model} ? {z=J'ai une lampe dans le camion.|Il me reste un câble de {5|10|15} m.|Filtre encrassé, je viens avec l'escabeau.}
A: Oui, {model}.
> B: {Passage prévu|Je suis là|Intervention} {day} à {hour}. Numéro de ticket : INC-{4100-4990}.
> A: {C'est noté.|Merci, vous sauvez mon {day}.|Parfait !|Entendu, je bloque la salle.}

# A:tech B:net
A: {Quelqu'un|Côté réseau, quelqu'un} voit pourquoi le collège {college} est {lent|à genoux|au ralenti} depuis {hour} ?
B: {Lien à|La fibre est à|Je vois} {92-99} % : {y=une mise à jour de {180-260} tablettes d'un coup|la sauvegarde a débordé sur la matinée|quelqu'un télécharge une image système|un poste en boucle salle {room}}.
A: {Tu peux brider ?|On peut étaler ça ?|Je coupe quoi ?}
B: {y=Planifié cette nuit, par vagues de {20-40}.|Reporté à {19|20|21} h.|C'est limité à {10-40} Mo/s, ça devrait respirer.|Port désactivé, je te laisse trouver le câble.}
A: {Ça remonte, merci.|Effet immédiat !|Confirmé par le collège : c'est fluide.|Parfait, je préviens {la gestionnaire|le référent}.}
+ 🚀 B

# A:ref B:tech
A: Mot de passe oublié pour {3-27} élèves de {6e|5e|4e|3e} au {retour des vacances|cours de techno|CDI}… {Il y a un moyen rapide ?|Vous pouvez les remettre à zéro ?|Je vous envoie la liste ?}
B: {Oui :|Bien sûr :} dans la console, {sélectionne la classe → « Réinitialiser »|onglet Classes → « Nouveaux mots de passe »}, et tu {imprimes|distribues} les étiquettes. Guide : https://kb.vaurelle.example/mots-de-passe
A: {Trouvé, merci !|Ça marche, {3-9} minutes pour toute la classe.|Impeccable. Je garde le lien.|Fait. Un élève a déjà perdu son étiquette.}
+ 😅 B

# A:tech B:tech
A: INC-{4100-4990} : {le poste de la vie scolaire|la machine de l'intendance|le serveur de fichiers|la borne du self} du collège {college} {x=redémarre tout seul|plante au démarrage|perd l'heure|n'imprime plus} {toutes les heures|depuis la mise à jour|un jour sur deux}. {Une idée ?|Déjà vu ?|Je sèche.}
B: Regarde le journal :
| ´´´
| {x=kernel: mce: CPU{0-7} thermal throttling ({85-99} C)|disk0: {12-96} secteurs réalloués|ntp: no server suitable for synchronization (try {3-60})|spooler: file bloquée depuis {2-9} h {10-59}}
| ´´´
B: {C'est parlant, non ?|Voilà ton coupable.|Je parie là-dessus.|À moitié surpris.}
A: {x=Bien vu. Pâte thermique refaite, {12-28} degrés de moins.|Effectivement… Disque changé, {2-5} h de copie, ticket clos.|Pile CMOS remplacée, ça tient depuis {2-6} h.|File purgée, service relancé, tout est sorti d'un coup : {120-340} pages.}
+ 👏 B 🙌 theo

# A:ref B:tech
A: Il nous manque {2-6} {souris|câbles HDMI|casques|claviers|adaptateurs} pour la salle {room}, {tout disparaît ici|ça s'use vite|les élèves les collectionnent}. {Une dotation possible ?|Comment on commande ?|Il en reste chez vous ?}
B: Il en reste {8-40} au magasin, {je les mets dans la navette de {day}|je te les apporte {day}|Patrick les dépose {day}}. {Bon de sortie|Sortie de stock} n° {1100-1900}.
A: {Merci ! On va les attacher, cette fois.|Super, merci {B}.|Bien reçu, signé, rangé.|Génial. Cadenas inclus ?}

# A:tech B:ref
A: @B {la salle {room} est terminée|ta salle {room} est prête|c'est fini pour la {room}} : {8-16} postes réinstallés, {logiciels de techno|suite bureautique|logiciel de géométrie|robotique} compris.
B: {Les collègues sont ravis.|Je teste avec les {4e|3e} {day}.|Merci, ça va nous changer la vie.|Formidable, juste à temps pour les portes ouvertes.}
+ 🎉 A fatou
B: {x=Un seul détail : le poste {2-9} n'a pas de son.|Tout fonctionne, même le scanner.|La prof de musique demande si l'éditeur de partitions peut être ajouté.|Rien à signaler, c'est parfait.}
A: {x=Je regarde à distance.|On ferme le ticket alors.|C'est poussé, il apparaîtra au prochain démarrage.|Merci {B} !}
`,
  },
  reseau: {
    once: `
mathis: On a reçu les 24 bornes wifi du lot 2. Je propose de commencer par Bellefontaine, c'est là que ça râle le plus.
ines: D'accord. Plan de fréquences fait ? Le voisin a trois réseaux qui crachent sur le canal 6.
mathis: 1 / 11 au rez-de-chaussée, 6 / 11 à l'étage, et tout le 5 GHz en 40 MHz.
ines: Parfait pour moi.
+ 👍 mathis camille
mathis: Bellefontaine fini. **Débit médian : 12 → 148 Mb/s** au CDI. La documentaliste a cru à une erreur de mesure.
+ 🚀 ines camille karim fatou 🎉 yann

yann: Le certificat du portail élèves expire dans 9 jours. Je le renouvelle ce soir à 18 h 30, coupure d'environ 2 minutes.
solene: Ça marche. On prévient les référents ?
yann: Je poste dans incidents, et @ines vérifie la chaîne après :
| ´´´
| openssl s_client -connect portail.vaurelle.example:443 -servername portail.vaurelle.example </dev/null \\
|   | openssl x509 -noout -enddate
| ´´´
ines: notAfter=Nov 14 2027. C'est bon, et j'ai mis une alerte à 30 jours pour la suite.
+ ✅ yann solene

camille: Question bête : pourquoi le VLAN « invités » voit l'imprimante de l'administration à l'Ormeraie ?
ines: Ce n'est pas bête du tout, c'est un vrai trou. Une règle oubliée de l'époque de l'exposition. Fermée.
ines: J'ai passé les douze collèges au peigne fin : rien d'autre.
+ 🙏 camille 👏 nadia mathis
nadia: Merci Camille d'avoir posé la question. C'est exactement le réflexe qu'il faut.
`,
    often: `
# A:net B:tech
A: Maintenance {day} à {18|19|20} h sur le commutateur {cœur|d'étage|du bâtiment B} du collège {college} : {3-12} minutes de coupure. {Micrologiciel|Mise à jour} {7|8|9}.{1-9}.{0-9}.
B: {x=Noté, je préviens l'établissement.|OK pour moi, personne sur place à cette heure.|Il y a une réunion parents-profs ce soir-là… décale d'une heure ?|Ça marche, je reste joignable.}
A: {x=Terminé, {2-9} minutes au compteur.|Fait. Toutes les bornes sont revenues.|Décalé puis terminé sans encombre.|C'est fini, un port à surveiller : Gi1/0/{2-24}.}
+ 👍 B

# A:tech B:net
A: La borne du {CDI|self|hall|premier étage} au collège {college} est {rouge|injoignable|en boucle} depuis {hour}.
B: {Elle ne reçoit plus de courant|Le port PoE est tombé|Elle a perdu son contrôleur|Câble mangé, je pense}. {Port relancé|J'ai relancé à distance|Redémarrage envoyé}, {attends 3 minutes|regarde si ça passe au vert}.
A: {x=Verte !|Toujours rouge.|Elle clignote bleu, c'est bon signe ?|Revenue, {18-64} clients dessus.}
B: {x=Parfait, je note l'incident.|Je prends une borne de rechange pour {day}.|Bleu = mise à jour, laisse-la tranquille.|On la surveille jusqu'à {day}.}

# A:ref B:net
A: Le site https://{geometrie|lecture|robots|orientation|musique}.example{/eleves|/college|/cours|} est {bloqué|filtré} au collège {college}, {les 4e en ont besoin {day}|c'est au programme|il marchait l'an dernier}.
B: {Catégorie « jeux » par erreur|Classé « publicité » par le fournisseur de listes|Le nom ressemble à un site douteux}. {Je l'autorise pour les douze collèges.|C'est ouvert.|Débloqué, effet dans {5-15} minutes.}
A: {C'est bon, merci !|Ça marche, merci {B}.|Confirmé par la prof.|Parfait.}
! edited

# A:net B:net
A: {Mesures|Point fibre|Relevé} du mois : collège {college} {240-980} Mb/s, {college2} {120-480} Mb/s, disponibilité {99|98},{2-9} %.
B: {college2} {m'inquiète un peu|baisse encore|est sous le contrat}. {J'ouvre un ticket opérateur|Je relance l'opérateur}, référence OP-{20100-20990}.
> A: {Ils proposent {day} entre 8 h et 12 h.|Réponse : soudure à refaire à Pontarlac.|Ils ont mesuré la même chose que nous, pour une fois.|On demande l'indemnité prévue à l'article 14.}
> B: {Je prends.|On avance.|Enfin !|Bien noté.}

# A:tech B:net
A: J'ai besoin de {4-16} prises actives salle {room} au collège {college} pour {un examen|les oraux|la classe mobile|une formation} {day}.
B: {Baie de l'étage|Panneau B}, ports {9-14} à {17-24} : {activés|ouverts}, VLAN {pédagogie|examens}. {Tu me dis quand je referme ?|Ça se referme tout seul vendredi soir.}
A: {Top, testé avec un portable, adresse obtenue.|Merci, c'est nickel.|Reçu, je te fais signe.|Deux prises muettes, mais j'ai ce qu'il me faut.}
+ 👌 B
`,
  },
  deploiement: {
    once: `
fatou: Calendrier des classes mobiles validé ce matin : 12 valises, une par collège, 24 tablettes chacune. On commence par les Trois-Rivières.
benoit: Les profs de SVT sont déjà en train de se disputer le créneau du mardi 😄
solene: Profil prêt. Reste à décider : magasin d'applications ouvert ou fermé ?
fatou: Fermé, avec demande par les référents et réponse sous 48 h. On s'y tient.
+ 👍 benoit sarah rokhaya florence
camille: Première valise livrée aux Trois-Rivières, 24 sur 24 enrôlées en 1 h 40. J'ai noté ce qui coince dans la fiche : https://kb.vaurelle.example/classes-mobiles
+ 🎉 fatou benoit solene 👏 theo

karim: L'image de rentrée fait 41 Go, ça ne passe pas sur les vieux disques de 64 avec les profils.
gildas: On a trois logiciels de robotique dedans. Personne n'utilise les deux premiers.
karim: Supprimés → **29 Go**. Ça passe.
+ 💪 gildas solene camille
`,
    often: `
# A:tech B:tech
A: {Image|Paquet|Lot} 2026.{1-12} {déployé|poussé|installé} au collège {college} : {86-240} postes, {1-7} échecs.
B: {Les échecs, toujours la salle {room} ?|Mêmes machines que la dernière fois ?|Disque plein ou réseau ?}
A: {Oui, disques presque pleins.|Non, des postes éteints.|Deux pannes, le reste était débranché.|Réseau, câble derrière l'armoire.} {Je repasse {day}.|Relancé cette nuit.|Corrigé à la main.|Reste un irréductible.}
+ ✅ B

# A:ref B:tech
A: Les profs de {maths|techno|langues|SVT|musique|arts plastiques} demandent {un logiciel de carte mentale|l'éditeur audio|le tableur en ligne|un simulateur de circuits|l'atlas interactif} {pour la rentrée|avant {day}|quand ce sera possible}. {C'est envisageable ?|Vous l'avez au catalogue ?}
B: {Licence libre, donc oui.|Il est au catalogue, il suffit de l'affecter.|Il faut l'avis de @simon d'abord : données hébergées ailleurs.|On l'a testé l'an dernier, il est bien.}
A: {Parfait, j'attends votre signe.|Merci, je transmets.|Très bien. {18-31} postes concernés, salle {room}.|Super nouvelle !}
B: {C'est installé salle {room}.|Affecté, il arrive au prochain démarrage.|Prévu dans la vague de {day}.|Avis favorable reçu, je déploie.}
+ 🙏 A

# A:tech B:tech
A: Qui {prend|peut prendre|s'occupe de} la valise mobile n° {1-12} ? {Trois|Deux|Quatre} tablettes {ne se synchronisent plus|chargent mal|ont changé de langue toutes seules}.
B: {Moi, je suis au collège {college} {day}.|Je m'en charge.|Laisse, je l'ai dans le coffre.|Je la récupère à {hour}.}
B: {C'était le hub de charge.|Réinitialisées, réenrôlées.|Les élèves avaient mis le breton, admirable.|Un câble pincé dans la charnière.}
+ 😂 A 👍 fatou

# A:tech B:ref
A: @B {livraison|arrivée} de {8-32} {portables|postes|écrans} {model} prévue {day} à {hour} au collège {college}. {Il faudrait quelqu'un à la loge.|Un chariot, c'est possible ?|On les stocke où ?}
B: {L'agent d'accueil sera là.|On a un diable et deux volontaires.|Salle {room}, elle ferme à clé.|Pas de problème, je serai sur place.}
A: {Merci, c'est parfait.|Livré, compté, {8-32} sur {8-32}… non je plaisante, le compte y est.|Tout est rangé, inventaire dans le ticket.|Le camion a du retard, plutôt {hour2}.}
`,
  },
  astuces: {
    once: `
camille: Pour retrouver en une ligne les postes qui n'ont pas redémarré depuis 30 jours :
| ´´´powershell
| Get-ADComputer -Filter * -Properties LastLogonDate |
|   Where-Object LastLogonDate -lt (Get-Date).AddDays(-30) |
|   Sort-Object LastLogonDate | Select-Object Name, LastLogonDate
| ´´´
+ ❤️ karim solene theo 🙏 gildas
yann: Attention, LastLogonDate a jusqu'à 14 jours de retard à cause de la réplication. Pour du précis, il faut interroger chaque contrôleur.
camille: Ah, voilà pourquoi mes chiffres étaient bizarres. Merci Yann !

theo: Je me suis fait un petit script qui renomme les photos d'inventaire avec le numéro VA lu sur l'étiquette. Ça intéresse quelqu'un ?
aurelie: OUI.
karim: Montre !
theo: C'est là : https://git.vaurelle.example/theo/inventaire-photo. Soyez indulgents, c'est mon premier vrai programme.
yann: J'ai lu : c'est propre, avec des tests. Une seule remarque, ferme le fichier dans un bloc ´with´.
+ 🎉 theo camille fatou aurelie
theo: Corrigé ! Merci Yann 🙏

solene: Rappel utile, les raccourcis que les profs adorent :
| - ´Win + P´ : choisir l'écran du vidéoprojecteur
| - ´Win + Maj + S´ : capture d'une zone
| - ´Win + V´ : l'historique du presse-papiers
| - ´Ctrl + Maj + T´ : rouvrir l'onglet fermé par erreur
+ 👍 benoit sarah florence rokhaya ⭐ camille
benoit: Le dernier vient de sauver mon cours, je t'en dois une.
`,
    often: `
# A:tech B:tech
A: Astuce du {day} : {quand un {model} refuse de sortir de veille, maintenir {10-20} s le bouton sans le secteur|pour vider la file d'impression : arrêter le service, vider le dossier, relancer|un chiffon en microfibre et de l'eau suffisent pour les tableaux, jamais d'alcool|étiqueter les deux bouts du câble. Les deux.}.
B: {Testé, approuvé.|Je l'ajoute à la fiche {11-48}.|Et ne pas oublier la batterie de secours.|Je ne savais pas, merci !}
+ 👍 A theo

# A:net B:tech
A: Petit utilitaire pour {tester les {8-24} prises d'une salle|lister les bornes muettes|mesurer la latence vers le collège {college}|vérifier les sauvegardes du {day}} :
| ´´´sh
| for h in $(seq {1-9} {20-60}); do ping -c1 -W1 10.{20-60}.{1-12}.$h >/dev/null || echo "muet : $h"; done
| ´´´
B: {Adopté.|Je l'ai mis sur ma clé.|Marche aussi depuis le portable de dépannage.|Trouvé deux postes fantômes avec ça, salle {room} !}
+ 🙌 A
`,
  },
  equipe: {
    once: `
fatou: Bonne nouvelle : Théo a eu son diplôme, **mention bien** ! 🎓
+ 🎉 camille karim solene gildas aurelie ines mathis yann 👏 nadia
karim: Bravo Théo !! On est fiers.
theo: Merci à tous, vraiment. Et merci Gildas pour les trombones.
+ 😂 gildas camille solene
solene: Gâteau demain à 10 h, salle de préparation. Au chocolat, sans discussion possible.

camille: J'ai retrouvé dans l'armoire du Moulin-Blanc un ordinateur de 1998 qui démarre encore. Il demande une disquette.
yann: J'ai des disquettes.
karim: Pourquoi as-tu des disquettes, Yann ?
yann: On ne sait jamais. La preuve.
+ 😂 camille karim solene theo fatou 💾 mathis
`,
    often: `
# A:tech B:tech
A: {Demain|{day}|Cette semaine} je fais {college} {le matin|d'abord} puis {college2}. {x=Quelqu'un a des choses à déposer ?|Je prends le grand camion.|Il me faudrait la visseuse.|Des cartons à rapporter ?}
B: {x=Oui, un {model} pour le CDI.|Rien pour moi, bonne route !|La visseuse est dans mon bureau.|Prends deux claviers s'il te plaît.}
A: {Noté.|C'est dans le camion.|Vu, merci.|Parfait, départ à {hour}.}

# A:tech B:tech
A: {Qui mange au self à midi ?|On déjeune à quelle heure ?|Table réservée pour {4-7} ?} Il y a {dish}.
B: {Moi !|Présent.|Sans moi, je suis coincé à {town}.|J'arrive à 12 h 15, gardez-moi une chaise.}
+ 🍽️ A karim 👍 solene

# A:tech
fatou: Point d'équipe {day} à {hour} : tickets en retard ({4-19}), {stock|tournées|astreinte|congés}, {retour du collège {college}|préparation de la rentrée|bilan des prêts}. {Autre chose ?|Des sujets à ajouter ?}
A: {Je voudrais parler des clés de la salle {room}.|L'état du camion, s'il vous plaît.|La formation {training}, on est combien ?|Rien de plus pour moi.}
fatou: {Ajouté.|C'est au menu.|D'accord, 10 minutes.|Très bien, on garde du temps.}

# A:tech B:tech
A: {Le café|La cafetière} {est mort|fuit|a rendu l'âme|demande un détartrage}. Ticket INC-{4100-4990}, {priorité 1|urgence absolue|impact : tout le service}.
B: {Diagnostic : joint. Réparation : {10-25} minutes.|J'ai une cafetière de secours, modèle {model}.|Contournement : le distributeur du 2e.|Escaladé à René, il a la bonne clé.}
+ ☕ A fatou yann
`,
  },
};
