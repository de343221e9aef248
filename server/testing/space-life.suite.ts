import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createId, joinRequestId, spaceIdSchema } from "#contract/ids.ts";
import { DIRECTORY, personScope, scopeSchema } from "#contract/scope.ts";
import type { Store } from "../store/store.ts";
import { kindOf, upload } from "./communities.suite.ts";
import { newSpace } from "./events.suite.ts";
import { TestWorkplace, type TestPerson } from "./workplace.ts";

const DAY_MS = 24 * 3600 * 1000;

/** How a space changes hands, rests and ends, and the organisations around it, over any store. */
export function describeSpaceLife(name: string, open: () => Promise<Store>): void {
  describe(`${name}: the life of spaces`, () => {
    let workplace: TestWorkplace;
    let ada: TestPerson;
    let bo: TestPerson;
    let cy: TestPerson;
    let admin: TestPerson;
    let chief: TestPerson;
    let guest: TestPerson;
    beforeAll(async () => {
      workplace = await TestWorkplace.open(await open());
      ada = await workplace.person("Ada");
      bo = await workplace.person("Bo");
      cy = await workplace.person("Cy");
      admin = await workplace.person("Root", { roles: ["administrator"] });
      chief = await workplace.person("Chief", { roles: ["administrator"] });
      guest = await workplace.person("Guest", { isGuest: true });
    });
    afterAll(async () => {
      await workplace.app.close();
      await workplace.store.close();
    });

    const stored = (
      scope: string,
      collection: "space" | "channel" | "joinRequest" | "spaceRequest",
      id: string,
    ) => workplace.store.get(scopeSchema.parse(scope), collection, id);
    const canRead = (person: TestPerson, scope: string) =>
      workplace.store.canRead(person.id, scopeSchema.parse(scope));
    const timeIn = (ms: number) => new Date(workplace.nowMs + ms).toISOString();

    test("a guest's access ends by itself", async () => {
      const { spaceId, scope } = await newSpace(ada, "hidden");
      const adding = { spaceId, personId: guest.id, role: "guest" };
      expect(kindOf(await ada.mutate("membership.set", scope, { ...adding, expiresAt: timeIn(-1) }))).toBe(
        "badRequest",
      );
      const member = { spaceId, personId: bo.id, role: "member", expiresAt: timeIn(DAY_MS) };
      expect(kindOf(await ada.mutate("membership.set", scope, member))).toBe("badRequest");
      await ada.does("membership.set", scope, { ...adding, expiresAt: timeIn(DAY_MS) });
      await ada.does("membership.set", scope, { ...adding, expiresAt: timeIn(2 * DAY_MS) });
      workplace.nowMs += DAY_MS;
      await workplace.app.runDue();
      expect(await canRead(guest, scope)).toBe(true);
      workplace.nowMs += DAY_MS;
      await workplace.app.runDue();
      expect(await canRead(guest, scope)).toBe(false);
      expect((await stored(scope, "space", spaceId))?.data["memberCount"]).toBe(1);
    });

    test("a space is handed over to a member, and never left without an animator", async () => {
      const { spaceId, scope } = await newSpace(ada, "open");
      const to = (personId: string) => ada.mutate("space.transfer", scope, { spaceId, personId });
      expect(kindOf(await to(bo.id))).toBe("notFound");
      await ada.does("membership.set", scope, { spaceId, personId: guest.id, role: "guest" });
      expect(kindOf(await to(guest.id))).toBe("forbidden");
      await bo.does("space.join", scope, { spaceId });
      expect(kindOf(await bo.mutate("space.transfer", scope, { spaceId, personId: bo.id }))).toBe(
        "forbidden",
      );
      expect(kindOf(await ada.mutate("space.leave", scope, { spaceId }))).toBe("conflict");
      expect((await to(bo.id)).status).toBe("applied");
      expect([await canRead(bo, `desk:${spaceId}`), await canRead(ada, `desk:${spaceId}`)]).toEqual([
        true,
        false,
      ]);
      await ada.does("space.leave", scope, { spaceId });
      expect(kindOf(await bo.mutate("space.leave", scope, { spaceId }))).toBe("conflict");
    });

    test("an archived space is read and not written; restored, it goes on", async () => {
      const { spaceId, scope, channelId } = await newSpace(ada, "open");
      await bo.does("space.join", scope, { spaceId });
      await bo.sends(scope, channelId, "avant");
      expect(kindOf(await bo.mutate("space.archive", scope, { spaceId }))).toBe("forbidden");
      await ada.does("space.archive", scope, { spaceId });
      const said = { id: createId(), conversationId: channelId, body: "après" };
      expect(kindOf(await bo.mutate("message.send", scope, said))).toBe("forbidden");
      expect(kindOf(await cy.mutate("space.join", scope, { spaceId }))).toBe("forbidden");
      const renaming = { spaceId, base: { rules: null }, changes: { rules: "x" } };
      expect(kindOf(await ada.mutate("space.update", scope, renaming))).toBe("forbidden");
      expect((await bo.rows(scope, "message")).map((row) => row.data["body"])).toEqual(["avant"]);
      await ada.does("space.restore", scope, { spaceId });
      await bo.sends(scope, channelId, "encore");
    });

    test("a space is deleted when its time comes, unless it was restored: rows, readers, items and files", async () => {
      const { spaceId, scope, channelId } = await newSpace(ada, "onRequest");
      await bo.does("joinRequest.make", personScope(bo.id), { spaceId });
      await ada.does("membership.addMany", scope, { spaceId, personIds: [cy.id] });
      await ada.sends(scope, channelId, "à lire", { mentions: [{ kind: "person", personId: cy.id }] });
      const blobId = createId();
      await upload(ada, scope, blobId);
      const archive = (deleteAt: string) => ada.mutate("space.archive", scope, { spaceId, deleteAt });
      expect(kindOf(await archive(timeIn(-DAY_MS)))).toBe("badRequest");
      expect(kindOf(await archive(timeIn(DAY_MS - 1000)))).toBe("badRequest");
      expect((await archive(timeIn(DAY_MS))).status).toBe("applied");
      await ada.does("space.restore", scope, { spaceId });
      workplace.nowMs += 2 * DAY_MS;
      await workplace.app.runDue();
      expect(await canRead(cy, scope)).toBe(true);
      expect((await archive(timeIn(DAY_MS))).status).toBe("applied");
      workplace.nowMs += DAY_MS - 1;
      await workplace.app.runDue();
      expect(await canRead(cy, scope)).toBe(true);
      workplace.nowMs += 1;
      await workplace.app.runDue();
      for (const person of [ada, cy]) expect(await canRead(person, scope)).toBe(false);
      expect(await canRead(ada, `desk:${spaceId}`)).toBe(false);
      expect((await stored(DIRECTORY, "space", spaceId))?.op).toBe("delete");
      expect(await stored(scope, "space", spaceId)).toBeUndefined();
      for (const person of [ada, bo, cy]) {
        const items = (await person.rows(personScope(person.id), "notification")).filter(
          (row) => row.op === "put",
        );
        expect(items.filter((row) => JSON.stringify(row.data).includes(spaceId))).toEqual([]);
      }
      const id = joinRequestId(spaceIdSchema.parse(spaceId), bo.id);
      expect((await stored(personScope(bo.id), "joinRequest", id))?.op).toBe("delete");
      expect((await ada.get(`/v1/blobs/${blobId}`)).status).toBe(404);
      expect(await workplace.store.due(workplace.nowMs + 1000 * DAY_MS, 1000)).not.toContainEqual(
        expect.objectContaining({ key: expect.objectContaining({ id: spaceId }) }),
      );
    });

    test("an organisation is renamed for its people, and removed without them or its spaces", async () => {
      const id = createId();
      const save = (person: TestPerson, base: object, changes: object) =>
        person.mutate("organisation.save", DIRECTORY, { id, base, changes });
      expect(kindOf(await save(admin, {}, { spaceCreation: "everyone" }))).toBe("badRequest");
      expect((await save(admin, {}, { name: "Agence" })).status).toBe("applied");
      const agent = await workplace.person("Lise");
      expect(
        kindOf(await ada.mutate("person.assign", DIRECTORY, { personIds: [agent.id], organisationId: id })),
      ).toBe("forbidden");
      await admin.does("person.assign", DIRECTORY, { personIds: [agent.id], organisationId: id });
      expect((await save(chief, { name: "Agence" }, { name: "Agence de l’eau" })).status).toBe("applied");
      expect(await save(admin, { name: "Agence" }, { name: "Autre" })).toMatchObject({
        status: "conflict",
        current: { data: { name: "Agence de l’eau" } },
      });
      const person = async () => (await workplace.store.get(DIRECTORY, "person", agent.id))?.data;
      expect(await person()).toMatchObject({ organisationId: id, organisation: "Agence de l’eau" });
      const { spaceId, scope } = await newSpace(ada, "open");
      const belonging = { spaceId, base: { organisationIds: null }, changes: { organisationIds: [id] } };
      await ada.does("space.update", scope, belonging);
      await admin.does("organisation.remove", DIRECTORY, { id });
      expect(Object.keys((await person()) ?? {})).not.toContain("organisationId");
      expect((await stored(scope, "space", spaceId))?.data["organisationIds"]).toEqual([]);
      const nowhere = { personIds: [agent.id], organisationId: id };
      expect(kindOf(await admin.mutate("person.assign", DIRECTORY, nowhere))).toBe("notFound");
    });
  });
}
