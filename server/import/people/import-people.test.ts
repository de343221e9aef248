import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import iconv from "iconv-lite";
import { describe, expect, it, onTestFinished } from "vitest";
import { DIRECTORY } from "#contract/scope.ts";
import { isPassword } from "../../sign-in/passwords.ts";
import { openSqliteStore } from "../../store/sqlite-store.ts";
import type { Store } from "../../store/store.ts";
import { storeTarget } from "../target.ts";
import { temporaryFolder } from "../test-folder.ts";
import { importPeople, type PeopleImportOptions, type PeopleReport } from "./import-people.ts";
import { languageOf, sayComplaint, sayPlan } from "./messages.ts";

const sample =
  "Nom;Prénom;Courriel;Service;Fonction;Téléphone\nLefèvre;Zoé;Zoe.Lefevre@ville.example;Voirie;Cheffe d’équipe;01 99 00 12 34\nN’Diaye;Aïssatou;a.ndiaye@ville.example;État civil;Agente;\n";

async function openTestStore(): Promise<Store> {
  const store = openSqliteStore({ folder: await temporaryFolder() });
  onTestFinished(() => store.close());
  return store;
}

type Options = Partial<Omit<PeopleImportOptions, "file" | "target">>;

async function importText(
  store: Store,
  content: string | Buffer,
  options: Options = {},
): Promise<PeopleReport> {
  const file = join(await temporaryFolder(), "liste.csv");
  await writeFile(file, content);
  return importPeople({ file, target: storeTarget(store), ...options });
}

async function names(store: Store): Promise<string[]> {
  const found = (await store.list(DIRECTORY, "person")).map((row) => String(row.data["displayName"]));
  return found.toSorted();
}

function complaintsOf(report: PeopleReport): string[] {
  return report.plan.complaints.map((complaint) => sayComplaint(complaint, "fr"));
}

