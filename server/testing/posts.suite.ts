import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createId, personalMarkId, type MessageId } from "#contract/ids.ts";
import { messageIdSchema } from "#contract/ids.ts";
import { personScope } from "#contract/scope.ts";
import type { Store } from "../store/store.ts";
import { asked, inbox, rejected, rowOf, says, sendsTo, spaceOf, type TestPlace } from "./places.ts";
import { TestWorkplace, type TestPerson } from "./workplace.ts";

/** Posts of a wall, over any store. */
export function describePosts(name: string, open: () => Promise<Store>): void {
  describe(`${name}: posts`, () => {
    let workplace: TestWorkplace;
    let ada: TestPerson;
    let bo: TestPerson;
    let cy: TestPerson;
    let channel: TestPlace;
    let wall: TestPlace;
    beforeAll(async () => {
      workplace = await TestWorkplace.open(await open());
      ada = await workplace.person("Ada");
      bo = await workplace.person("Bo");
      cy = await workplace.person("Cy");
      ({ channel, wall } = await spaceOf(ada, [bo, cy]));
    });
    afterAll(async () => {
      await workplace.app.close();
      await workplace.store.close();
    });

    const on = (messageId: string) => ({ conversationId: wall.id, messageId });

    test("what begins on a wall is a post, its comments are none, and no channel has any", async () => {
      expect(rejected(await sendsTo(bo, wall, {}))).toBe("badRequest");
      expect(rejected(await sendsTo(bo, channel, { post: { kind: "post" } }))).toBe("badRequest");
      const post = await says(bo, wall, "bonjour", { post: { kind: "post", answerId: createId() } });
      expect(post.data["post"]).toEqual({ kind: "post" });
      const comment = { threadId: post.id, post: { kind: "post" } };
      expect(rejected(await sendsTo(bo, wall, comment))).toBe("badRequest");
      expect((await sendsTo(bo, wall, { threadId: post.id })).status).toBe("applied");
    });

    test("animators alone publish articles and ask to read; both articles and blogs have a title", async () => {
      const article = { kind: "article", title: "Ouverture" };
      expect(rejected(await sendsTo(bo, wall, { post: article }))).toBe("forbidden");
      expect(rejected(await sendsTo(bo, wall, { post: { kind: "post", isMustRead: true } }))).toBe(
        "forbidden",
      );
      expect(rejected(await sendsTo(ada, wall, { post: { ...article, title: " " } }))).toBe("badRequest");
      expect(rejected(await sendsTo(bo, wall, { post: { kind: "blog" } }))).toBe("badRequest");
      expect((await sendsTo(bo, wall, { post: { kind: "blog", title: "Carnet" } })).status).toBe("applied");
      const cover = { ...article, cover: createId() };
      expect(await sendsTo(ada, wall, { post: cover })).toMatchObject({
        error: { kind: "notFound", pointer: "args.post.cover" },
      });
      expect((await sendsTo(ada, wall, { post: article, body: "" })).status).toBe("applied");
    });

    test("everyone is asked to read a must-read until they say so", async () => {
      const post = await says(ada, wall, "…", {
        post: { kind: "article", title: "Nouvelles règles", isMustRead: true },
      });
      expect((await inbox(bo)).map(({ kind, ask, excerpt }) => [kind, ask, excerpt])).toEqual([
        ["mustRead", "do", "Nouvelles règles"],
      ]);
      const far = { conversationId: wall.id, readAt: "2099-01-01T00:00:00.000Z" };
      await bo.does("readMarker.set", personScope(bo.id), far);
      expect(await asked(bo)).toEqual(["mustRead/do"]);
      await bo.does("post.acknowledge", wall.scope, on(post.id));
      await bo.does("post.acknowledge", wall.scope, on(post.id));
      expect([await asked(ada), await asked(bo), await asked(cy)]).toEqual([[], [], ["mustRead/do"]]);
      const id = personalMarkId("acknowledgement", messageIdOf(post.id), bo.id);
      expect((await ada.rows(wall.scope, "acknowledgement")).map((row) => row.id)).toEqual([id]);
      await ada.does("post.archive", wall.scope, { ...on(post.id), isArchived: true });
      expect(await asked(cy)).toEqual([]);
      await ada.does("message.delete", wall.scope, { id: post.id, conversationId: wall.id });
      expect(await ada.rows(wall.scope, "acknowledgement")).toEqual([]);
      const plain = await says(bo, wall, "simple", { post: { kind: "post" } });
      expect(rejected(await cy.mutate("post.acknowledge", wall.scope, on(plain.id)))).toBe("badRequest");
    });

    test("an edit may begin to ask everyone to read, or stop, when an animator makes it", async () => {
      const post = await says(ada, wall, "texte", { post: { kind: "article", title: "Titre" } });
      const edit = (person: TestPerson, baseVersion: number, more: object) =>
        person.mutate("message.edit", wall.scope, {
          id: post.id,
          conversationId: wall.id,
          body: "texte",
          baseVersion,
          post: { kind: "article", title: "Titre", ...more },
        });
      expect(rejected(await edit(bo, 1, { title: "Autre" }))).toBe("forbidden");
      expect((await edit(ada, 1, { isMustRead: true })).status).toBe("applied");
      expect(await asked(cy)).toEqual(["mustRead/do"]);
      expect((await edit(ada, 2, {})).status).toBe("applied");
      expect(await asked(cy)).toEqual([]);
      expect(rejected(await edit(ada, 3, { kind: "post" }))).toBe("badRequest");
      const versions = (await cy.rows(wall.scope, "messageVersion")).filter(
        (row) => row.data["messageId"] === post.id,
      );
      expect(versions.map((row) => row.data["post"])).toContainEqual(
        expect.objectContaining({ isMustRead: true }),
      );
      const own = await says(bo, wall, "b", { post: { kind: "post" } });
      const change = { id: own.id, conversationId: wall.id, body: "c", baseVersion: 1 };
      expect(rejected(await ada.mutate("message.edit", wall.scope, change))).toBe("forbidden");
      const duty = { ...change, post: { kind: "post", isMustRead: true } };
      expect(rejected(await bo.mutate("message.edit", wall.scope, duty))).toBe("forbidden");
    });

    test("a question's answer is one of its comments, chosen by who asked or an animator", async () => {
      const question = await says(bo, wall, "Où ?", { post: { kind: "question" } });
      const comment = await says(cy, wall, "Ici", { threadId: question.id });
      const answer = (person: TestPerson, answerId: string | null, messageId = question.id) =>
        person.mutate("post.answer", wall.scope, { ...on(messageId), answerId });
      expect(rejected(await answer(cy, comment.id))).toBe("forbidden");
      expect(rejected(await answer(bo, question.id))).toBe("badRequest");
      expect((await answer(bo, comment.id)).status).toBe("applied");
      const shown = async () => (await rowOf(ada, wall.scope, "message", question.id))?.data["post"];
      expect(await shown()).toEqual({ kind: "question", answerId: comment.id });
      await cy.does("message.delete", wall.scope, { id: comment.id, conversationId: wall.id });
      expect(await shown()).toEqual({ kind: "question" });
      expect((await answer(ada, null)).status).toBe("applied");
      const post = await says(bo, wall, "p", { post: { kind: "post" } });
      expect(rejected(await answer(bo, comment.id, post.id))).toBe("badRequest");
    });

    test("comments come to those who follow the post, posts to those who want every one, as one item", async () => {
      const { wall: own, spaceId } = await spaceOf(ada, [bo, cy]);
      await cy.does("placeSetting.set", personScope(cy.id), { id: spaceId, notify: "all" });
      const before = await asked(cy);
      const post = await says(bo, own, "un", { post: { kind: "post" } });
      await says(bo, own, "deux", { post: { kind: "post" } });
      expect((await asked(cy)).slice(before.length)).toEqual(["comment/know"]);
      await says(ada, own, "bien", { threadId: post.id });
      expect((await inbox(bo)).filter((item) => item.kind === "comment")).toMatchObject([
        { threadId: post.id, excerpt: "bien" },
      ]);
      expect((await asked(cy)).slice(before.length)).toEqual(["comment/know", "comment/know"]);
    });

    test("a post is archived and brought back by its author or an animator", async () => {
      const post = await says(bo, wall, "p", { post: { kind: "post" } });
      const archive = (person: TestPerson, isArchived: boolean) =>
        person.mutate("post.archive", wall.scope, { ...on(post.id), isArchived });
      expect(rejected(await archive(cy, true))).toBe("forbidden");
      expect((await archive(bo, true)).status).toBe("applied");
      const shown = async () => (await rowOf(cy, wall.scope, "message", post.id))?.data["post"];
      expect(await shown()).toHaveProperty("archivedAt");
      expect((await archive(ada, false)).status).toBe("applied");
      expect(await shown()).not.toHaveProperty("archivedAt");
    });
  });
}

function messageIdOf(id: string): MessageId {
  return messageIdSchema.parse(id);
}
