/** What a list may say of a person. */
const fields = [
  "familyName",
  "givenName",
  "displayName",
  "email",
  "username",
  "service",
  "jobTitle",
  "organisation",
  "phone",
] as const;
export type Field = (typeof fields)[number];

/** Headers as people write them, plain: no accents, lower case, single spaces. */
const synonyms: Record<Field, string[]> = {
  familyName: [
    "nom",
    "nom de famille",
    "nom d usage",
    "nom usuel",
    "last name",
    "lastname",
    "surname",
    "family name",
    "nom patronymique",
  ],
  givenName: ["prenom", "prenoms", "prenom usuel", "first name", "firstname", "given name", "forename"],
  displayName: [
    "nom complet",
    "nom prenom",
    "nom et prenom",
    "prenom nom",
    "prenom et nom",
    "name",
    "full name",
    "display name",
    "agent",
    "nom affiche",
  ],
  email: [
    "courriel",
    "email",
    "e mail",
    "mail",
    "mel",
    "adresse mail",
    "adresse email",
    "adresse e mail",
    "adresse electronique",
    "adresse courriel",
    "adresse de messagerie",
    "messagerie",
    "courriel professionnel",
    "mail professionnel",
    "mail pro",
    "email pro",
    "email professionnel",
    "email address",
    "e mail address",
    "mail address",
  ],
  username: ["identifiant", "login", "username", "user name", "compte", "nom d utilisateur", "user"],
  service: [
    "service",
    "direction",
    "departement",
    "pole",
    "unite",
    "service affectation",
    "affectation",
    "department",
    "division",
    "team",
    "direction service",
    "service direction",
  ],
  jobTitle: [
    "fonction",
    "poste",
    "metier",
    "emploi",
    "intitule du poste",
    "intitule de poste",
    "job",
    "job title",
    "title",
    "position",
    "role",
    "fonctions",
    "libelle du poste",
  ],
  organisation: [
    "organisme",
    "organisation",
    "collectivite",
    "etablissement",
    "employeur",
    "structure",
    "commune",
    "organization",
    "company",
    "institution",
    "societe",
  ],
  phone: [
    "telephone",
    "tel",
    "telephone professionnel",
    "tel professionnel",
    "tel pro",
    "telephone fixe",
    "tel fixe",
    "numero de telephone",
    "n de telephone",
    "no de telephone",
    "n telephone",
    "ligne directe",
    "phone",
    "phone number",
    "telephone number",
    "portable",
    "mobile",
    "telephone portable",
    "gsm",
  ],
};

const fieldOf = new Map(fields.flatMap((field) => synonyms[field].map((name) => [name, field] as const)));

function plainHeader(header: string): string {
  return header
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, " ")
    .trim();
}

export interface Columns {
  /** Field → index of its column. */
  index: Map<Field, number>;
  /** Field → header as written, for messages. */
  header: Map<Field, string>;
  /** Headers that mean nothing here. */
  ignored: string[];
  /** Headers that mean the same as an earlier one. */
  doubled: string[];
}

/** Finds the fields among the headers, in any order. « Nom » alone, without « Prénom », is the whole name. */
export function readHeaders(headers: readonly string[]): Columns {
  const columns: Columns = { index: new Map(), header: new Map(), ignored: [], doubled: [] };
  const hasGivenName = headers.some((header) => fieldOf.get(plainHeader(header)) === "givenName");
  for (const [position, written] of headers.entries()) {
    const found = fieldOf.get(plainHeader(written));
    const field = found === "familyName" && !hasGivenName ? "displayName" : found;
    const header = written.trim();
    if (field === undefined) {
      if (header !== "") columns.ignored.push(header);
    } else if (columns.index.has(field)) {
      // a mobile beside a landline, a direction beside a service: the first one counts
      columns.doubled.push(header);
    } else {
      columns.index.set(field, position);
      columns.header.set(field, header);
    }
  }
  return columns;
}

export function recognisedCount(headers: readonly string[]): number {
  return headers.filter((header) => fieldOf.has(plainHeader(header))).length;
}
