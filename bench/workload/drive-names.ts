import type { EntryRecord, IndexRecord } from "#host/drives/index/records.ts";

/** Names as they lie on the share of a city: a tree of services, years and projects, the same from the same seed. */
const SERVICES = [
  "Voirie",
  "État civil",
  "Finances",
  "Ressources humaines",
  "Urbanisme",
  "Écoles",
  "Communication",
  "Juridique",
];
const THINGS = [
  "Budget",
  "Rapport",
  "Compte rendu",
  "Délibération",
  "Plan",
  "Facture",
  "Devis",
  "Marché",
  "Convention",
  "Arrêté",
  "Photo",
  "Note",
  "Procès-verbal",
  "Tableau de bord",
  "Courrier",
  "Annexe",
  "Bordereau",
  "Cahier des charges",
];
const ABOUT = [
  "école Jules-Ferry",
  "rue de la République",
  "médiathèque",
  "stade",
  "crèche",
  "marché couvert",
  "place du Général",
  "piscine",
  "gymnase",
  "cimetière",
  "parc",
  "conseil municipal",
  "bureau",
  "travaux",
  "subvention",
  "personnel",
];
const ENDS = ["pdf", "docx", "odt", "xlsx", "ods", "jpg", "pptx", "msg", "txt", "csv"];
const PER_FOLDER = 24;

export function* driveListings(entries: number, seed = 1): Generator<IndexRecord> {
  const random = randomOf(seed);
  const queue = [""];
  let made = 0;
  for (let at = 0; at < queue.length && made < entries; at += 1) {
    const path = queue[at] ?? "";
    const names = new Map<string, EntryRecord>();
    const depth = path === "" ? 0 : path.split("/").length;
    const folders = depth < 7 ? 3 + random(6) : 0;
    while (names.size < folders && made + names.size < entries) {
      const name = folderName(random, depth);
      names.set(name, [name, 1, null, 1_600_000_000 + random(160_000_000)]);
    }
    for (const name of names.keys()) queue.push(path === "" ? name : `${path}/${name}`);
    const files = Math.min(PER_FOLDER - 4 + random(8), entries - made - names.size);
    for (let count = 0; count < files; count += 1) {
      const name = fileName(random);
      names.set(name, [name, 0, random(20_000_000), 1_600_000_000 + random(160_000_000)]);
    }
    made += names.size;
    yield { kind: "listing", path, pass: 1, version: "00000000000000ab", entries: [...names.values()] };
  }
}

function folderName(random: (below: number) => number, depth: number): string {
  if (depth === 0) return `${pick(SERVICES, random)} ${1 + random(40)}`;
  return depth === 1
    ? String(2008 + random(19))
    : `${pick(THINGS, random)} ${pick(ABOUT, random)} ${random(1000)}`;
}

function fileName(random: (below: number) => number): string {
  const end = pick(ENDS, random);
  if (random(5) === 0)
    return `IMG_${String(20_150_000 + random(110_000))}_${String(random(240_000)).padStart(6, "0")}.jpg`;
  const date = `20${String(10 + random(17))}-${String(1 + random(12)).padStart(2, "0")}-${String(1 + random(28)).padStart(2, "0")}`;
  return `${pick(THINGS, random)} ${pick(ABOUT, random)} ${date} v${random(20)}-${random(100_000).toString(36)}.${end}`;
}

function pick(words: readonly string[], random: (below: number) => number): string {
  return words[random(words.length)] ?? "";
}

function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** As people type: letter by letter, several words, within words, by an ending, what is not there. */
export function driveQueries(count: number, seed = 2): string[] {
  const random = randomOf(seed);
  const typed = [
    "budget école",
    "compte rendu conseil",
    "devis piscine 2024",
    "img_2019",
    "république",
    "délib",
    "ubventio",
    "zzzz",
  ];
  const prefixes = typed.flatMap((text) =>
    Array.from({ length: text.length }, (_, at) => text.slice(0, at + 1)),
  );
  return Array.from({ length: count }, () => {
    const kind = random(6);
    if (kind < 3) return pick(prefixes, random);
    if (kind === 3) return `${pick(THINGS, random)} ${pick(ABOUT, random)} ${2010 + random(17)}`;
    if (kind === 4) return `.${pick(ENDS, random)} ${pick(THINGS, random).slice(0, 4)}`;
    return String(random(100_000));
  });
}
