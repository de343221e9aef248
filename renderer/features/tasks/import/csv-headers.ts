import { folded } from "./plan.ts";

export const csvFields = [
  "title",
  "description",
  "column",
  "start",
  "due",
  "labels",
  "priority",
  "assignee",
  "checklist",
] as const;
export type CsvField = (typeof csvFields)[number];

/** Headers as people and exports (Planner, Jira, GitHub) write them, folded. */
const synonyms: Readonly<Record<CsvField, readonly string[]>> = {
  title: [
    "title",
    "titre",
    "name",
    "nom",
    "task",
    "tache",
    "task name",
    "nom de la tache",
    "intitule",
    "libelle",
    "summary",
    "resume",
    "subject",
    "sujet",
    "objet",
  ],
  description: ["description", "desc", "details", "detail", "notes", "note"],
  column: [
    "column",
    "colonne",
    "list",
    "liste",
    "status",
    "statut",
    "state",
    "etat",
    "bucket",
    "bucket name",
    "compartiment",
    "nom du compartiment",
    "avancement",
  ],
  start: ["start", "start date", "debut", "date de debut", "commence le"],
  due: [
    "due",
    "due date",
    "deadline",
    "echeance",
    "date d echeance",
    "date echeance",
    "date limite",
    "pour le",
    "end date",
    "date de fin",
    "fin",
  ],
  labels: [
    "labels",
    "label",
    "tags",
    "tag",
    "etiquettes",
    "etiquette",
    "categories",
    "categorie",
    "category",
  ],
  priority: ["priority", "priorite", "urgence"],
  assignee: [
    "assignee",
    "assignees",
    "assigned to",
    "owner",
    "responsable",
    "responsables",
    "assigne a",
    "attribue a",
    "affecte a",
    "pilote",
    "porteur",
    "email",
    "e mail",
    "courriel",
  ],
  checklist: ["checklist", "liste de controle", "checklist items", "elements de la liste de controle"],
};

const fieldsByHeader = new Map(
  csvFields.flatMap((field) => synonyms[field].map((header) => [header, field] as const)),
);

export interface Headers {
  /** Places of the fields; of two columns for one field, the first. */
  readonly places: ReadonlyMap<CsvField, number>;
  readonly others: readonly string[];
}

export function readHeaders(cells: readonly string[]): Headers {
  const places = new Map<CsvField, number>();
  const others: string[] = [];
  for (const [place, cell] of cells.entries()) {
    const field = fieldsByHeader.get(folded(cell));
    if (field !== undefined && !places.has(field)) places.set(field, place);
    else if (cell.trim() !== "") others.push(cell.trim());
  }
  return { places, others };
}
