import type { SlackReport } from "./import-slack.ts";

/** The report of an import, in the language of the terminal. */
export function sayReport(report: SlackReport, language: "fr" | "en", isDryRun: boolean): string[] {
  const { people, conversations, messages, replies, reactions, changed, strangers } = report;
  const isFrench = language === "fr";
  const lines = isFrench
    ? [
        `${people} personnes, ${conversations} conversations, ${messages} messages dont ${replies} réponses, ${reactions} réactions.`,
        isDryRun
          ? "Essai à blanc : rien n’a été écrit."
          : changed === 0
            ? "Tout y était déjà : rien n’a changé."
            : `${changed} lignes écrites.`,
      ]
    : [
        `${people} people, ${conversations} conversations, ${messages} messages of which ${replies} replies, ${reactions} reactions.`,
        isDryRun
          ? "Dry run: nothing was written."
          : changed === 0
            ? "All of it was there already: nothing changed."
            : `${changed} rows written.`,
      ];
  const counts: [number, string, string][] = [
    [
      strangers,
      "auteurs absents de users.json (robots, autres espaces)",
      "authors not in users.json (bots, other workspaces)",
    ],
    [
      report.orphanReplies,
      "réponses dont la racine manque, mises dans le canal",
      "replies whose root is missing, put in the channel",
    ],
    [report.truncated, "messages trop longs, coupés", "messages too long, cut"],
    [report.empty, "messages vides, laissés de côté", "empty messages, left aside"],
    [report.unreadable, "entrées illisibles, laissées de côté", "unreadable entries, left aside"],
  ];
  for (const [count, french, english] of counts)
    if (count > 0) lines.push(`${count} ${isFrench ? french : english}.`);
  for (const { problem } of report.failed) {
    lines.push(
      `${isFrench ? "Fichier non importé :" : "File not imported:"} ${problem.detail ?? problem.title}`,
    );
  }
  if (report.failed.length > 0) {
    lines.push(
      isFrench
        ? "Corrigez ces fichiers et relancez la même commande : le reste est en place."
        : "Mend these files and run the same command again: the rest is in place.",
    );
  }
  return lines;
}
