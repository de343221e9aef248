import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  blobIdSchema,
  createId,
  libraryItemIdSchema,
  libraryShareIdSchema,
  libraryVersionId,
  type LibraryItemId,
} from "#contract/ids.ts";
import { personScope, shareScope, type Scope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import type { Store } from "../store/store.ts";
import { rejected, rowOf, spaceOf } from "./places.ts";
import { TestWorkplace, type TestPerson } from "./workplace.ts";

const HOUR_MS = 3_600_000;

/** Files and folders given to people who do not read the library, over any store. */
export function describeShares(name: string, open: () => Promise<Store>): void {
  describe(`${name}: shares`, () => {
    let workplace: TestWorkplace;
    let ada: TestPerson;
    let bo: TestPerson;
    let cy: TestPerson;
    let scope: Scope;
    beforeAll(async () => {
      workplace = await TestWorkplace.open(await open());
      ada = await workplace.person("Ada");
      bo = await workplace.person("Bo");
      cy = await workplace.person("Cy");
      ({ scope } = await spaceOf(ada, [bo]));
    });
    afterAll(() => workplace.store.close());

    async function file(fileName: string, more: object = {}, by = ada, at = scope) {
      const id = libraryItemIdSchema.parse(createId());
      const blobId = await send(by, `texte de ${fileName}`, at);
      await by.does("file.add", at, { id, name: fileName, blobId, ...more });
      return { id, blobId };
    }

    async function folder(folderName: string, more: object = {}): Promise<LibraryItemId> {
      const id = libraryItemIdSchema.parse(createId());
      await ada.does("folder.create", scope, { id, name: folderName, ...more });
      return id;
    }

    async function share(itemId: string, more: object = {}, by = ada, at = scope) {
      const id = libraryShareIdSchema.parse(createId());
      await by.does("libraryShare.set", at, { id, itemId, personIds: [cy.id], right: "read", ...more });
      return { id, at: shareScope(id) };
    }

    async function seen(at: Scope): Promise<string[]> {
      const { rows } = await cy.syncPage({ scope: at });
      return rows
        .filter(({ collection, op }) => collection === "libraryItem" && op === "put")
        .map(({ data }) => String(data["name"]))
        .sort();
    }
    async function told(): Promise<string[]> {
      const { rows } = await cy.syncPage({ scope: personScope(cy.id) });
      return rows
        .filter(({ collection, op }) => collection === "notification" && op === "put")
        .map(({ data }) => String(data["excerpt"]));
    }

    test("a file is read by whom it is shared with, and by nobody else who has no share", async () => {
      const { id, blobId } = await file("Note.txt");
      const other = await file("Autre.txt");
      expect(await gets(cy, blobId)).toBe(false);
      const { at } = await share(id, { note: "Pour avis" });
      expect(await seen(at)).toEqual(["Note.txt"]);
      expect([await gets(cy, blobId), await gets(cy, other.blobId)]).toEqual([true, false]);
      expect([await reads(cy, scope), await reads(bo, at)]).toEqual([false, false]);
      const given = await rowOf(cy, at, "libraryShare", at.split(":")[1] ?? "");
      expect(given?.data).toMatchObject({ itemId: id, right: "read", note: "Pour avis", sharedBy: ada.id });
      expect(await told()).toContain("Note.txt");
    });

    test("of former versions nothing is given, and what comes after is", async () => {
      const { id, blobId } = await file("Budget.csv");
      const second = await send(ada, "deux", scope);
      await ada.does("file.write", scope, { id, blobId: second, baseVersion: 1 });
      const { at } = await share(id);
      expect([await gets(cy, blobId), await gets(cy, second)]).toEqual([false, true]);
      const third = await send(bo, "trois", scope);
      await bo.does("file.write", scope, { id, blobId: third, baseVersion: 2 });
      expect([await gets(cy, second), await gets(cy, third)]).toEqual([false, true]);
      expect((await rowOf(cy, at, "libraryVersion", libraryVersionId(id, 3)))?.data).toMatchObject({
        writtenBy: bo.id,
      });
    });

    test("a folder gives what lies in it and what is put there later, not what leaves it or is in the trash", async () => {
      const top = await folder("Chantier");
      const inside = await folder("Photos", { folderId: top });
      const { id: photo } = await file("Une.jpg", { folderId: inside });
      const { id: old } = await file("Vieux.txt", { folderId: top });
      await ada.does("libraryItem.trash", scope, { id: old });
      const { at } = await share(top);
      expect(await seen(at)).toEqual(["Chantier", "Photos", "Une.jpg"]);
      const { id: late } = await file("Plus tard.txt", { folderId: inside });
      await ada.does("libraryItem.restore", scope, { id: old });
      expect(await seen(at)).toEqual(["Chantier", "Photos", "Plus tard.txt", "Une.jpg", "Vieux.txt"]);
      await ada.does("libraryItem.move", scope, { id: inside, baseFolderId: top, folderId: null });
      expect(await seen(at)).toEqual(["Chantier", "Vieux.txt"]);
      await ada.does("libraryItem.move", scope, { id: inside, baseFolderId: null, folderId: top });
      await ada.does("libraryItem.trash", scope, { id: late });
      expect(await seen(at)).toEqual(["Chantier", "Photos", "Une.jpg", "Vieux.txt"]);
      await ada.does("libraryItem.trash", scope, { id: photo });
      expect(await seen(at)).toEqual(["Chantier", "Photos", "Vieux.txt"]);
    });

    test("in the trash with a folder above it, it is not there; out of it, it is again", async () => {
      const above = await folder("Archives");
      const { id, blobId } = await file("Bail.pdf", { folderId: above });
      const { at } = await share(id);
      await ada.does("libraryItem.trash", scope, { id: above });
      expect([await seen(at), await gets(cy, blobId)]).toEqual([[], false]);
      await ada.does("libraryItem.restore", scope, { id: above });
      expect([await seen(at), await gets(cy, blobId)]).toEqual([["Bail.pdf"], true]);
    });

    test("with the right to write, a version is written through it; without, nothing", async () => {
      const { id } = await file("Avis.odt");
      const { id: secret } = await file("Secret.odt");
      const reading = await share(id);
      const writing = await share(id, { right: "write" });
      const text = await send(cy, "relu par Cy", writing.at);
      const version = { id, blobId: text, baseVersion: 1 };
      expect(rejected(await cy.mutate("file.write", reading.at, version))).toBe("forbidden");
      expect(rejected(await cy.mutate("file.write", scope, version))).toBe("notFound");
      expect(rejected(await cy.mutate("file.write", writing.at, { ...version, id: secret }))).toBe(
        "notFound",
      );
      await cy.does("file.lock", writing.at, { id });
      expect(await bo.mutate("file.lock", scope, { id })).toMatchObject({ status: "conflict" });
      const changes = await cy.does("file.write", writing.at, version);
      expect(changes.map((row) => row.scope)).toContain(writing.at);
      expect(changes.map((row) => row.scope)).not.toContain(scope);
      await cy.does("file.unlock", writing.at, { id });
      expect((await rowOf(bo, scope, "libraryItem", id))?.data).toMatchObject({
        version: 2,
        modifiedBy: cy.id,
      });
      expect(await gets(bo, text)).toBe(true);
      const late = await cy.mutate("file.write", writing.at, version);
      expect(late).toMatchObject({
        status: "conflict",
        current: { scope: writing.at, data: { version: 2 } },
      });
      for (const command of ["libraryItem.trash", "libraryItem.preserve", "file.restoreVersion"])
        expect(rejected(await cy.mutate(command, writing.at, { ...version, version: 1 }))).toBe("badRequest");
      await ada.does("libraryShare.end", scope, { id: writing.id });
      expect([await gets(bo, text), (await bo.get(`/v1/blobs/${text}`)).status]).toEqual([true, 200]);
    });

    test("it is over when its time is, when it is ended, left, or given to others", async () => {
      const { id, blobId } = await file("Convention.pdf");
      const dated = await share(id, { expiresAt: toIsoTime(workplace.nowMs + HOUR_MS) });
      expect(await gets(cy, blobId)).toBe(true);
      workplace.nowMs += 2 * HOUR_MS;
      await workplace.app.runDue();
      expect([await reads(cy, dated.at), await gets(cy, blobId)]).toEqual([false, false]);
      expect(await told()).not.toContain("Convention.pdf");
      const ended = await share(id);
      await ada.does("libraryShare.end", scope, { id: ended.id });
      expect([await reads(cy, ended.at), await gets(cy, blobId)]).toEqual([false, false]);
      const left = await share(id, { personIds: [cy.id, (await workplace.person("Di")).id] });
      await cy.does("libraryShare.leave", left.at, {});
      expect(await reads(cy, left.at)).toBe(false);
      const given = await share(id);
      const di = await workplace.person("Di");
      const args = { id: given.id, itemId: id, personIds: [di.id], right: "read" };
      await ada.does("libraryShare.set", scope, args);
      expect([await reads(cy, given.at), await reads(di, given.at)]).toEqual([false, true]);
      expect(await told()).not.toContain("Convention.pdf");
    });

    test("how the space is marked goes along with what is shared of it, also later", async () => {
      const { id } = await file("Organigramme.txt");
      const { id: shareId, at } = await share(id);
      const level = async () => (await rowOf(cy, at, "libraryShare", shareId))?.data["classification"];
      expect(await level()).toBe("internal");
      const spaceId = scope.slice("space:".length);
      const mark = (before: string | null, after: string | null) =>
        ada.does("space.update", scope, {
          spaceId,
          base: { classification: before },
          changes: { classification: after },
        });
      await mark(null, "confidential");
      expect(await level()).toBe("confidential");
      await mark("confidential", null);
      expect(await level()).toBe("internal");
    });

    test("with its space, what was shared of it goes, and what was sent through it", async () => {
      const place = await spaceOf(ada, [bo]);
      const { id } = await file("Rapport.odt", {}, ada, place.scope);
      const { at } = await share(id, { right: "write" }, ada, place.scope);
      const blobId = await send(cy, "relu", at);
      await cy.does("file.write", at, { id, blobId, baseVersion: 1 });
      const deleteAt = toIsoTime(workplace.nowMs + 26 * HOUR_MS);
      await ada.does("space.archive", place.scope, { spaceId: place.spaceId, deleteAt });
      workplace.nowMs += 27 * HOUR_MS;
      await workplace.app.runDue();
      expect(await reads(cy, at)).toBe(false);
      expect(await workplace.store.blobs.state(blobIdSchema.parse(blobId))).toBeUndefined();
    });

    test("removed for good, it is shared with nobody, and its bytes go", async () => {
      const { id, blobId } = await file("Brouillon.txt");
      const { at } = await share(id);
      await ada.does("libraryItem.trash", scope, { id });
      await ada.does("libraryItem.remove", scope, { id });
      expect([await reads(cy, at), await gets(ada, blobId)]).toEqual([false, false]);
    });

    test("who may not share is told so, and nothing is shared", async () => {
      const { id } = await file("Marché.pdf", {}, bo);
      const args = { id: createId(), itemId: id, personIds: [cy.id], right: "read" };
      const guest = await workplace.person("Guest", { isGuest: true });
      expect(rejected(await cy.mutate("libraryShare.set", scope, args))).toBe("notFound");
      for (const personIds of [[guest.id], [bo.id], [createId()], []])
        expect(rejected(await bo.mutate("libraryShare.set", scope, { ...args, personIds }))).toBe(
          "badRequest",
        );
      const past = { ...args, expiresAt: toIsoTime(workplace.nowMs - 1) };
      expect(rejected(await bo.mutate("libraryShare.set", scope, past))).toBe("badRequest");
      await ada.does("libraryItem.update", scope, {
        id,
        base: {},
        changes: { classification: "restricted" },
      });
      expect(rejected(await bo.mutate("libraryShare.set", scope, args))).toBe("forbidden");
      await ada.does("libraryShare.set", scope, args);
      expect(rejected(await bo.mutate("libraryShare.end", scope, { id: args.id }))).toBe("forbidden");
      const own = await file("À moi.txt", {}, bo, personScope(bo.id));
      const { at } = await share(own.id, {}, bo, personScope(bo.id));
      expect(await seen(at)).toEqual(["À moi.txt"]);
    });
  });
}

async function send(by: TestPerson, text: string, at: Scope): Promise<string> {
  const id = createId();
  await by.put(`/v1/blobs/${id}?scope=${at}&name=f.txt`, text);
  return id;
}

async function reads(by: TestPerson, at: Scope): Promise<boolean> {
  return (await by.get(`/v1/sync?scope=${at}`)).status === 200;
}

async function gets(by: TestPerson, blobId: string): Promise<boolean> {
  return (await by.get(`/v1/blobs/${blobId}`)).status === 200;
}
