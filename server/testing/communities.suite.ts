import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Envelope } from "#contract/envelope.ts";
import { createId, joinRequestId, membershipId, spaceIdSchema, wallId } from "#contract/ids.ts";
import type { MutationResult } from "#contract/mutations.ts";
import { ADMINISTRATION, DIRECTORY, personScope, scopeSchema } from "#contract/scope.ts";
import type { Store } from "../store/store.ts";
import { newSpace } from "./events.suite.ts";
import { TestWorkplace, type TestPerson } from "./workplace.ts";

/** Spaces and who runs them: settings, members, requests, the end of a space, organisations, over any store. */
export function describeCommunities(name: string, open: () => Promise<Store>): void {
  describe(`${name}: communities`, () => {
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

    test("a space stands in its own scope and in the directory, alike, with a wall and a desk", async () => {
      const { spaceId, scope } = await newSpace(ada, "open");
      const own = (await stored(scope, "space", spaceId))?.data;
      expect(own).toMatchObject({ memberCount: 1, createdBy: ada.id });
      expect((await stored(DIRECTORY, "space", spaceId))?.data).toEqual(own);
      const wall = wallId(spaceIdSchema.parse(spaceId));
      expect((await stored(scope, "channel", wall))?.data).toMatchObject({ kind: "wall", spaceId });
      expect(await canRead(ada, `desk:${spaceId}`)).toBe(true);
      await bo.does("space.join", scope, { spaceId });
      expect(await canRead(bo, `desk:${spaceId}`)).toBe(false);
      expect((await stored(DIRECTORY, "space", spaceId))?.data["memberCount"]).toBe(2);
      await bo.does("space.leave", scope, { spaceId });
      expect((await stored(scope, "space", spaceId))?.data["memberCount"]).toBe(1);
    });

    test("how a space is marked stands wherever it does, and is its animators' to say", async () => {
      const { spaceId, scope } = await newSpace(ada, "open");
      await bo.does("space.join", scope, { spaceId });
      const mark = { spaceId, base: { classification: null }, changes: { classification: "restricted" } };
      expect(kindOf(await bo.mutate("space.update", scope, mark))).toBe("forbidden");
      await ada.does("space.update", scope, mark);
      for (const each of [scope, DIRECTORY])
        expect((await stored(each, "space", spaceId))?.data["classification"]).toBe("restricted");
      const wrong = { spaceId, base: mark.changes, changes: { classification: "secret" } };
      expect(kindOf(await ada.mutate("space.update", scope, wrong))).toBe("badRequest");
      const marked = { id: createId(), name: "Cabinet", kind: "service", visibility: "hidden" };
      await ada.does("space.create", DIRECTORY, { ...marked, classification: "confidential" });
      const made = await stored(`space:${marked.id}`, "space", marked.id);
      expect(made?.data["classification"]).toBe("confidential");
    });

    test("a template gives what its maker does not; a missing one is said so", async () => {
      const template = {
        id: "projet",
        name: "Projet",
        space: { kind: "project", visibility: "onRequest", welcome: "Bienvenue", sections: ["À la une"] },
        channels: [{ name: "Général" }, { name: "Suivi", topic: "Où en est-on ?" }],
      };
      expect(kindOf(await ada.mutate("spaceTemplate.save", DIRECTORY, template))).toBe("forbidden");
      await admin.does("spaceTemplate.save", DIRECTORY, template);
      const id = createId();
      const making = { id, name: "Voirie", kind: "service", visibility: "open", templateId: "projet" };
      await ada.does("space.create", DIRECTORY, making);
      const space = (await stored(`space:${id}`, "space", id))?.data;
      expect(space).toMatchObject({ kind: "service", visibility: "open", welcome: "Bienvenue" });
      const channels = (await ada.rows(`space:${id}`, "channel")).map((row) => String(row.data["name"]));
      expect(channels.toSorted()).toEqual(["Général", "Suivi", "wall"]);
      const missing = { ...making, id: createId(), templateId: "rien" };
      expect(await ada.mutate("space.create", DIRECTORY, missing)).toMatchObject({
        status: "rejected",
        error: { kind: "notFound", pointer: "args.templateId" },
      });
      const forged = { ...making, id: createId(), memberCount: 900, archivedAt: timeIn(0), junk: 1 };
      await ada.does("space.create", DIRECTORY, forged);
      const made = (await stored(`space:${forged.id}`, "space", forged.id))?.data;
      expect(made).toMatchObject({ memberCount: 1 });
      expect(Object.keys(made ?? {})).not.toContain("archivedAt");
      expect(Object.keys(made ?? {})).not.toContain("junk");
    });

    test("where an organisation wants requests, its people ask and an administrator decides, once", async () => {
      const organisationId = createId();
      const changes = { name: "Mairie", spaceCreation: "onRequest" };
      expect(
        kindOf(await ada.mutate("organisation.save", DIRECTORY, { id: organisationId, base: {}, changes })),
      ).toBe("forbidden");
      await admin.does("organisation.save", DIRECTORY, { id: organisationId, base: {}, changes });
      const agent = await workplace.person("Agent");
      await admin.does("person.assign", DIRECTORY, { personIds: [agent.id], organisationId });
      const space = { name: "Cantine", kind: "community", visibility: "open" };
      expect(kindOf(await agent.mutate("space.create", DIRECTORY, { id: createId(), ...space }))).toBe(
        "forbidden",
      );

      const own = personScope(agent.id);
      const id = createId();
      const request = { id, space, purpose: "Les menus", audience: "Tous" };
      expect(kindOf(await guest.mutate("spaceRequest.make", personScope(guest.id), request))).toBe(
        "forbidden",
      );
      await agent.does("spaceRequest.make", own, request);
      for (const each of [admin, chief]) {
        expect(await inbox(each, "spaceRequest")).toContainEqual(
          expect.objectContaining({ excerpt: "Cantine", actorId: agent.id }),
        );
      }
      expect((await admin.rows(ADMINISTRATION, "spaceRequest")).map((row) => row.id)).toContain(id);
      expect((await agent.get(`/v1/sync?scope=${ADMINISTRATION}`)).status).toBe(403);

      const spaceId = createId();
      const decision = { id, decision: "accepted", spaceId };
      expect(kindOf(await agent.mutate("spaceRequest.decide", ADMINISTRATION, decision))).toBe("forbidden");
      await admin.does("spaceRequest.decide", ADMINISTRATION, decision);
      expect((await stored(own, "spaceRequest", id))?.data).toMatchObject({ state: "accepted", spaceId });
      expect((await stored(ADMINISTRATION, "spaceRequest", id))?.data).toEqual(
        (await stored(own, "spaceRequest", id))?.data,
      );
      expect((await agent.rows(`space:${spaceId}`, "membership")).map((row) => row.data["role"])).toEqual([
        "animator",
      ]);
      for (const each of [admin, chief]) {
        const asked = (await inbox(each, "spaceRequest")).filter((item) => item["actorId"] === agent.id);
        expect(asked.map((item) => typeof item["doneAt"])).toEqual(["string"]);
      }
      expect(await inbox(agent, "decision")).toMatchObject([{ actorId: admin.id, spaceId }]);

      const again = await chief.mutate("spaceRequest.decide", ADMINISTRATION, {
        ...decision,
        spaceId: createId(),
      });
      expect(again.status).toBe("applied");
      const other = await chief.mutate("spaceRequest.decide", ADMINISTRATION, { id, decision: "refused" });
      expect(other).toMatchObject({ status: "conflict", current: { data: { state: "accepted" } } });
      expect((await agent.mutate("spaceRequest.withdraw", own, { id })).status).toBe("conflict");
    });

    test("a refusal says why; a request taken back leaves no inbox behind", async () => {
      const space = { name: "Jardin", kind: "community", visibility: "open" };
      const [kept, taken] = [createId(), createId()];
      for (const id of [kept, taken]) {
        await bo.does("spaceRequest.make", personScope(bo.id), { id, space, purpose: "Semer" });
      }
      const withoutId = { id: kept, decision: "accepted" };
      expect(kindOf(await admin.mutate("spaceRequest.decide", ADMINISTRATION, withoutId))).toBe("badRequest");
      const refusal = { id: kept, decision: "refused", reason: "Il y en a un." };
      await admin.does("spaceRequest.decide", ADMINISTRATION, refusal);
      expect(await inbox(bo, "decision")).toContainEqual(
        expect.objectContaining({ excerpt: "Il y en a un." }),
      );
      await bo.does("spaceRequest.withdraw", personScope(bo.id), { id: taken });
      const objects = (await inbox(chief, "spaceRequest")).map((item) => JSON.stringify(item["object"]));
      expect(objects.some((object) => object.includes(taken))).toBe(false);
      const decision = { id: taken, decision: "refused" };
      expect((await admin.mutate("spaceRequest.decide", ADMINISTRATION, decision)).status).toBe("conflict");
    });

    test("open is joined, on request is asked, hidden does not exist", async () => {
      const [opened, asked, hidden] = [
        await newSpace(ada, "open"),
        await newSpace(ada, "onRequest"),
        await newSpace(ada, "hidden"),
      ];
      const own = personScope(cy.id);
      const joined = await cy.does("joinRequest.make", own, { spaceId: opened.spaceId });
      expect(joined.map((row) => row.id)).toContain(membershipId(spaceIdSchema.parse(opened.spaceId), cy.id));
      const refused = await cy.mutate("space.join", asked.scope, { spaceId: asked.spaceId });
      expect(refused).toMatchObject({ error: { kind: "forbidden", detail: expect.stringContaining("ask") } });
      expect(kindOf(await cy.mutate("joinRequest.make", own, { spaceId: hidden.spaceId }))).toBe("notFound");
      const guestAsks = { spaceId: asked.spaceId };
      expect(kindOf(await guest.mutate("joinRequest.make", personScope(guest.id), guestAsks))).toBe(
        "forbidden",
      );

      await cy.does("joinRequest.make", own, { spaceId: asked.spaceId, note: "Pour le suivi" });
      const id = joinRequestId(spaceIdSchema.parse(asked.spaceId), cy.id);
      const desk = `desk:${asked.spaceId}`;
      expect((await ada.rows(desk, "joinRequest")).map((row) => row.id)).toEqual([id]);
      expect((await bo.get(`/v1/sync?scope=${desk}`)).status).toBe(403);
      expect(await inbox(ada, "joinRequest")).toMatchObject([{ excerpt: "Pour le suivi", actorId: cy.id }]);
      const decision = { spaceId: asked.spaceId, personId: cy.id, decision: "accepted" };
      expect(kindOf(await bo.mutate("joinRequest.decide", desk, decision))).toBe("notFound");
      await ada.does("joinRequest.decide", desk, decision);
      expect(await canRead(cy, asked.scope)).toBe(true);
      expect((await stored(own, "joinRequest", id))?.data).toMatchObject({
        state: "accepted",
        decidedBy: ada.id,
      });
      expect((await inbox(ada, "joinRequest")).map((item) => typeof item["doneAt"])).toEqual(["string"]);
      expect((await ada.mutate("joinRequest.decide", desk, decision)).status).toBe("applied");
      const other = { ...decision, decision: "refused" };
      expect((await admin.mutate("joinRequest.decide", desk, other)).status).toBe("conflict");
      expect(await canRead(cy, asked.scope)).toBe(true);
    });

    test("whoever is added while they were asking is accepted; new animators find what waits", async () => {
      const { spaceId, scope } = await newSpace(ada, "onRequest");
      for (const person of [bo, cy]) {
        await person.does("joinRequest.make", personScope(person.id), { spaceId });
      }
      await ada.does("membership.set", scope, { spaceId, personId: bo.id, role: "member" });
      const id = joinRequestId(spaceIdSchema.parse(spaceId), bo.id);
      expect((await stored(personScope(bo.id), "joinRequest", id))?.data).toMatchObject({
        state: "accepted",
      });
      await ada.does("membership.set", scope, { spaceId, personId: bo.id, role: "animator" });
      const waiting = (await inbox(bo, "joinRequest")).filter((item) => item["spaceId"] === spaceId);
      expect(waiting.map((item) => item["actorId"])).toEqual([cy.id]);
      expect(await canRead(bo, `desk:${spaceId}`)).toBe(true);
      await ada.does("membership.set", scope, { spaceId, personId: bo.id, role: "member" });
      expect(await canRead(bo, `desk:${spaceId}`)).toBe(false);
      expect((await inbox(bo, "joinRequest")).filter((item) => item["spaceId"] === spaceId)).toEqual([]);
    });

    test("two animators who change different settings offline both succeed, of the same the second is told", async () => {
      const { spaceId, scope } = await newSpace(ada, "open");
      await ada.does("membership.set", scope, { spaceId, personId: bo.id, role: "animator" });
      const update = (person: TestPerson, base: object, changes: object) =>
        person.mutate("space.update", scope, { spaceId, base, changes });
      const before = (await stored(scope, "space", spaceId))?.data["name"];
      expect((await update(ada, { welcome: null }, { welcome: "Bonjour" })).status).toBe("applied");
      expect((await update(bo, { rules: null, name: before }, { rules: "Polis", name: "Rue" })).status).toBe(
        "applied",
      );
      const late = await update(
        bo,
        { welcome: null, summary: null },
        { welcome: "Salut", summary: "Perdu ?" },
      );
      expect(late).toMatchObject({ status: "conflict", current: { data: { welcome: "Bonjour" } } });
      expect(Object.keys((await stored(scope, "space", spaceId))?.data ?? {})).not.toContain("summary");
      expect((await update(bo, { welcome: null }, { welcome: "Bonjour" })).status).toBe("applied");
      expect((await update(bo, { welcome: "Bonjour" }, { welcome: null })).status).toBe("applied");
      expect(Object.keys((await stored(DIRECTORY, "space", spaceId))?.data ?? {})).not.toContain("welcome");
      expect(await update(ada, {}, { memberCount: 9 })).toMatchObject({
        error: { kind: "badRequest", pointer: "args.changes.memberCount" },
      });
      expect(await update(ada, { kind: "service" }, { kind: "chose" })).toMatchObject({
        status: "rejected",
      });
      expect(kindOf(await update(ada, { name: "Rue" }, { name: "" }))).toBe("badRequest");
      expect(kindOf(await update(ada, { name: "Rue" }, { name: null }))).toBe("badRequest");
      expect(kindOf(await update(cy, { name: "Rue" }, { name: "X" }))).toBe("notFound");
      expect(kindOf(await update(ada, { cover: null }, { cover: createId() }))).toBe("notFound");
      expect(kindOf(await update(ada, {}, { organisationIds: [createId()] }))).toBe("notFound");
    });

    test("a space that is hidden leaves the directory, and comes back", async () => {
      const { spaceId, scope } = await newSpace(ada, "open");
      const show = (from: string, visibility: string) =>
        ada.does("space.update", scope, { spaceId, base: { visibility: from }, changes: { visibility } });
      await show("open", "hidden");
      expect((await stored(DIRECTORY, "space", spaceId))?.op).toBe("delete");
      expect(kindOf(await cy.mutate("space.join", scope, { spaceId }))).toBe("notFound");
      await show("hidden", "open");
      expect((await stored(DIRECTORY, "space", spaceId))?.op).toBe("put");
      await cy.does("space.join", scope, { spaceId });
    });

    test("a channel is renamed and archived by those who run it; its conversation tells", async () => {
      const { spaceId, scope, channelId } = await newSpace(ada, "open");
      await bo.does("space.join", scope, { spaceId });
      const id = createId();
      await bo.does("channel.create", scope, { id, spaceId, name: "suivi" });
      const change = {
        id,
        spaceId,
        base: { name: "suivi", topic: null },
        changes: { name: "Suivi", topic: "T" },
      };
      await bo.does("channel.update", scope, change);
      const notices = (await ada.rows(scope, "message")).map((row) => String(row.data["notice"]));
      expect(notices.toSorted()).toEqual(["renamed", "topicChanged"]);
      expect((await ada.mutate("channel.update", scope, change)).status).toBe("applied");
      const late = { ...change, base: { name: "suivi" }, changes: { name: "autre" } };
      expect((await ada.mutate("channel.update", scope, late)).status).toBe("conflict");
      const others = { id: channelId, spaceId, base: {}, changes: { topic: "x" } };
      expect(kindOf(await bo.mutate("channel.update", scope, others))).toBe("forbidden");
      const wall = { ...others, id: wallId(spaceIdSchema.parse(spaceId)) };
      expect(kindOf(await ada.mutate("channel.update", scope, wall))).toBe("forbidden");
      await ada.does("channel.archive", scope, { id, spaceId, isArchived: true });
      const said = { id: createId(), conversationId: id, body: "trop tard" };
      expect(kindOf(await bo.mutate("message.send", scope, said))).toBe("forbidden");
      await ada.does("channel.archive", scope, { id, spaceId, isArchived: false });
      await bo.sends(scope, id, "à temps");
    });

    test("a list of people is added at once, passing over those who cannot be", async () => {
      const { spaceId, scope } = await newSpace(ada, "hidden");
      const closed = await workplace.person("Partie", { isDeactivated: true });
      const personIds = [bo.id, bo.id, cy.id, ada.id, guest.id, closed.id, createId()];
      expect(kindOf(await bo.mutate("membership.addMany", scope, { spaceId, personIds }))).toBe("notFound");
      await ada.does("membership.addMany", scope, { spaceId, personIds });
      const members = (await ada.rows(scope, "membership")).map((row) => String(row.data["personId"]));
      expect(members.toSorted()).toEqual([ada.id, bo.id, cy.id].toSorted());
      expect((await stored(scope, "space", spaceId))?.data["memberCount"]).toBe(3);
      expect(await inbox(cy, "invitation")).toContainEqual(
        expect.objectContaining({ spaceId, actorId: ada.id }),
      );
      await ada.does("membership.remove", scope, { spaceId, personId: cy.id });
      expect((await inbox(cy, "invitation")).filter((item) => item["spaceId"] === spaceId)).toEqual([]);
    });
  });
}

export async function upload(person: TestPerson, scope: string, id: string): Promise<void> {
  await person.put(`/v1/blobs/${id}?${new URLSearchParams({ scope, name: "f.txt" }).toString()}`, "contenu");
}

export function kindOf(result: MutationResult): string {
  return result.status === "applied" ? "applied" : result.error.kind;
}

async function inbox(person: TestPerson, kind: string): Promise<Envelope["data"][]> {
  const rows = await person.rows(personScope(person.id), "notification");
  return rows.filter((row) => row.op === "put" && row.data["kind"] === kind).map((row) => row.data);
}
