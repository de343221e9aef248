/**
 * Calendars of the demonstration, to be read by eye and edited by hand. An event: how many days from today (or a weekday of
 * the week before: `mon`), its times, its title, then after `|`: `@ place`, `every RRULE`, `join ADDRESS`, `free`, `> text`.
 * Without times it is of whole days, `+2..+4` of several.
 */
export interface CalendarScript {
  /** Of the space; null for `camille` herself. */
  space: string | null;
  name: string;
  colour: string;
  by: string;
  script: string;
}

export const demoCalendars: readonly CalendarScript[] = [
  {
    space: null,
    name: "Mon calendrier",
    colour: "blue",
    by: "camille",
    script: `
mon 09:00-09:30 Semaine : ce qui m’attend | every FREQ=WEEKLY;BYDAY=MO
tue 12:15-13:00 Chorale | @ Salle des mariages | every FREQ=WEEKLY;BYDAY=TU
+1 14:00-15:00 Entretien avec Karim | @ Bureau 214 | > Préparer la fiche de mission.
+3 08:30-09:15 Médecine du travail | @ Centre de santé
+7..+11 Congés
-2 17:30-18:15 Réunion de parents | @ École des Tilleuls
fri 16:30-17:00 Revue de la semaine | every FREQ=WEEKLY;BYDAY=FR | free
`,
  },
  {
    space: "it",
    name: "Calendrier",
    colour: "teal",
    by: "fatou",
    script: `
mon 10:00-10:30 Point d’équipe | @ Salle 3 | every FREQ=WEEKLY;BYDAY=MO | join https://visio.exemple/informatique-des-colleges
wed 14:00-16:00 Permanence au collège de La Forge | @ Collège de La Forge | every FREQ=WEEKLY;INTERVAL=2;BYDAY=WE
+2 09:00-12:00 Mise à jour des serveurs | > Coupure annoncée de 9 h à midi.
+4 13:30-17:00 Câblage de la nouvelle baie | @ Bâtiment B, étage 2
+9 10:00-11:00 Comité des tablettes | join https://visio.exemple/tablettes
-6 14:00-15:30 Bilan des interventions | @ Salle du conseil
+0 11:00-11:30 Appel du fournisseur
`,
  },
  {
    space: "fete",
    name: "Calendrier",
    colour: "pink",
    by: "camille",
    script: `
+5 18:00-19:30 Réunion des bénévoles | @ Maison des associations
+18..+20 Fête du département | @ Parc du château
tue 17:00-17:45 Point programmation | every FREQ=WEEKLY;COUNT=8;BYDAY=TU | join https://visio.exemple/fete
`,
  },
];
