import type { SpaceScript } from "../script.ts";

export const socialScripts: SpaceScript = {
  coordination: {
    once: `
helene: Bonjour à toutes et tous. La nouvelle organisation des permanences démarre lundi : matin sans rendez-vous, après-midi sur rendez-vous, dans les trois maisons.
mariama: Enfin ! Les matins vont être vivants, mais c'est ce que les gens demandaient.
amel: À Lormeuil on a préparé un coin enfants avec les jeux donnés par la médiathèque.
+ ❤️ helene mariama sophie
> nora: Il manque juste une barrière devant l'escalier.
> paulo: J'en ai une chez moi, je l'apporte lundi.
> nora: Tu es un ange.
helene: Bilan après une semaine : **62 passages**, 9 minutes d'attente en moyenne. Merci à tous.
+ 👏 mariama sophie bruno amel laurent

bruno: Une situation urgente à Castelnoue : famille de quatre sans chauffage depuis hier, bébé de deux mois.
sophie: J'appelle le fonds de secours tout de suite.
paulo: Deux radiateurs bain d'huile disponibles au dépôt, je peux être là-bas à 15 h.
sophie: Fonds accordé, le chauffagiste passe demain à 8 h.
bruno: Radiateurs branchés, le petit dort. Merci, vraiment.
+ ❤️ sophie paulo helene mariama amel 🙏 laurent
`,
    often: `
# A:social B:social
A: {Qui peut|Quelqu'un peut} me remplacer à la permanence de {town} {day} {matin|après-midi} ? {Synthèse au tribunal|Formation {training}|Rendez-vous médical|Visite à domicile reportée}.
B: {x=Je peux.|Moi, si on échange avec {day2}.|Possible jusqu'à {15|16} h.|Je regarde mon agenda… oui !}
A: {x=Merci, je te revaudrai ça.|Échange accepté.|Parfait, les clés sont chez Nora.|Formidable. {2-5} rendez-vous sont notés.}
+ 🙏 A 👍 helene

# A:social B:social
A: Synthèse {pluridisciplinaire|partenariale} {day} à {hour}, salle {room}. À l'ordre du jour : {2-5} situations, {le relogement|la scolarité|l'accès aux soins|la domiciliation}.
B: {x=J'y serai.|Je peux être en visio ?|Un quart d'heure de retard, je reviens de {town}.|Pensez au tableau de suivi.}
A: {x=Parfait.|Lien de visio dans l'invitation.|Pas d'inquiétude, on t'attend.|Il est à jour.}
helene: {Compte rendu anonymisé avant vendredi, s'il vous plaît.|Merci à tous deux.|Je passerai en fin de réunion.|Très bien. Café offert.}

# A:social B:social
A: {Retour|Bilan} de la permanence de {town} : {6-24} personnes, surtout pour {topic}. {Trois|Deux|Quatre} orientations vers {l'épicerie sociale|la mission locale|le médiateur numérique}.
B: {Même constat à {town2}.|On devrait faire une affiche sur {topic}.|Tu as utilisé la nouvelle fiche ?|C'est deux fois plus que le mois dernier.}
+ 👍 helene

# A:social B:social
A: Pour un premier contact, {vous appelez|vous écrivez|vous passez} plutôt {le matin|en fin de journée|après un courrier} ? {Je tombe toujours sur la messagerie.|J'hésite à insister.|La personne vit à {town}.}
B: {Un SMS d'abord, avec le nom du service et pas plus.|Passe avec quelqu'un de connu, la première fois.|Le facteur est souvent notre meilleur allié.|Un mot manuscrit dans la boîte, ça change tout.}
A: {Je n'y avais pas pensé, merci.|Ça a marché !|Je tente {day}.|Bonne idée.}
+ 💡 A sophie
`,
  },
  ressources: {
    once: `
thuy: Le nouveau barème de l'aide au permis est en ligne : plafond relevé à 1 200 €, et plus besoin d'attestation d'hébergement.
+ 🎉 mariama sophie emma
sophie: Enfin. J'ai trois dossiers qui attendaient ça.
thuy: La fiche en deux pages : https://intranet.vaurelle.example/aides/permis

simon: Rappel amical : on n'échange pas de pièces d'identité ici, même « juste une minute ». Le coffre du dossier est fait pour ça.
+ 👍 helene thuy paulo mariama
amel: Bien reçu. Et pour les photos de compteur ?
simon: Pareil, l'adresse se devine. Coffre !
`,
    often: `
# A:social B:social
A: {Une question sur|Je bute sur|Quelqu'un connaît bien} {topic} : {x=le délai est toujours de deux mois ?|les revenus des trois derniers mois suffisent ?|et si la personne change de commune ?|un étudiant y a droit ?}
B: {x=Oui, depuis {month}.|Non, il faut aussi l'avis d'imposition.|C'est la commune d'origine qui instruit.|Oui, sous conditions : article {4-31}.} {Fiche à jour :|Le détail :} https://intranet.vaurelle.example/fiches/{110-390}
A: {Merci {B}, limpide.|Parfait, je peux répondre à la famille.|Super, dossier déposé.|C'est plus clair.}
+ 🙏 A

# A:social B:social
A: {Bonne adresse|À connaître|Utile} : {un atelier vélo solidaire|une épicerie sociale|une laverie à petit prix|un écrivain public|une consigne pour bagages} à {town}, {lundi et jeudi|le mercredi|tous les matins}. {Accueil très humain.|Sans rendez-vous.|Prévoir deux euros.}
B: {Ajouté à la carte, merci.|J'y envoie quelqu'un dès {day}.|Ils prennent les enfants ?|J'ai visité, c'est sérieux.}
+ 📍 B helene
`,
  },
  pmi: {
    once: `
odile: Campagne de vaccination : le réfrigérateur de Lormeuil est monté à 9 degrés cette nuit. Tout le lot est écarté par précaution.
lucie: J'ai la fiche de température, le pic a duré 40 minutes. Le laboratoire dit quoi ?
odile: Laboratoire joint : **à détruire**. Nouveau lot demain matin par la navette.
nora: J'ai rappelé les sept familles, toutes décalées à vendredi. Aucune ne l'a mal pris.
+ 🙏 odile lucie helene
`,
    often: `
# A:pmi B:pmi
A: Consultation de {town} {day} : {6-14} enfants inscrits, {1-3} bilans de {9 mois|2 ans|4 ans}. {x=Il me manque une balance.|Qui fait l'accueil ?|La salle est prise jusqu'à {hour}.}
B: {x=La balance de {town2} est libre, je l'apporte.|Je m'en occupe.|Alors j'arrive juste après.}
A: {Merci !|Parfait.|On a tout ce qu'il faut.|Une belle matinée, merci à l'équipe.}

# A:pmi B:social
A: {Bilan|Tournée} des écoles maternelles de {town} : {24-71} enfants vus, {2-8} orientés vers {l'orthoptiste|l'orthophoniste|le dentiste}. {Les maîtresses remercient.|Aucun refus des parents.}
B: {x=Je rappelle les familles qui hésitent.|Pour le transport, il y a l'aide ponctuelle.|Bravo pour le rythme.|Tu me transmets la liste par le coffre ?}
A: {x=C'est précieux, merci.|Je le leur dis.|Merci, une belle équipe.|Oui, elle y est.}
+ 👍 odile

# A:pmi B:pmi
A: {Agrément|Visite d'agrément} d'assistante maternelle à {town} {day} à {hour}. {Qui vient avec moi ?|Quelqu'un connaît le quartier ?|Deuxième visite, tout est prêt.}
B: {Moi.|Je t'accompagne.|Demande le plan du jardin, il y a un bassin.|Dossier complet de mon côté.}
+ ✅ A
`,
  },
};
