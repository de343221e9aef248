import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createId, libraryItemIdSchema, messageIdSchema, savedItemId } from "#contract/ids.ts";
import { personScope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import { BY_NAME, LibraryDesk } from "./library.ts";

let desk: LibraryDesk;

beforeEach(async () => {
  desk = await LibraryDesk.open();
});

afterEach(async () => {
  await desk.close();
});

const names = (view: { items: { item: { name: string } }[] }) => view.items.map(({ item }) => item.name);

describe("a library offline", () => {
  it("shows what was made, moved, renamed and trashed at once, and the same once the server has it", async () => {
    const kept = await desk.file("Ancien.odt");
    await desk.settled();
    await desk.disconnect();
    const year = await desk.folder("2026");
    const inner = await desk.folder("Séances", year);
    const file = await desk.file("Compte rendu.odt", inner);
    await desk.mutate("libraryItem.move", { id: kept, baseFolderId: null, folderId: inner });
    const rename = { base: { name: "Compte rendu.odt" }, changes: { name: "CR.odt", labels: ["voirie"] } };
    await desk.mutate("libraryItem.update", { id: file, ...rename });
    const view = desk.view(inner);
    await view.until((each) => names(each).join() === "Ancien.odt,CR.odt");
    expect(view.info.path.map(({ name }) => name)).toEqual(["2026", "Séances"]);
    expect(view.info.canWrite).toBe(true);
    expect(view.items.map(({ pending }) => pending?.status)).toEqual(["waiting", "waiting"]);
    const made = view.items[1];
    expect(made).toMatchObject({ bytes: { isSent: false, sha256: null }, upload: { state: "waiting" } });
    const shown = await desk.shown();
    await desk.restart();
    expect(await desk.shown()).toEqual(shown);
    await desk.connect();
    expect(await desk.stored()).toEqual(shown);
    await desk.view(inner).until((each) => each.items.every(({ pending }) => pending === null));
    await desk.agrees();
  });

  it("numbers, copies, trashes and restores as the server will", async () => {
    const source = await desk.folder("Modèle");
    await desk.file("Fiche.odt", source);
    await desk.settled();
    await desk.disconnect();
    await desk.folder("Modèle", undefined, { numbered: true });
    const copy = libraryItemIdSchema.parse(createId());
    const args = { sourceId: source, folderId: null, name: "Modèle", numbered: true };
    await desk.mutate("libraryItem.copy", { id: copy, ...args });
    await desk.mutate("libraryItem.trash", { id: source });
    await desk.folder("Modèle");
    await desk.mutate("libraryItem.restore", { id: source });
    const view = desk.view();
    await view.until((each) => names(each).join() === "Modèle,Modèle (2),Modèle (3),Modèle (4)");
    const shown = await desk.shown();
    expect(shown).toHaveLength(6);
    await desk.connect();
    expect(await desk.stored()).toEqual(shown);
  });

  it("keeps what was refused where it was to lie, with what was put into it, until the person has decided", async () => {
    await desk.disconnect();
    const late = await desk.folder("Budget");
    const inside = await desk.file("Note.txt", late);
    await desk.workplace.mutate(desk.workplace.ben, "folder.create", desk.scope, {
      id: createId(),
      name: "BUDGET",
    });
    await desk.client.call("sync.retry", {});
    const reconnect = desk.connect().catch(() => undefined);
    const view = desk.view();
    await view.until(({ items }) => items.some(({ refused }) => refused.length > 0));
    const phantom = view.items.find(({ item }) => item.id === late);
    expect(phantom?.refused[0]).toMatchObject({ name: "folder.create", status: "conflict" });
    expect(names(view).toSorted()).toEqual(["BUDGET", "Budget"]);
    const mutationId = phantom?.refused[0]?.mutationId;
    if (mutationId === undefined) throw new Error("nothing was refused");
    await desk.client.call("outbox.retry", { mutationId, changes: { numbered: true } });
    await desk.settled();
    await reconnect;
    await view.until((each) => names(each).join() === "BUDGET,Budget (2)");
    const rows = await desk.rows();
    expect(rows.find(({ id }) => id === inside)?.folderId).toBe(late);
  });

  it("gives up what was put into a folder together with the folder", async () => {
    await desk.disconnect();
    const late = await desk.folder("Budget");
    await desk.file("Note.txt", await desk.folder("Annexes", late));
    const outbox = desk.client.query("outbox", {});
    await outbox.until(({ items }) => items.length === 3);
    const mutationId = outbox.items[0]?.mutationId;
    if (mutationId === undefined) throw new Error("nothing waits");
    await desk.client.call("outbox.discard", { mutationId });
    await outbox.until(({ items }) => items.length === 0);
    await desk.client.query("uploads", {}).until(({ items }) => items.length === 0);
    await desk.connect();
    expect(await desk.rows()).toEqual([]);
  });
});

describe("files on their way", () => {
  it("a large one holds up neither what is said in its space nor the other files", async () => {
    const large = await desk.keep(new Uint8Array(3 * 1024 * 1024));
    await desk.client.call("upload.pause", { blobId: large });
    await desk.mutate("file.add", { id: createId(), name: "Vidéo.mp4", blobId: large });
    await desk.file("Note.txt");
    const message = { id: messageIdSchema.parse(createId()), conversationId: desk.workplace.channelId };
    await desk.mutate("message.send", { ...message, body: "bonjour" });
    const view = desk.view();
    await view.until(({ items }) => items[0]?.pending === null && items.length === 2);
    expect(names(view)).toEqual(["Note.txt", "Vidéo.mp4"]);
    expect(view.items[1]?.upload).toMatchObject({ isPaused: true });
    await desk.restart();
    const after = desk.view();
    await after.until(({ items }) => items[1]?.upload?.isPaused === true);
    await desk.client.call("upload.resume", { blobId: large });
    await desk.settled();
    await after.until(({ items }) => items.every(({ bytes }) => bytes?.isSent === true));
    expect(await desk.workplace.bodies()).toEqual(["bonjour"]);
  });

  it("of a folder that were kept when the program ended all arrive, in the folders in which they were put", async () => {
    await desk.disconnect();
    const batch = { id: createId(), name: "Chantier", files: 40 };
    const top = await desk.folder("Chantier");
    const folders = [top, await desk.folder("Photos", top), await desk.folder("Plans", top)];
    for (let number = 1; number <= 25; number += 1) {
      const blobId = await desk.keep(`photo ${number}`, { batch: { ...batch, number } });
      const args = { id: createId(), name: `Photo ${number}.jpg`, folderId: folders[number % 3], blobId };
      await desk.mutate("file.add", args);
    }
    await desk.restart();
    const batches = desk.client.query("uploadBatches", {});
    await batches.until(({ items }) => items[0]?.keptFiles === 25);
    expect(batches.items[0]).toMatchObject({ name: "Chantier", files: 40, doneFiles: 0 });
    await desk.connect();
    await batches.until(({ items }) => items.length === 0);
    expect(await desk.rows()).toHaveLength(28);
    await desk.view(top).until(({ items }) => items.length === 10);
    await desk.agrees();
  });

  it("are given up together with the writes that name them", async () => {
    await desk.disconnect();
    const batch = { id: createId(), name: "Chantier", files: 3 };
    for (let number = 1; number <= 3; number += 1) {
      const blobId = await desk.keep(`photo ${number}`, { batch: { ...batch, number } });
      await desk.mutate("file.add", { id: createId(), name: `${number}.jpg`, blobId });
    }
    await desk.view().until(({ items }) => items.length === 3);
    await desk.client.call("uploadBatch.cancel", { batchId: batch.id });
    await desk.view().until(({ items }) => items.length === 0);
    await desk.client.query("uploadBatches", {}).until(({ items }) => items.length === 0);
    await desk.connect();
    expect(await desk.rows()).toEqual([]);
  });
});

describe("lists", () => {
  it("order numbers as numbers, folders first, and turn around", async () => {
    for (const name of ["Annexe 10.txt", "annexe 2.txt", "Éclairage.txt"]) await desk.file(name);
    await desk.folder("Zone");
    await desk.settled();
    const view = desk.view();
    await view.until(({ items }) => items.length === 4);
    expect(names(view)).toEqual(["Zone", "annexe 2.txt", "Annexe 10.txt", "Éclairage.txt"]);
    const down = desk.view(null, { by: "name", isDescending: true });
    await down.until(({ items }) => items.length === 4);
    expect(names(down)).toEqual(["Zone", "Éclairage.txt", "Annexe 10.txt", "annexe 2.txt"]);
    const sizes = desk.view(null, { by: "size", isDescending: true });
    await sizes.until(({ items }) => items.length === 4);
    expect(names(sizes)).toEqual(["Zone", "Éclairage.txt", "Annexe 10.txt", "annexe 2.txt"]);
    const filter = { text: "annexe 1", kinds: ["text" as const] };
    const few = desk.client.query("folder", { scope: desk.scope, folderId: null, sort: BY_NAME, filter });
    await few.until(({ info }) => info.count === 1);
    expect(names(few)).toEqual(["Annexe 10.txt"]);
  });

  it("find by words of the name, labels and description, accents and case aside", async () => {
    const folder = await desk.folder("Élections");
    const file = await desk.file("Procès-verbal.odt", folder);
    await desk.file("Autre.odt");
    const changes = { labels: ["scrutin"], description: "Bureau n° 4, école des Érables" };
    await desk.mutate("libraryItem.update", { id: file, base: {}, changes });
    const search = (text: string) => desk.client.query("documentSearch", { text, limit: 20 });
    for (const text of ["PROCES verb", "scrutin", "erables", "verbal SCRUT"]) {
      const view = search(text);
      await view.until(({ items }) => items.length === 1);
      expect(view.items[0]?.place).toMatchObject({
        name: "Voirie",
        path: [{ id: folder, name: "Élections" }],
      });
    }
    await search("inconnu").until(({ info }) => info.count === 0);
    await desk.mutate("libraryItem.trash", { id: folder });
    await search("proces").until(({ items }) => items.length === 0);
  });

  it("tell libraries, what is recent, saved, in the trash, and templates", async () => {
    const file = await desk.file("Modèle de note.odt");
    const other = await desk.file("Brouillon.txt");
    await desk.mutate("libraryItem.update", { id: file, base: {}, changes: { isTemplate: true } });
    const object = { kind: "row", scope: desk.scope, collection: "libraryItem", id: file };
    await desk.mutate("item.save", { object }, personScope(desk.workplace.ada));
    await desk.mutate("libraryItem.trash", { id: other });
    const libraries = desk.client.query("libraries", {});
    await libraries.until(({ items }) => items[1]?.files === 1 && items[1].trashed === 1);
    expect(libraries.items.map(({ isOwn }) => isOwn)).toEqual([true, false]);
    for (const view of [
      desk.client.query("templates", {}),
      desk.client.query("favourites", {}),
      desk.client.query("recent", { of: "mine", limit: 10 }),
    ])
      await view.until(({ items }) => items.length === 1 && items[0]?.item.id === file);
    const trash = desk.client.query("trash", { scope: desk.scope });
    await trash.until(({ items }) => items.length === 1);
    expect(trash.items[0]).toMatchObject({ item: { id: other }, obstacle: "inTrash" });
    await desk.settled();
    const one = desk.client.query("document", { scope: desk.scope, itemId: file });
    await one.until(({ info }) => info.document?.isFavourite === true);
    expect(one.info).toMatchObject({ createdBy: { displayName: "Ada Lovelace" }, versionCount: 1 });
    expect(savedItemId(desk.workplace.ada, file)).not.toBe("");
  });

  it("tell what stands against a change: locks, preservation, also of what lies in a folder", async () => {
    const folder = await desk.folder("Marchés");
    const file = await desk.file("Acte.pdf", folder);
    await desk.settled();
    const { ben } = desk.workplace;
    const until = toIsoTime(Date.now() + 86_400_000);
    await desk.workplace.mutate(ben, "file.lock", desk.scope, { id: file, note: "je relis" });
    const view = desk.view(folder);
    await view.until(({ items }) => items[0]?.obstacle === "lockedByOther");
    expect(view.info.people[ben]?.displayName).toBe("Bénédicte Œuvrard");
    await desk.workplace.mutate(ben, "libraryItem.preserve", desk.scope, { id: file, until });
    await view.until(({ items }) => items[0]?.obstacle === "preserved");
    const top = desk.view();
    await top.until(({ items }) => items[0]?.trashObstacle === "preserved");
    expect(top.items[0]?.obstacle).toBe(null);
  });
});

describe("a discussion", () => {
  it("of a document is a thread that is not among the conversations, with its comments counted", async () => {
    const file = await desk.file("Projet.odt");
    await desk.settled();
    const { ben, ada } = desk.workplace;
    const threadId = messageIdSchema.parse(createId());
    await desk.mutate("libraryItem.discuss", { id: file, messageId: threadId });
    const one = desk.client.query("document", { scope: desk.scope, itemId: file });
    await one.until(({ info }) => info.discussion !== null);
    const conversationId = one.info.discussion?.conversationId;
    if (conversationId === undefined) throw new Error("there is no discussion");
    const reply = { id: createId(), conversationId, threadId, body: "L’article 3 est à revoir." };
    await desk.workplace.mutate(ben, "message.send", desk.scope, reply);
    await one.until(({ info }) => info.discussion?.comments === 1 && info.discussion.isFollowed);
    const thread = desk.client.query("timeline", { conversationId, threadId, at: "end", count: 10 });
    await thread.until(({ items }) => items.at(-1)?.message.body === reply.body);
    expect(thread.info.root?.author.id).toBe(ada);
    const link = thread.info.root?.message.body ?? "";
    const card = desk.client.query("card", { link });
    await card.until(({ info }) => info.card?.title === "Projet.odt");
    expect(card.info.card).toMatchObject({
      excerpt: "Voirie",
      object: { collection: "libraryItem", id: file },
    });
    const conversations = desk.client.query("conversations", {});
    await conversations.until(({ items }) => items.length > 0);
    expect(conversations.items.map((each) => each.conversationId)).toEqual([desk.workplace.channelId]);
  });
});
