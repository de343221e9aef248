import type { SpaceScript } from "../script.ts";

export const hrScripts: SpaceScript = {
  questions: {
    once: `
julien: Les bulletins de paie de ce mois arrivent le 26 au lieu du 28. Bonne nouvelle pour une fois !
+ 🎉 mylene patrick camille zoe karim

isabelle: Le jour de fermeture du pont est fixé. Il n'est **pas** décompté des congés. Merci aux équipes de permanence, qui récupéreront.
+ 👏 nora thuy lin rachid
`,
    often: `
# A:staff B:hr
A: Bonjour, {les jours de fractionnement|le report des congés|le forfait vélo|la prime de {month}|le compte épargne-temps|un temps partiel à 80 %|le congé pour enfant malade}, {comment ça marche ?|quelle est la marche à suivre ?|c'est possible cette année ?}
B: Bonjour {A}, {tout se fait dans le portail, réponse sous {5-15} jours|il faut le formulaire {12-58}, deux minutes|un message à ton gestionnaire suffit, avant la fin du mois|oui, et la fiche est à jour depuis {month}}. {Tout est là :|Le détail :} https://rh.vaurelle.example/q/{100-990}
A: {Merci, c'est clair.|Parfait, demande envoyée.|Super, merci {B}.|Je n'avais pas vu cette page.}
+ 👍 B

# A:townstaff B:hr
A: {Côté communes,|À {town},} {x=on peut suivre vos concours blancs ?|vous acceptez les mobilités d'un an ?|comment gérez-vous les apprentis ?}
B: {x=Oui, on ouvre {4-12} places.|Avec une convention, c'est simple.|Un tuteur, un carnet, un point par mois.}
+ 🤝 A

# A:staff B:hr
A: {x=Entretien annuel : la date limite, c'est quand ?|Médecine du travail : je n'ai pas reçu de convocation.|Visite médicale : on peut changer de créneau ?|Nouveau badge : à qui faut-il écrire ?}
B: {x=Fin {month}, comme l'an dernier.|Regarde tes indésirables, sinon je la renvoie {day}.|Oui, {day} à {hour} est libre.|À moi, et passe le prendre {day}.}
A: {x=Merci, je m'y prends tôt.|Trouvée, merci.|Je prends {day}, merci.|Parfait, je t'écris.}
+ 🙏 A
`,
  },
  formations: {
    once: `
samira: Le catalogue est sorti : 86 formations, dont 20 animées par des collègues. Mention spéciale à *« Réparer plutôt que jeter »* par René et Fabien.
+ ❤️ rene fabien antoine celeste camille lin
lin: Inscription faite avant d'avoir fini de lire la phrase.
`,
    often: `
# A:staff
samira: Formation **{training}** {day} et {day2}, à {town} : {2-9} places libres. {Inscription avant {day}.|Repas compris.|Ouverte aux communes.}
A: {x=Je m'inscris !|C'est possible à distance ?|Mon chef dit oui.|Une prochaine session est prévue ?}
samira: {x=Inscription faite.|Non, mais une autre en {month}.|Bienvenue !|Oui, en {month}.}
+ 📚 A

# A:staff B:staff
A: Retour de la formation {training} : {très concrète|dense mais utile|le formateur est passionnant|beaucoup d'exercices}. {Je recommande.|Mes notes sont à disposition.|À faire en binôme.}
B: {Merci du retour !|Tu peux partager tes notes ?|Je tente en {month}.|C'est adapté aux débutants ?}
samira: {Merci {A} !|Je transmets au formateur.|Une session de plus ouvre en {month}.|Ces retours sont précieux.}

# A:boss
A: @samira {peut-on organiser|il faudrait|mon équipe demande} une session {training} pour {6-14} agents en {month} ?
samira: {C'est possible.|Je cherche un formateur.|Deux dates : {day} ou {day2}.|On peut grouper avec {town}.}
A: {Très bien, merci.|{day} convient.|Allons-y.|Parfait.}
+ 👍 samira
`,
  },
  teletravail: {
    once: `
coralie: Résultats de l'enquête : 7 personnes sur 10 se disent *moins interrompues* en télétravail, 4 sur 10 *plus seules*. On fait quoi du deuxième chiffre ?
lin: Un café en visio le jeudi à 9 h, sans ordre du jour ?
coralie: On essaie deux mois. Venir n'est jamais obligatoire.
+ ☕ lin priya zoe tiago 👍 isabelle thomas
`,
    often: `
# A:staff B:staff
A: {x=Le réseau privé coupe toutes les {10-40} minutes chez moi|Mon deuxième écran est flou|J'ai mal au dos sur ma chaise|Les visios saccadent} en télétravail. {Des idées ?|Quelqu'un a eu ça ?}
B: {x=Câble plutôt que wifi.|Règle-le à 60 Hz.|Un coussin et l'écran plus haut.|Coupe la vidéo entrante.}
thomas: {Je peux faire un point ergonomie {day}.|Fiche n° {3-19} sur le sujet.|Pensez aux pauses !|Bonne réponse de {B}.}
+ 👍 A

# A:staff
coralie: {Rappel|Conseil de la semaine} : {pas de réunion avant 9 h ni après 17 h 30|lever les yeux toutes les 20 minutes|le droit à la déconnexion n'est pas une option|marcher en téléphonant}. {Affiche à imprimer n° {2-18}.|Parlons-en {day}.}
A: {Merci, utile.|Je l'affiche.|Mon chien approuve.|À relire chaque {day}.}
+ ❤️ coralie
`,
  },
};

