import type { Complaint } from "./complaint.ts";
import type { PeoplePlan } from "./plan-people.ts";
import type { PeopleList } from "./read-list.ts";

export type Language = "fr" | "en";

/** The language of the terminal, from LC_ALL, LC_MESSAGES or LANG; English without a word of French. */
export function languageOf(environment: Record<string, string | undefined>): Language {
  const locale = environment["LC_ALL"] || environment["LC_MESSAGES"] || environment["LANG"] || "";
  return /^fr/i.test(locale) ? "fr" : "en";
}

/** `ligne 12, colonne « Courriel » : …` */
export function sayComplaint(complaint: Complaint, language: Language): string {
  const { line, header } = complaint;
  if (language === "fr") {
    const place = header === undefined ? `ligne ${line}` : `ligne ${line}, colonne « ${header} »`;
    return `${place} : ${frenchReason(complaint)}`;
  }
  const place = header === undefined ? `line ${line}` : `line ${line}, column “${header}”`;
  return `${place}: ${englishReason(complaint)}`;
}

function frenchReason(complaint: Complaint): string {
  switch (complaint.kind) {
    case "tooManyCells":
      return `${complaint.found} cellules pour ${complaint.expected} colonnes`;
    case "missing":
      return complaint.field === "email" ? "l’adresse manque" : "le nom manque";
    case "badAddress":
      return `« ${complaint.value} » n’est pas une adresse électronique`;
    case "tooLong":
      return `plus de ${complaint.limit} caractères`;
    case "twice":
      return `l’adresse « ${complaint.value} » est déjà celle de la ligne ${complaint.otherLine}, avec d’autres renseignements`;
    case "takenUsername":
      return `l’identifiant « ${complaint.value} » est déjà pris`;
    default:
      return complaint satisfies never;
  }
}

function englishReason(complaint: Complaint): string {
  switch (complaint.kind) {
    case "tooManyCells":
      return `${complaint.found} cells for ${complaint.expected} columns`;
    case "missing":
      return complaint.field === "email" ? "the address is missing" : "the name is missing";
    case "badAddress":
      return `“${complaint.value}” is not an e-mail address`;
    case "tooLong":
      return `more than ${complaint.limit} characters`;
    case "twice":
      return `the address “${complaint.value}” is already that of line ${complaint.otherLine}, with other details`;
    case "takenUsername":
      return `the user name “${complaint.value}” is taken`;
    default:
      return complaint satisfies never;
  }
}

const delimiterNames: Record<Language, Record<string, string>> = {
  fr: { ";": "point-virgule", ",": "virgule", "\t": "tabulation" },
  en: { ";": "semicolon", ",": "comma", "\t": "tab" },
};

/** What was understood of the file. */
export function sayList(list: PeopleList, encoding: string, language: Language): string[] {
  const delimiter = delimiterNames[language][list.delimiter] ?? list.delimiter;
  const found = [...list.columns.header.values()].join(", ");
  const lines =
    language === "fr"
      ? [`Lignes lues : ${list.lines.length} (${encoding}, ${delimiter}). Colonnes : ${found || "aucune"}.`]
      : [`Lines read: ${list.lines.length} (${encoding}, ${delimiter}). Columns: ${found || "none"}.`];
  const passed = [...list.columns.ignored, ...list.columns.doubled].join(", ");
  if (passed !== "")
    lines.push(
      language === "fr" ? `Colonnes laissées de côté : ${passed}.` : `Columns left aside: ${passed}.`,
    );
  return lines;
}

export interface Outcome {
  isDryRun: boolean;
  isRefused: boolean;
}

export function sayPlan(plan: PeoplePlan, { isDryRun, isRefused }: Outcome, language: Language): string[] {
  const { created, updated, unchanged, repeated, newAccounts, complaints } = plan;
  const lines: string[] = [];
  if (language === "fr") {
    if (repeated.length > 0)
      lines.push(`Lignes répétées à l’identique, comptées une fois : ${repeated.join(", ")}.`);
    const verb = isDryRun ? "à créer" : "en plus";
    if (isRefused)
      lines.push(
        `Lignes à corriger : ${complaints.length}. Rien n’a été importé (--skip-invalid importe les autres).`,
      );
    else if (created.length + updated.length + newAccounts.length === 0)
      lines.push(`Rien à changer. Personnes déjà à jour : ${unchanged}.`);
    else
      lines.push(
        `Personnes ${verb} : ${created.length}, comptes ${verb} : ${newAccounts.length}. Mises à jour : ${updated.length}. Inchangées : ${unchanged}.`,
      );
    if (!isRefused && complaints.length > 0) lines.push(`Lignes laissées de côté : ${complaints.length}.`);
    if (isDryRun) lines.push("Essai à blanc : rien n’a été écrit.");
    return lines;
  }
  if (repeated.length > 0) lines.push(`Lines repeated word for word, counted once: ${repeated.join(", ")}.`);
  const verb = isDryRun ? "to create" : "created";
  if (isRefused)
    lines.push(
      `Lines to correct: ${complaints.length}. Nothing was imported (--skip-invalid imports the others).`,
    );
  else if (created.length + updated.length + newAccounts.length === 0)
    lines.push(`Nothing to change. People up to date: ${unchanged}.`);
  else
    lines.push(
      `People ${verb}: ${created.length}, accounts ${verb}: ${newAccounts.length}. Updated: ${updated.length}. Unchanged: ${unchanged}.`,
    );
  if (!isRefused && complaints.length > 0) lines.push(`Lines left aside: ${complaints.length}.`);
  if (isDryRun) lines.push("Dry run: nothing was written.");
  return lines;
}
