/** Accounts of the demonstration, for `npm run server -- --help`. */
export interface DemoAccount {
  username: string;
  password: string;
  /** Handle in `people-data.ts`. */
  handle: string;
  /** Who this is, in English, on one line. */
  about: string;
}

const password = "demo";

export const demoAccounts: readonly DemoAccount[] = [
  {
    username: "demo",
    password,
    handle: "camille",
    about: "Camille Berthier, school IT technician, animates one space",
  },
  { username: "admin", password, handle: "sylvie", about: "Sylvie Carrère, administrator" },
  {
    username: "animatrice",
    password,
    handle: "helene",
    about: "Hélène Cassagne, animator of the social action space",
  },
  {
    username: "invite",
    password,
    handle: "ernesto",
    about: "Ernesto Valdès, guest from a building contractor",
  },
  { username: "conducteur", password, handle: "daniel", about: "Daniel Okafor, bus driver" },
  {
    username: "direction",
    password,
    handle: "francoise",
    about: "Françoise Aubrac, general manager, sees the hidden space",
  },
  {
    username: "technicien",
    password,
    handle: "karim",
    about: "Karim Benhaddou, Camille's colleague, to talk with her",
  },
  { username: "mairie", password, handle: "michele", about: "Michèle Barthe, clerk of a small town" },
];
