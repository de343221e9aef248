import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createId, directConversationId, spaceIdSchema, wallId } from "#contract/ids.ts";
import { ADMINISTRATION, personScope, scopeSchema } from "#contract/scope.ts";
import type { Store } from "../store/store.ts";
import { kindOf, upload } from "./communities.suite.ts";
import { newSpace } from "./events.suite.ts";
import { TestWorkplace, type TestPerson } from "./workplace.ts";

const HOUR_MS = 3_600_000;

/** What passes over the desk of a space: articles on their way to the wall, and what was reported. */
export function describeArticles(name: string, open: () => Promise<Store>): void {
  describe(`${name}: articles and reports`, () => {
    let workplace: TestWorkplace;
    let ada: TestPerson;
    let bo: TestPerson;
    let cy: TestPerson;
    let admin: TestPerson;
    let guest: TestPerson;
    beforeAll(async () => {
      workplace = await TestWorkplace.open(await open());
      ada = await workplace.person("Ada");
      bo = await workplace.person("Bo");
      cy = await workplace.person("Cy");
      admin = await workplace.person("Root", { roles: ["administrator"] });
      guest = await workplace.person("Guest", { isGuest: true });
    });
    afterAll(async () => {
      await workplace.app.close();
      await workplace.store.close();
    });

    /** Run by Ada and Cy; Bo is a member. */
    async function newsroom() {
      const space = await newSpace(ada, "open");
      const { spaceId, scope } = space;
      await bo.does("space.join", scope, { spaceId });
      await ada.does("membership.set", scope, { spaceId, personId: cy.id, role: "animator" });
      const desk = `desk:${spaceId}`;
      return { ...space, desk, wall: wallId(spaceIdSchema.parse(spaceId)) };
    }

    const text = {
      post: { kind: "article", title: "Le tram", sections: ["Transports"] },
      body: "Il arrive.",
    };
    const articleOf = async (person: TestPerson, id: string) =>
      (await workplace.store.get(personScope(person.id), "article", id))?.data;
    const atDesk = (desk: string, id: string) => workplace.store.get(scopeSchema.parse(desk), "article", id);
    async function submitted(person: TestPerson, spaceId: string, more: object = {}): Promise<string> {
      const id = createId();
      await person.does("article.save", personScope(person.id), { id, spaceId, ...text, ...more });
      await person.does("article.submit", personScope(person.id), { id, spaceId });
      return id;
    }

    test("nobody puts an article of theirs over another's at the desk", async () => {
      const { spaceId, desk } = await newsroom();
      const id = await submitted(ada, spaceId);
      await cy.does("article.decide", desk, { id, spaceId, decision: "accepted" });
      const own = personScope(bo.id);
      const forged = { id, spaceId, ...text, body: "Il n'arrive pas." };
      expect(kindOf(await bo.mutate("article.save", own, forged))).toBe("conflict");
      // Begun before the other one came to the desk.
      const early = createId();
      await bo.does("article.save", own, { ...forged, id: early });
      await ada.does("article.save", personScope(ada.id), { id: early, spaceId, ...text });
      await ada.does("article.submit", personScope(ada.id), { id: early, spaceId });
      expect(kindOf(await bo.mutate("article.submit", own, { id: early, spaceId }))).toBe("conflict");
      expect((await atDesk(desk, early))?.data).toMatchObject({ authorId: ada.id, body: "Il arrive." });
    });

    test("a draft is its author's alone; an older one does not overwrite a newer", async () => {
      const { spaceId, scope, desk } = await newsroom();
      const own = personScope(bo.id);
      const id = createId();
      const save = (more: object) => bo.mutate("article.save", own, { id, spaceId, ...text, ...more });
      expect(kindOf(await save({ baseVersion: 3 }))).toBe("notFound");
      expect((await save({ publishAt: "2027-01-01T08:00:00.000Z" })).status).toBe("applied");
      expect((await save({ baseVersion: 1, body: "Deux" })).status).toBe("applied");
      expect(await articleOf(bo, id)).toMatchObject({ version: 2, body: "Deux", state: "draft" });
      expect(Object.keys((await articleOf(bo, id)) ?? {})).not.toContain("publishAt");
      expect(await save({ baseVersion: 1 })).toMatchObject({
        status: "conflict",
        current: { data: { version: 2 } },
      });
      expect(await atDesk(desk, id)).toBeUndefined();
      const cover = { post: { ...text.post, cover: createId() }, baseVersion: 2 };
      expect(kindOf(await save(cover))).toBe("notFound");
      await upload(bo, scope, cover.post.cover);
      expect((await save(cover)).status).toBe("applied");
      const outside = { id: createId(), spaceId, ...text };
      expect(kindOf(await admin.mutate("article.save", personScope(admin.id), outside))).toBe("notFound");
      await ada.does("membership.set", scope, { spaceId, personId: guest.id, role: "guest" });
      expect(kindOf(await guest.mutate("article.save", personScope(guest.id), outside))).toBe("forbidden");
      await bo.does("article.remove", own, { id, spaceId });
      expect((await workplace.store.get(own, "article", id))?.op).toBe("delete");
      expect((await bo.get(`/v1/blobs/${cover.post.cover}`)).status).toBe(404);
    });

    test("review: animators are asked, may change it, refuse with a reason; its author is told", async () => {
      const { spaceId, desk } = await newsroom();
      const own = personScope(bo.id);
      const empty = createId();
      await bo.does("article.save", own, { id: empty, spaceId, post: { kind: "blog" }, body: "Sans titre" });
      expect(kindOf(await bo.mutate("article.submit", own, { id: empty, spaceId }))).toBe("badRequest");
      const id = await submitted(bo, spaceId);
      for (const animator of [ada, cy]) expect(await itemsOf(animator, "review", id)).toHaveLength(1);
      const change = { id, spaceId, ...text, body: "Corrigé", baseVersion: 1 };
      expect(kindOf(await bo.mutate("article.save", desk, change))).toBe("forbidden");
      await cy.does("article.save", desk, change);
      expect(await articleOf(bo, id)).toMatchObject({ body: "Corrigé", version: 2, authorId: bo.id });
      expect((await bo.mutate("article.save", own, change)).status).toBe("conflict");
      const refusal = { id, spaceId, decision: "refused", reason: "Trop court" };
      expect(kindOf(await bo.mutate("article.decide", own, refusal))).toBe("forbidden");
      await ada.does("article.decide", desk, refusal);
      expect(await articleOf(bo, id)).toMatchObject({
        state: "refused",
        reason: "Trop court",
        decidedBy: ada.id,
      });
      expect(await itemsOf(bo, "decision", id)).toMatchObject([{ excerpt: "Trop court" }]);
      expect((await itemsOf(cy, "review", id)).map((item) => typeof item["doneAt"])).toEqual(["string"]);
      expect((await cy.mutate("article.decide", desk, refusal)).status).toBe("applied");
      const other = { id, spaceId, decision: "accepted" };
      expect((await cy.mutate("article.decide", desk, other)).status).toBe("conflict");
      await bo.does("article.save", own, { ...change, baseVersion: 2, body: "Plus long" });
      await bo.does("article.submit", own, { id, spaceId });
      const [asked] = await itemsOf(cy, "review", id);
      expect(Object.keys(asked ?? {})).not.toContain("doneAt");
      await bo.does("article.withdraw", own, { id, spaceId });
      expect((await atDesk(desk, id))?.op).toBe("delete");
      expect(await itemsOf(cy, "review", id)).toEqual([]);
    });

    test("an accepted article is a post of its author on the wall, and everyone who must read it is told", async () => {
      const { spaceId, scope, desk, wall } = await newsroom();
      const direct = { id: createId(), conversationId: wall, body: "x", post: text.post };
      expect(kindOf(await bo.mutate("message.send", scope, direct))).toBe("forbidden");
      const id = await submitted(bo, spaceId, { post: { ...text.post, isMustRead: true } });
      const own = { id, spaceId, decision: "accepted" };
      expect(kindOf(await bo.mutate("article.decide", personScope(bo.id), own))).toBe("forbidden");
      await ada.does("article.decide", desk, own);
      const post = (await cy.rows(scope, "message")).find((row) => row.id === id);
      expect(post?.data).toMatchObject({ authorId: bo.id, conversationId: wall, post: { title: "Le tram" } });
      expect(await articleOf(bo, id)).toMatchObject({ state: "published", messageId: id });
      expect((await atDesk(desk, id))?.data).toMatchObject({ state: "published" });
      expect(await itemsOf(cy, "mustRead", id)).toHaveLength(1);
      const late = { id, spaceId, ...text, baseVersion: 1 };
      expect(kindOf(await bo.mutate("article.save", personScope(bo.id), late))).toBe("forbidden");
      expect((await cy.mutate("article.decide", desk, own)).status).toBe("applied");
      expect((await cy.mutate("article.decide", desk, { ...own, decision: "refused" })).status).toBe(
        "conflict",
      );
      await bo.does("article.remove", personScope(bo.id), { id, spaceId });
      expect((await cy.rows(scope, "message")).map((row) => row.id)).toContain(id);
    });

    test("an animator publishes their own without a desk", async () => {
      const { spaceId, scope, desk } = await newsroom();
      const id = createId();
      const own = personScope(cy.id);
      await cy.does("article.save", own, { id, spaceId, ...text });
      await cy.does("article.decide", own, { id, spaceId, decision: "accepted" });
      expect((await bo.rows(scope, "message")).map((row) => row.id)).toEqual([id]);
      expect(await atDesk(desk, id)).toBeUndefined();
      expect(await itemsOf(cy, "decision", id)).toEqual([]);
    });

    test("a scheduled article is published when its time comes, once, also when its author has left", async () => {
      const { spaceId, scope, desk } = await newsroom();
      const publishAt = new Date(workplace.nowMs + HOUR_MS).toISOString();
      const [id, withdrawn] = [
        await submitted(bo, spaceId, { publishAt }),
        await submitted(bo, spaceId, { publishAt }),
      ];
      for (const each of [id, withdrawn]) {
        await ada.does("article.decide", desk, { id: each, spaceId, decision: "accepted" });
      }
      expect(await articleOf(bo, id)).toMatchObject({ state: "scheduled" });
      const change = { id, spaceId, ...text, baseVersion: 1 };
      expect(kindOf(await bo.mutate("article.save", personScope(bo.id), change))).toBe("forbidden");
      await bo.does("article.withdraw", personScope(bo.id), { id: withdrawn, spaceId });
      await bo.does("space.leave", scope, { spaceId });
      const posts = async () => (await cy.rows(scope, "message")).map((row) => row.id);
      workplace.nowMs += HOUR_MS - 1;
      await workplace.app.runDue();
      expect(await posts()).toEqual([]);
      await ada.does("space.archive", scope, { spaceId });
      workplace.nowMs += 1;
      await workplace.app.runDue();
      expect(await posts()).toEqual([]);
      await ada.does("space.restore", scope, { spaceId });
      workplace.nowMs += HOUR_MS;
      await workplace.app.runDue();
      await workplace.app.runDue();
      expect(await posts()).toEqual([id]);
      expect(await articleOf(bo, id)).toMatchObject({ state: "published", messageId: id });
      expect(await articleOf(bo, withdrawn)).toMatchObject({ state: "draft" });
    });

    test("a report goes to the desk; upheld, what was reported leaves a trace; otherwise it stays", async () => {
      const { spaceId, scope, channelId, desk } = await newsroom();
      const [bad, good] = [
        await bo.sends(scope, channelId, "insulte"),
        await bo.sends(scope, channelId, "critique"),
      ];
      const report = (messageId: string, person = ada, id: string = createId()) => {
        const object = { kind: "message", scope, conversationId: channelId, messageId };
        return person
          .mutate("report.make", scope, { id, object, complaint: "Déplacé" })
          .then((result) => ({ id, result }));
      };
      expect(kindOf((await report(bad.id, guest)).result)).toBe("notFound");
      expect(kindOf((await report(createId())).result)).toBe("notFound");
      const [first, second] = [await report(bad.id, bo), await report(good.id, bo)];
      expect([first.result.status, second.result.status]).toEqual(["applied", "applied"]);
      expect((await ada.rows(desk, "report")).map((row) => row.data["excerpt"])).toEqual([
        "insulte",
        "critique",
      ]);
      expect(await itemsOf(cy, "report", first.id)).toMatchObject([{ excerpt: "Déplacé", spaceId }]);
      const decide = (person: TestPerson, id: string, decision: string) =>
        person.mutate("report.decide", desk, { id, decision });
      expect(kindOf(await decide(bo, first.id, "accepted"))).toBe("forbidden");
      expect((await decide(ada, first.id, "accepted")).status).toBe("applied");
      expect((await decide(cy, first.id, "accepted")).status).toBe("applied");
      expect((await decide(cy, first.id, "refused")).status).toBe("conflict");
      expect((await decide(cy, second.id, "refused")).status).toBe("applied");
      const standing = await workplace.store.list(scopeSchema.parse(scope), "message");
      const of = (id: string) => standing.find((row) => row.id === id)?.data;
      expect(of(bad.id)).toMatchObject({ body: "" });
      expect(typeof of(bad.id)?.["deletedAt"]).toBe("string");
      expect(of(good.id)).toMatchObject({ body: "critique" });
      expect((await itemsOf(cy, "report", first.id)).map((item) => typeof item["doneAt"])).toEqual([
        "string",
      ]);
    });

    test("outside spaces a report goes to administrators, who need not be able to read there", async () => {
      const id = directConversationId(bo.id, cy.id);
      const scope = `conversation:${id}`;
      await bo.does("conversation.open", scope, { id, kind: "direct", memberIds: [bo.id, cy.id] });
      const sent = await bo.sends(scope, id, "menace");
      const object = { kind: "message", scope, conversationId: id, messageId: sent.id };
      const reportId = createId();
      const making = { id: reportId, object, complaint: "Menaces" };
      expect(kindOf(await ada.mutate("report.make", scope, making))).toBe("notFound");
      expect(kindOf(await cy.mutate("report.make", ADMINISTRATION, making))).toBe("badRequest");
      await cy.does("report.make", scope, making);
      expect(await itemsOf(admin, "report", reportId)).toHaveLength(1);
      const decision = { id: reportId, decision: "accepted" };
      expect(kindOf(await ada.mutate("report.decide", ADMINISTRATION, decision))).toBe("forbidden");
      await admin.does("report.decide", ADMINISTRATION, decision);
      const row = await workplace.store.get(scopeSchema.parse(scope), "message", sent.id);
      expect(row?.data["body"]).toBe("");
      expect((await admin.get(`/v1/sync?scope=${scope}`)).status).toBe(403);
    });
  });
}

async function itemsOf(person: TestPerson, kind: string, id: string) {
  const rows = await person.rows(personScope(person.id), "notification");
  return rows
    .filter((row) => row.op === "put" && row.data["kind"] === kind)
    .filter((row) => JSON.stringify(row.data).includes(id))
    .map((row) => row.data);
}