describe("a list of people", () => {
  const comma = sample.replaceAll(";", ",");
  const tab = sample.replaceAll(";", "\t");
  const windows = sample.replaceAll("\n", "\r\n");
  it.each<[string, Buffer]>([
    ["UTF-8", Buffer.from(sample)],
    ["UTF-8 with its mark", Buffer.from(`\uFEFF${sample}`)],
    ["UTF-16 with its mark", iconv.encode(sample, "utf-16le", { addBOM: true })],
    ["UTF-16 big-endian", iconv.encode(sample, "utf-16be", { addBOM: true })],
    ["UTF-16 without a mark", iconv.encode(sample, "utf-16le", { addBOM: false })],
    ["Windows-1252", iconv.encode(sample, "windows-1252")],
    ["commas", Buffer.from(comma)],
    ["tabs", Buffer.from(tab)],
    ["Windows line ends", iconv.encode(windows, "windows-1252")],
  ])("is read whole from %s", async (_, bytes) => {
    const store = await openTestStore();
    const report = await importText(store, bytes);
    expect(complaintsOf(report)).toEqual([]);
    expect(await names(store)).toEqual(["Aïssatou N’Diaye", "Zoé Lefèvre"]);
    const account = await store.accounts.byEmail("zoe.lefevre@ville.example");
    expect(account).toMatchObject({ username: "zoe.lefevre@ville.example", passwordHash: undefined });
    const row = await store.get(DIRECTORY, "person", account?.personId ?? "");
    expect(row?.data).toMatchObject({
      service: "Voirie",
      jobTitle: "Cheffe d’équipe",
      phone: "01 99 00 12 34",
    });
  });

  it.each([
    ["ADRESSE ÉLECTRONIQUE;Poste;nom;PRENOM;Organisme", "z@v.example;Cheffe;Lefèvre;Zoé;Ville"],
    ["E-mail,First name,Last name,Job title,Company", "z@v.example,Zoé,Lefèvre,Cheffe,Ville"],
    ["Mél\tNom complet\tFonction\tCollectivité", "z@v.example\tZoé Lefèvre\tCheffe\tVille"],
    ["Mail;Nom;Métier;Employeur", "z@v.example;Zoé Lefèvre;Cheffe;Ville"],
  ])("is understood with the headers %j", async (header, line) => {
    const store = await openTestStore();
    const report = await importText(store, `${header}\n${line}\n`);
    expect(report.plan.created[0]).toMatchObject({
      displayName: "Zoé Lefèvre",
      email: "z@v.example",
      jobTitle: "Cheffe",
      organisation: "Ville",
    });
  });

  it("makes the organisations that it names, once, and finds them again under their new name", async () => {
    const store = await openTestStore();
    const list =
      "Nom;Prénom;Courriel;Organisme\nLefèvre;Zoé;z@v.example;Ville de Vaux\nDiaye;Ada;a@v.example; ville  de VAUX\n";
    await importText(store, list);
    const organisations = await store.list(DIRECTORY, "organisation");
    expect(organisations.map((row) => row.data["name"])).toEqual(["Ville de Vaux"]);
    const [organisation] = organisations;
    const belongings = async () =>
      (await store.list(DIRECTORY, "person")).map((row) => row.data["organisationId"]);
    expect(await belongings()).toEqual([organisation?.id, organisation?.id]);
    const key = {
      scope: DIRECTORY,
      collection: "organisation",
      id: organisation?.id ?? "",
      op: "put",
    } as const;
    const renamed = { ...key, data: { ...organisation?.data, name: "Ville de Vaux-le-Bas" } };
    await store.transaction((tx) => tx.write([renamed]));
    const heads = await store.head(DIRECTORY);
    await importText(store, list);
    expect(await store.head(DIRECTORY)).toBe(heads);
    await importText(store, list.replace(" ville  de VAUX", "Agence"));
    expect((await store.list(DIRECTORY, "organisation")).map((row) => row.data["name"])).toEqual([
      "Ville de Vaux-le-Bas",
      "Agence",
    ]);
    expect(new Set(await belongings()).size).toBe(2);
  });

  it("changes nothing the second time, says so, and then changes only what differs", async () => {
    const store = await openTestStore();
    await importText(store, sample);
    const heads = await store.head(DIRECTORY);
    const again = await importText(store, sample);
    expect(sayPlan(again.plan, { isDryRun: false, isRefused: false }, "fr").join()).toContain(
      "Rien à changer",
    );
    expect(await store.head(DIRECTORY)).toBe(heads);

    const moved = await importText(
      store,
      sample.replace("Voirie", "Espaces verts").replace("01 99 00 12 34", ""),
    );
    expect(moved.plan.updated.map(({ changes }) => changes)).toEqual([["service"]]);
    const row = (await store.list(DIRECTORY, "person")).find((person) => person.data["givenName"] === "Zoé");
    // an empty cell does not wipe what is known
    expect(row?.data).toMatchObject({ service: "Espaces verts", phone: "01 99 00 12 34" });
  });

  it("names line and column of everything wrong, and imports nothing of it", async () => {
    const store = await openTestStore();
    const text =
      'Nom;Prénom;Courriel\n"Du\npont";Luc;luc@v.example\nSans;Adresse;\n\nFaux;Jean;jean@nulle-part\n;;x@v.example\nAutre;Luc;LUC@v.example\nTrop;De;c@v.example;cellules\n';
    const report = await importText(store, text);
    expect(complaintsOf(report)).toEqual([
      "ligne 4, colonne « Courriel » : l’adresse manque",
      "ligne 6, colonne « Courriel » : « jean@nulle-part » n’est pas une adresse électronique",
      "ligne 7, colonne « Nom » : le nom manque",
      "ligne 8, colonne « Courriel » : l’adresse « luc@v.example » est déjà celle de la ligne 2, avec d’autres renseignements",
      "ligne 9 : 4 cellules pour 3 colonnes",
    ]);
    expect(report.isRefused).toBe(true);
    expect(await names(store)).toEqual([]);
    expect(await store.accounts.list()).toEqual([]);

    await importText(store, text, { skipsInvalid: true });
    expect(await names(store)).toEqual(["Luc Du pont"]);
  });

  it("counts a line repeated word for word once", async () => {
    const store = await openTestStore();
    const report = await importText(store, `${sample}${sample.split("\n")[1]}\n`);
    expect(report).toMatchObject({ isRefused: false, plan: { repeated: [4] } });
    expect(await names(store)).toHaveLength(2);
  });

  it("writes nothing in a dry run", async () => {
    const store = await openTestStore();
    const report = await importText(store, sample, { isDryRun: true });
    expect(report.plan.created).toHaveLength(2);
    expect(await names(store)).toEqual([]);
  });

  it("writes first passwords that work to a file for its owner alone, never over another", async () => {
    const store = await openTestStore();
    const passwordFile = join(await temporaryFolder(), "passwords.csv");
    await importText(store, sample, { passwordFile });
    expect((await stat(passwordFile)).mode & 0o777).toBe(0o600);
    const lines = (await readFile(passwordFile, "utf8")).trim().split("\n");
    expect(lines).toHaveLength(2);
    const [username = "", password = ""] = lines[0]?.split(";") ?? [];
    expect(await isPassword(password, (await store.accounts.byUsername(username))?.passwordHash)).toBe(true);
    await expect(importText(await openTestStore(), sample, { passwordFile })).rejects.toThrow(
      "cannot be written",
    );
  });

  it("refuses a user name that someone else has", async () => {
    const store = await openTestStore();
    const header = "Nom complet;Courriel;Identifiant\n";
    await importText(store, `${header}Ada;ada@v.example;ada\n`);
    const report = await importText(store, `${header}Autre;autre@v.example;ADA\n`);
    expect(complaintsOf(report)).toEqual([
      "ligne 2, colonne « Identifiant » : l’identifiant « ada » est déjà pris",
    ]);
  });

  it("says what is wrong with a file that is no list", async () => {
    const store = await openTestStore();
    await expect(importText(store, "")).rejects.toThrow("The list is empty");
    await expect(importText(store, "a;b\n1;2\n")).rejects.toThrow("does not name the columns needed");
    await expect(importText(store, 'Nom;Courriel\n"jamais fermé;x@v.example\n')).rejects.toThrow(
      "The list cannot be read",
    );
  });

  it("takes fifty thousand lines, with NULs and formulas among them", async () => {
    const store = await openTestStore();
    const lines = Array.from(
      { length: 50_000 },
      (_, index) => `=1+${index};Ag\u0000ent;agent${index}@v.example;Service ${index % 40}`,
    );
    const report = await importText(store, `Nom;Prénom;Courriel;Service\n${lines.join("\n")}\n`);
    expect(report.plan.created).toHaveLength(50_000);
    expect((await store.list(DIRECTORY, "person"))[7]?.data["displayName"]).toBe("Ag ent =1+7");
    expect((await store.accounts.list()).length).toBe(50_000);
  });

  it("speaks French or English after the terminal", () => {
    expect(languageOf({ LANG: "fr_FR.UTF-8" })).toBe("fr");
    expect(languageOf({ LANG: "fr_FR.UTF-8", LC_ALL: "C" })).toBe("en");
    expect(sayComplaint({ line: 12, field: "email", header: "Courriel", kind: "missing" }, "fr")).toBe(
      "ligne 12, colonne « Courriel » : l’adresse manque",
    );
    expect(sayComplaint({ line: 12, field: "email", header: "Email", kind: "missing" }, "en")).toBe(
      "line 12, column “Email”: the address is missing",
    );
  });
});
