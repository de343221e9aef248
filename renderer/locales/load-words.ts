export type Language = "fr" | "en";

/** Modules whose words come with them. */
export type WordyModule =
  | "calendar"
  | "communities"
  | "desktop"
  | "documents"
  | "drives"
  | "feed"
  | "inbox"
  | "tasks";

type Words = Readonly<Record<string, unknown>>;

const first: Record<Language, () => Promise<{ firstWords: Words }>> = {
  fr: () => import("./first-fr.ts"),
  en: () => import("./first-en.ts"),
};

const later: Record<Language, Record<WordyModule, () => Promise<{ default: Words }>>> = {
  fr: {
    calendar: () => import("./fr/calendar.json", { with: { type: "json" } }),
    communities: () => import("./fr/communities.json", { with: { type: "json" } }),
    desktop: () => import("./fr/desktop.json", { with: { type: "json" } }),
    documents: () => import("./fr/documents.json", { with: { type: "json" } }),
    drives: () => import("./fr/drives.json", { with: { type: "json" } }),
    feed: () => import("./fr/feed.json", { with: { type: "json" } }),
    inbox: () => import("./fr/inbox.json", { with: { type: "json" } }),
    tasks: () => import("./fr/tasks.json", { with: { type: "json" } }),
  },
  en: {
    calendar: () => import("./en/calendar.json", { with: { type: "json" } }),
    communities: () => import("./en/communities.json", { with: { type: "json" } }),
    desktop: () => import("./en/desktop.json", { with: { type: "json" } }),
    documents: () => import("./en/documents.json", { with: { type: "json" } }),
    drives: () => import("./en/drives.json", { with: { type: "json" } }),
    feed: () => import("./en/feed.json", { with: { type: "json" } }),
    inbox: () => import("./en/inbox.json", { with: { type: "json" } }),
    tasks: () => import("./en/tasks.json", { with: { type: "json" } }),
  },
};

/** The words of a language: those that are always there, and those of some modules. */
export async function loadWords(language: Language, modules: Iterable<WordyModule>): Promise<Words> {
  const [{ firstWords }, ...others] = await Promise.all([
    first[language](),
    ...[...modules].map((name) => later[language][name]()),
  ]);
  return Object.assign({}, firstWords, ...others.map((words) => words.default));
}
