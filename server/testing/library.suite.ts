import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { libraryItemSchema, TRASH_DAYS, type LibraryItem } from "#contract/entities/library.ts";
import { createId, libraryCopyId, libraryItemIdSchema, libraryVersionId } from "#contract/ids.ts";
import { personScope, type Scope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import { MOST_FOLDERS_DEEP } from "../rules/library.ts";
import type { Store } from "../store/store.ts";
import { rejected, rowOf, spaceOf } from "./places.ts";
import { TestWorkplace, type TestPerson } from "./workplace.ts";

const DAY_MS = 86_400_000;

/** Files and folders of spaces and people, over any store. */
export function describeLibrary(name: string, open: () => Promise<Store>): void {
  describe(`${name}: libraries`, () => {
    let workplace: TestWorkplace;
    let ada: TestPerson;
    let bo: TestPerson;
    let guest: TestPerson;
    let scope: Scope;
    beforeAll(async () => {
      workplace = await TestWorkplace.open(await open());
      ada = await workplace.person("Ada");
      bo = await workplace.person("Bo");
      guest = await workplace.person("Guest", { isGuest: true });
      const space = await spaceOf(ada, [bo]);
      scope = space.scope;
      const args = { spaceId: space.spaceId, personId: guest.id, role: "guest" };
      await ada.does("membership.set", scope, args);
    });
    afterAll(() => workplace.store.close());

    async function send(by: TestPerson, text: string, at = scope): Promise<string> {
      const id = createId();
      await by.put(`/v1/blobs/${id}?scope=${at}&name=f.txt`, text);
      return id;
    }

    async function file(by: TestPerson, fileName: string, more: object = {}, at = scope) {
      const id = libraryItemIdSchema.parse(createId());
      const blobId = await send(by, `texte de ${fileName}`, at);
      await by.does("file.add", at, { id, name: fileName, blobId, ...more });
      return { id, blobId };
    }

    async function folder(by: TestPerson, folderName: string, more: object = {}): Promise<string> {
      const id = createId();
      await by.does("folder.create", scope, { id, name: folderName, ...more });
      return id;
    }

    async function item(id: string, by = ada, at = scope): Promise<LibraryItem | undefined> {
      const row = await rowOf(by, at, "libraryItem", id);
      return row === undefined || row.op === "delete" ? undefined : libraryItemSchema.parse(row.data);
    }

    const statusOf = async (by: TestPerson, command: string, args: object) =>
      (await by.mutate(command, scope, args)).status;
    const refusal = async (by: TestPerson, command: string, args: object) =>
      rejected(await by.mutate(command, scope, args));
    const isSent = async (blobId: string) => (await ada.get(`/v1/blobs/${blobId}`)).status === 200;

    test("a file is what was sent, with its hash, and its first version stands beside it", async () => {
      const { id, blobId } = await file(bo, "Été.txt");
      const found = await item(id);
      expect(found).toMatchObject({ kind: "file", name: "Été.txt", version: 1, createdBy: bo.id });
      expect(found?.content).toMatchObject({ blobId, sizeBytes: 18, mediaType: "text/plain" });
      expect(found?.content?.sha256).toMatch(/^[0-9a-f]{64}$/);
      const version = await rowOf(ada, scope, "libraryVersion", libraryVersionId(id, 1));
      expect(version?.data).toMatchObject({ itemId: id, version: 1, writtenBy: bo.id });
    });

    test("bytes that were not wholly sent here are refused, and names that some system cannot hold", async () => {
      const elsewhere = await send(ada, "x", personScope(ada.id));
      const args = { id: createId(), name: "a.txt" };
      for (const blobId of [elsewhere, createId()])
        expect(await refusal(ada, "file.add", { ...args, blobId })).toBe("notFound");
      const blobId = await send(ada, "x");
      for (const wrong of ["", "..", "a/b", "a\0b", "CON", "fin.", " a", "é".repeat(128)]) {
        expect(await refusal(ada, "file.add", { ...args, blobId, name: wrong })).toBe("badRequest");
        expect(await refusal(ada, "folder.create", { id: createId(), name: wrong })).toBe("badRequest");
      }
    });

    test("a name taken in a folder conflicts with the item that has it, or gets a number", async () => {
      const inside = await folder(ada, "Comptes rendus");
      const { id } = await file(ada, "Séance.odt", { folderId: inside });
      const blobId = await send(ada, "autre");
      const again = { id: createId(), folderId: inside, name: "SE\u0301ANCE.odt", blobId };
      const result = await ada.mutate("file.add", scope, again);
      expect(result).toMatchObject({ status: "conflict", current: { id } });
      await ada.does("file.add", scope, { ...again, numbered: true });
      expect((await item(again.id))?.name).toBe("SE\u0301ANCE (2).odt");
      await file(ada, "Séance.odt");
    });

    test("who writes what another wrote since gets a conflict with it; what each wrote stays", async () => {
      const { id } = await file(ada, "Budget.csv");
      const [first, second] = [await send(bo, "un"), await send(ada, "deux")];
      await bo.does("file.write", scope, { id, blobId: first, baseVersion: 1, note: "relu" });
      const late = { id, blobId: second, baseVersion: 1 };
      expect(await ada.mutate("file.write", scope, late)).toMatchObject({
        status: "conflict",
        current: { data: { version: 2, modifiedBy: bo.id } },
      });
      await ada.does("file.restoreVersion", scope, { id, version: 1, baseVersion: 2 });
      const found = await item(id);
      const original = await rowOf(ada, scope, "libraryVersion", libraryVersionId(id, 1));
      expect(found?.version).toBe(3);
      expect(found?.content).toEqual(original?.data["content"]);
      const written = await rowOf(ada, scope, "libraryVersion", libraryVersionId(id, 2));
      expect(written?.data).toMatchObject({ note: "relu", content: { blobId: first } });
      expect(await refusal(ada, "file.restoreVersion", { id, version: 9, baseVersion: 3 })).toBe("notFound");
    });

    test("a copy has the present content under another id; the bytes stay until the last that has them is gone", async () => {
      const { id, blobId } = await file(bo, "Modèle.odt");
      await bo.does("libraryItem.update", scope, {
        id,
        base: {},
        changes: { isTemplate: true, labels: ["type"] },
      });
      const copy = libraryItemIdSchema.parse(createId());
      const args = { id: copy, sourceId: id, folderId: null };
      expect(await statusOf(ada, "libraryItem.copy", args)).toBe("conflict");
      await ada.does("libraryItem.copy", scope, { ...args, numbered: true });
      const made = await item(copy);
      expect(made).toMatchObject({ name: "Modèle (2).odt", labels: ["type"], version: 1, createdBy: ada.id });
      expect(made?.content?.blobId).toBe(blobId);
      expect(made?.isTemplate).toBeUndefined();
      for (const each of [id, copy]) {
        expect((await bo.get(`/v1/blobs/${blobId}`)).status).toBe(200);
        await ada.does("libraryItem.trash", scope, { id: each });
        await ada.does("libraryItem.remove", scope, { id: each });
      }
      expect((await bo.get(`/v1/blobs/${blobId}`)).status).toBe(404);
    });

    test("a folder is copied with what is in use in it, and never into itself", async () => {
      const source = await folder(ada, "Dossier type");
      const inner = await folder(ada, "Annexes", { folderId: source });
      const kept = await file(ada, "Plan.odt", { folderId: inner });
      const gone = await file(ada, "Brouillon.odt", { folderId: inner });
      await ada.does("libraryItem.trash", scope, { id: gone.id });
      const copy = libraryItemIdSchema.parse(createId());
      const args = { id: copy, sourceId: source, folderId: inner };
      expect(await refusal(ada, "libraryItem.copy", args)).toBe("badRequest");
      await ada.does("libraryItem.copy", scope, { ...args, folderId: null, name: "Dossier 2026" });
      const ids = [inner, kept.id].map((each) => libraryCopyId(copy, libraryItemIdSchema.parse(each)));
      expect(await item(ids[0] ?? "")).toMatchObject({ name: "Annexes", folderId: copy });
      expect(await item(ids[1] ?? "")).toMatchObject({ name: "Plan.odt", folderId: ids[0], version: 1 });
      expect(await item(libraryCopyId(copy, gone.id))).toBeUndefined();
      expect(await refusal(guest, "libraryItem.copy", { ...args, id: createId(), folderId: null })).toBe(
        "forbidden",
      );
    });

    test("a document is discussed in one thread, whoever begins it first; whoever made it hears of it", async () => {
      const { id } = await file(bo, "Projet de règlement.odt");
      const threadId = createId();
      await ada.does("libraryItem.discuss", scope, { id, messageId: threadId });
      await guest.does("libraryItem.discuss", scope, { id, messageId: createId() });
      const discussion = (await item(id))?.discussion;
      expect(discussion?.threadId).toBe(threadId);
      const place = { conversationId: discussion?.conversationId ?? "" };
      await ada.sends(scope, place.conversationId, "L’article 3 est à revoir.", { threadId });
      expect(await refusal(ada, "message.send", { ...place, id: createId(), body: "à côté" })).toBe(
        "forbidden",
      );
      expect(await refusal(bo, "message.delete", { ...place, id: threadId })).toBe("forbidden");
      const told = await rowOf(bo, personScope(bo.id), "follow", threadId);
      expect(told?.data).toMatchObject({ isFollowed: true });
      await ada.does("libraryItem.copy", scope, {
        id: createId(),
        sourceId: id,
        folderId: null,
        numbered: true,
      });
      const home = personScope(ada.id);
      const own = await file(ada, "Pour moi.txt", {}, home);
      const begun = { id: own.id, messageId: createId() };
      expect(["badRequest", "notFound"]).toContain(
        rejected(await ada.mutate("libraryItem.discuss", home, begun)),
      );
    });

    test("checked out, a file is written by its holder alone, until it is given back or its time is over", async () => {
      const { id } = await file(ada, "Plan.odt");
      await bo.does("file.lock", scope, {
        id,
        expiresAt: toIsoTime(workplace.nowMs + DAY_MS),
        note: "je relis",
      });
      const blobId = await send(guest, "guest");
      expect(await statusOf(guest, "file.write", { id, blobId, baseVersion: 1 })).toBe("conflict");
      expect(await statusOf(guest, "file.lock", { id })).toBe("conflict");
      expect(await refusal(guest, "file.unlock", { id })).toBe("forbidden");
      const own = await send(bo, "bo");
      await bo.does("file.write", scope, { id, blobId: own, baseVersion: 1 });
      workplace.nowMs += 2 * DAY_MS;
      expect(await statusOf(guest, "file.write", { id, blobId, baseVersion: 2 })).toBe("applied");
      await bo.does("file.lock", scope, { id });
      await ada.does("file.unlock", scope, { id });
      expect((await item(id))?.lock).toBeUndefined();
    });

    test("fields changed by two people meet; of two who change the same one the second gets a conflict", async () => {
      const { id } = await file(ada, "Note.md");
      await ada.does("libraryItem.update", scope, { id, base: {}, changes: { labels: ["voirie"] } });
      const rename = { id, base: { name: "Note.md" }, changes: { name: "Note de service.md" } };
      await bo.does("libraryItem.update", scope, rename);
      const other = { id, base: { name: "Note.md" }, changes: { name: "Autre.md" } };
      expect(await statusOf(ada, "libraryItem.update", other)).toBe("conflict");
      expect(await item(id)).toMatchObject({ name: "Note de service.md", labels: ["voirie"] });
      const wrong = { id, base: {}, changes: { version: 9 } };
      expect(await refusal(ada, "libraryItem.update", wrong)).toBe("badRequest");
    });

    test("an item is moved once; never into itself, into a file or deeper than anybody reads", async () => {
      const [from, into] = [await folder(ada, "Départ"), await folder(ada, "Arrivée")];
      const { id } = await file(ada, "Voyage.txt", { folderId: from });
      const move = { id, baseFolderId: from, folderId: into };
      await ada.does("libraryItem.move", scope, move);
      await bo.does("libraryItem.move", scope, move);
      expect((await item(id))?.folderId).toBe(into);
      expect(await statusOf(bo, "libraryItem.move", { ...move, folderId: null })).toBe("conflict");
      const child = await folder(ada, "Dedans", { folderId: into });
      const inItself = { id: into, baseFolderId: null, folderId: child };
      expect(await refusal(ada, "libraryItem.move", inItself)).toBe("badRequest");
      const inFile = { id: child, baseFolderId: into, folderId: id };
      expect(await refusal(ada, "libraryItem.move", inFile)).toBe("badRequest");
      let deepest: string | undefined;
      for (let depth = 0; depth < MOST_FOLDERS_DEEP; depth += 1)
        deepest = await folder(ada, "n", deepest === undefined ? { name: "Profond" } : { folderId: deepest });
      const deeper = { id: createId(), name: "n", folderId: deepest };
      expect(await refusal(ada, "folder.create", deeper)).toBe("badRequest");
      const deepMove = { id: into, baseFolderId: null, folderId: deepest };
      expect(await refusal(ada, "libraryItem.move", deepMove)).toBe("badRequest");
    });

    test("a folder in the trash takes what it contains along, frees its name and comes back beside another", async () => {
      const id = await folder(ada, "Archives");
      const inside = await file(ada, "Vieux.txt", { folderId: id });
      await bo.does("libraryItem.trash", scope, { id });
      const blobId = await send(ada, "x");
      const write = { id: inside.id, blobId, baseVersion: 1 };
      expect(await refusal(ada, "file.write", write)).toBe("notFound");
      await folder(ada, "Archives");
      await ada.does("libraryItem.restore", scope, { id });
      expect((await item(id))?.name).toBe("Archives (2)");
      expect(await statusOf(ada, "file.write", write)).toBe("applied");
    });

    test("what is restored from a folder that is gone comes back at the top", async () => {
      const id = await folder(ada, "Éphémère");
      const inside = await file(ada, "Rescapé.txt", { folderId: id });
      await ada.does("libraryItem.trash", scope, { id: inside.id });
      await ada.does("libraryItem.trash", scope, { id });
      await ada.does("libraryItem.restore", scope, { id: inside.id });
      expect(await item(inside.id)).not.toHaveProperty("folderId");
    });

    test("what lies in the trash goes for good with every version and its bytes, at once or in time", async () => {
      const id = await folder(ada, "Brouillons");
      const { id: fileId, blobId } = await file(ada, "Essai.txt", { folderId: id });
      const second = await send(ada, "deux");
      await ada.does("file.write", scope, { id: fileId, blobId: second, baseVersion: 1 });
      expect(await refusal(ada, "libraryItem.remove", { id })).toBe("forbidden");
      await ada.does("libraryItem.trash", scope, { id });
      await ada.does("libraryItem.remove", scope, { id });
      expect([await item(id), await item(fileId)]).toEqual([undefined, undefined]);
      expect([await isSent(blobId), await isSent(second)]).toEqual([false, false]);
      const forgotten = await file(ada, "Oublié.txt");
      await ada.does("libraryItem.trash", scope, { id: forgotten.id });
      workplace.nowMs += (TRASH_DAYS + 1) * DAY_MS;
      await workplace.app.runDue();
      expect(await item(forgotten.id)).toBeUndefined();
      expect(await isSent(forgotten.blobId)).toBe(false);
    });

    test("what is preserved is neither written, moved, renamed, trashed nor let go of earlier, by anybody", async () => {
      const id = await folder(ada, "Marchés");
      const kept = await file(ada, "Signé.pdf", { folderId: id });
      const until = toIsoTime(workplace.nowMs + 10 * DAY_MS);
      expect(await refusal(bo, "libraryItem.preserve", { id: kept.id, until })).toBe("forbidden");
      await ada.does("libraryItem.preserve", scope, { id: kept.id, until, reason: "marché public" });
      const sooner = { id: kept.id, until: toIsoTime(workplace.nowMs + DAY_MS) };
      expect(await refusal(ada, "libraryItem.preserve", sooner)).toBe("badRequest");
      const blobId = await send(ada, "x");
      const attempts: [string, object][] = [
        ["file.write", { id: kept.id, blobId, baseVersion: 1 }],
        ["file.restoreVersion", { id: kept.id, version: 1, baseVersion: 1 }],
        ["libraryItem.update", { id: kept.id, base: {}, changes: { description: "d" } }],
        ["libraryItem.move", { id: kept.id, baseFolderId: id, folderId: null }],
        ["libraryItem.trash", { id: kept.id }],
        ["libraryItem.trash", { id }],
      ];
      for (const [command, args] of attempts)
        expect([command, await refusal(ada, command, args)]).toEqual([command, "forbidden"]);
      workplace.nowMs += 11 * DAY_MS;
      await ada.does("libraryItem.trash", scope, { id });
    });

    test("guests add and write files, and change or take away only their own", async () => {
      const { id } = await file(ada, "Convention.odt");
      const blobId = await send(guest, "relu");
      await guest.does("file.write", scope, { id, blobId, baseVersion: 1 });
      expect(await refusal(guest, "libraryItem.trash", { id })).toBe("forbidden");
      const rename = { id, base: { name: "Convention.odt" }, changes: { name: "x.odt" } };
      expect(await refusal(guest, "libraryItem.update", rename)).toBe("forbidden");
      const own = await file(guest, "Annexe.odt");
      await guest.does("libraryItem.trash", scope, { id: own.id });
      const home = personScope(guest.id);
      expect(rejected(await guest.mutate("folder.create", home, { id: createId(), name: "n" }))).toBe(
        "forbidden",
      );
    });

    test("one's own library is one's own, and an archived space's stays as it is", async () => {
      const home = personScope(bo.id);
      const { id } = await file(bo, "Privé.txt", {}, home);
      expect(await item(id, bo, home)).toMatchObject({ name: "Privé.txt" });
      expect(rejected(await ada.mutate("libraryItem.trash", home, { id }))).toBe("badRequest");
      const space = await spaceOf(ada, [bo]);
      const late = await file(bo, "Fin.txt", {}, space.scope);
      await ada.does("space.archive", space.scope, { spaceId: space.spaceId });
      expect(rejected(await bo.mutate("libraryItem.trash", space.scope, { id: late.id }))).toBe("forbidden");
    });
  });
}
