/**
 * Boards of the demonstration, to be read by eye and edited by hand. A line `== COLUMN (meaning, limit N)` begins a column. A
 * task: its title, then after `|`: `@handle` who has it, `+3` due in three days (`-2` two days ago, `+1 14:00` at a time),
 * `!` high, `!!` urgent, `#label`, `~90` minutes, `[2/5]` a checklist of which so many are ticked, `every RRULE`.
 */
export interface BoardScript {
  key: string;
  /** Of the space; null for `camille` herself. */
  space: string | null;
  name: string;
  emoji: string;
  by: string;
  labels: Readonly<Record<string, string>>;
  script: string;
}

export const demoBoards: readonly BoardScript[] = [
  {
    key: "interventions",
    space: "it",
    name: "Interventions",
    emoji: "🔧",
    by: "fatou",
    labels: { réseau: "blue", postes: "green", tableau: "purple", marché: "yellow", attente: "grey" },
    script: `
== À planifier (todo)
Changer la borne wifi du préau, Pré-Clos | @gildas +9 #réseau
Recenser les vidéoprojecteurs de plus de huit ans | +21 #tableau [0/6]
Commander des câbles HDMI de 10 m | @aurelie +4 #marché
Étiqueter les prises du CDI, Les Alizés | #réseau ~120
Préparer la classe mobile de Trois-Rivières | @camille +6 #postes [1/5]
== Cette semaine (todo, limit 6)
Mettre à jour les postes de la salle 204 | @karim +2 #postes ~180 [3/8]
Remplacer l’onduleur de La Forge | @gildas +1 14:00 ! #réseau
Vérifier les sauvegardes des serveurs | @theo +0 every FREQ=WEEKLY;BYDAY=MO
Relancer le fournisseur des tableaux | @camille -2 #marché #attente
== En cours (doing, limit 4)
Rétablir l’accès aux images de Bellefontaine | @theo @camille +0 !! #réseau [2/4]
Câbler la nouvelle baie, étage 2 | @ines @mathis +3 #réseau ~240
Inventaire des tablettes, Pré-Clos | @aurelie -1 #postes
== À valider (doing)
Notice du tableau interactif | @camille +5 #tableau
== Fait (done)
Remplacer le commutateur du gymnase | @gildas -6 #réseau
Former les gestionnaires aux tickets | @solene -9
Réinitialiser les comptes des sixièmes | @karim -12 #postes [4/4]
`,
  },
  {
    key: "fete",
    space: "fete",
    name: "Préparation de la fête",
    emoji: "🎪",
    by: "romain",
    labels: { scène: "red", village: "orange", bénévoles: "teal", communication: "pink" },
    script: `
== À faire (todo)
Demander l’arrêté de circulation | @manon +12 ! #village
Plan des stands | @romain +18 #village [1/7]
Fiche des bénévoles du samedi | @manon +7 #bénévoles
Réserver les toilettes sèches | +25 #village
== En cours (doing)
Affiche et programme | @chloe +6 #communication
Fiche technique de la grande scène | @gabriel +10 #scène
== Terminé (done)
Choisir les dates | @romain -30
Appel à bénévoles | @manon -14 #bénévoles #communication
`,
  },
  {
    key: "own",
    space: null,
    name: "Mes tâches",
    emoji: "",
    by: "camille",
    labels: {},
    script: `
== À faire (todo)
Rendre la clé de Bellefontaine | +0
Poser mes congés de février | +8
Lire le guide d’accessibilité
== En cours (doing)
Préparer l’entretien annuel | +14 [1/3]
== Terminé (done)
Renouveler la carte de cantine | -4
`,
  },
];