export const townScripts: SpaceScript = {
  echanges: {
    once: `
michele: Bonjour, petite commune cherche exemple : avez-vous un règlement d'utilisation de salle des fêtes à jour ?
martine: Voici le nôtre, relu par notre juriste l'an dernier : https://saint-aubert.example/reglement-salle
michele: Merci infiniment, je gagne une semaine.
veronique: Je prends aussi, et je vous envoie notre grille tarifaire en échange.
+ 🤝 michele martine christophe kenza

kenza: Compte rendu de la rencontre : on met en commun **le balayage, la fourrière animale et les formations**. Prochaine étape, une convention à quatre.
priya: Je peux relire la convention, j'en ai un modèle.
+ 🙏 kenza martine 👍 christophe veronique michele
`,
    often: `
# A:town B:town
A: {Quelqu'un a-t-il|Avez-vous|Auriez-vous} {un modèle d'arrêté|un retour d'expérience|une délibération} au sujet {de l'éclairage éteint la nuit|des terrasses|du prêt de matériel|des jardins partagés|de la vidéo des conseils} ?
B: {Oui, je t'envoie le nôtre.|On l'a fait en {month}, bilan positif.|Nous y travaillons aussi.|Voir https://{villebrune|lormeuil|saint-aubert|castelnoue}.example/actes/{120-980}}
A: {Merci beaucoup.|C'est exactement ça.|On en parle {day} ?|Parfait, je l'adapte.}
+ 🙏 A

# A:town B:townstaff
A: {Rencontre|Réunion} du réseau {day} à {hour}, mairie de {town}. Sujets : {mutualisation|mobilités|cantines|état civil}, {subventions|écoles|voirie}.
B: {x=J'y serai.|Covoiturage depuis {town2} ?|En visio pour moi.|J'ajoute un point de 5 minutes ?}
A: {x=Très bien.|Avec plaisir.|Lien envoyé.|C'est ajouté.}
+ 👍 B kenza

# A:townstaff B:townstaff
A: {Retour d'expérience|Essai|Petit succès} à {town} : {extinction de 23 h à 5 h : {18-42} % d'économie|broyeur partagé : {12-40} foyers|rue aux écoles : parents ravis|guichet unique : {4-9} minutes d'attente}.
B: {x=Bravo !|Combien ça a coûté ?|On vient voir {day}.|Le conseil a suivi facilement ?}
A: {x=Merci !|Moins de {2-9} 000 €.|Bienvenue, je vous fais la visite.|Oui, à l'unanimité.}
+ 👏 B martine
`,
  },
  achats: {
    once: `
clara: Groupement pour les **copieurs** : quatre communes et le département, 118 machines. Économie estimée à 22 %.
+ 👏 christophe martine veronique michele 🎉 denis
michele: Même pour nos deux machines de Castelnoue ?
clara: Surtout pour vos deux machines !
`,
    often: `
# A:town B:town
A: Groupement **{purchase}** : {2-4} communes partantes. {Vos quantités avant {day} ?|Le cahier des charges est prêt.|Ouverture des plis {day}.}
B: {{10-400} unités pour {town}.|On participe.|Pas cette année pour nous.|Quel lot minimum ?}
clara: {Noté.|Merci, tableau à jour.|{supplier} est le moins-disant.|Je relance les autres.}
+ 👍 A

# A:townstaff
A: {Quelqu'un connaît|Que pensez-vous de} {supplier} pour {purchase} ? {Leur offre semble basse.|Livraison incertaine.|Premier contact.}
clara: {Sérieux, délais tenus.|Attention aux frais de port.|Demande une référence.|Nous avions rompu en {month}.}
A: {Merci du conseil.|Je demande un échantillon.|Bien reçu.|Ça m'évite une bêtise.}
`,
  },
  numerique: {
    once: `
denis: Alerte : faux RIB d'un « fournisseur » reçu à Lormeuil ce matin, logo parfait. On a rappelé le vrai numéro : rien à voir.
christophe: Merci Denis. Virement bloqué à temps.
kenza: Je mets une fiche réflexe : *on rappelle toujours au numéro qu'on connaît*.
+ 🙏 denis martine michele veronique 👏 camille sylvie
`,
    often: `
# A:townstaff B:tech
A: {Vous utilisez quoi|Un conseil} pour {les sauvegardes|les mots de passe|les formulaires en ligne|l'affichage légal} ? {Budget de {2-9}00 €.|On part de zéro.|Solution libre de préférence.}
B: {Trois copies, deux supports, une ailleurs.|Un coffre partagé par service.|Le formulaire de Saint-Aubert, il est réutilisable.|Je passe à {town} {day} si tu veux.}
A: {Merci, très concret.|Volontiers {day}.|C'est mis en place.|Je teste.}
+ 👍 A kenza

# A:townstaff B:townstaff
A: Accessibilité du site de {town} : {62-94} % au dernier audit, {contrastes|titres|textes de remplacement} à reprendre.
B: {On a les mêmes soucis.|Formation {training} en {month} ?|Bravo pour la démarche.|Quel outil ?}
kenza: {On mutualise l'audit ?|Je partage notre liste de {12-40} points.|Bel effort.|Atelier {day} à {hour} ?}
+ ✅ A
`,
  },
};
