import { expect, test } from "playwright/test";
import { openLibrary, showDetails } from "./documents-window.ts";
import { openPair, type Pair } from "./window.ts";

let pair: Pair;

test.beforeAll(async ({ browser }) => {
  pair = await openPair(browser);
});

test.afterAll(async () => {
  await pair.close();
});

test("a document is discussed beside it: comments, a like, and whoever made it hears of them", async () => {
  const [camille, karim] = [pair.camille.page, pair.karim.page];
  const name = "Planning des tournées.xlsx";
  await openLibrary(karim, "Informatique des collèges");
  const his = await showDetails(karim, name);
  await his.getByRole("button", { name: "Lancer la discussion" }).click();
  await his.getByLabel("Commenter").fill("La tournée du jeudi est décalée.");
  await karim.keyboard.press("Enter");
  await expect(his.getByText("La tournée du jeudi est décalée.")).toBeVisible();

  await openLibrary(camille, "Informatique des collèges");
  const own = await showDetails(camille, name);
  await expect(own.getByText("La tournée du jeudi est décalée.")).toBeVisible();
  await expect(own.getByRole("button", { name: "Ne plus suivre" })).toBeVisible();
  await own.getByRole("button", { name: "J’aime" }).click();
  await expect(his.getByRole("button", { name: "J’aime (1)" })).toBeVisible();

  await own.getByRole("button", { name: "Ouvrir le fil" }).click();
  const thread = camille.locator(".pane--side");
  await expect(thread.getByRole("button", { name }).first()).toBeVisible();
  await thread.getByRole("button", { name }).first().click();
  await expect(camille.getByRole("complementary", { name: "Détails" })).toContainText(name);
});
