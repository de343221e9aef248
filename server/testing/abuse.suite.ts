import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createId, directConversationId, naturalId } from "#contract/ids.ts";
import type { MutationResult } from "#contract/mutations.ts";
import { DIRECTORY, personScope, scopeSchema } from "#contract/scope.ts";
import { applyImport, parseImportLine } from "../import/import-lines.ts";
import { loadRows } from "../seed/load-rows.ts";
import type { Store } from "../store/store.ts";
import { newSpace } from "./events.suite.ts";
import { TestWorkplace, type TestPerson } from "./workplace.ts";

/** What somebody with an account may try against the others, over any store. */
export function describeAbuse(name: string, open: () => Promise<Store>): void {
  describe(`${name}: abuse`, () => {
    let workplace: TestWorkplace;
    let ada: TestPerson;
    let bo: TestPerson;
    let mallory: TestPerson;
    beforeAll(async () => {
      workplace = await TestWorkplace.open(await open());
      ada = await workplace.person("Ada");
      bo = await workplace.person("Bo");
      mallory = await workplace.person("Mallory");
    });
    afterAll(async () => {
      await workplace.app.close();
      await workplace.store.close();
    });

    test("nobody takes the id of a direct conversation between two others, or another natural one", async () => {
      const id = directConversationId(ada.id, bo.id);
      const memberIds = [ada.id, bo.id, mallory.id];
      const group = { id, kind: "group", memberIds };
      expect(kindOf(await mallory.mutate("conversation.open", `conversation:${id}`, group))).toBe(
        "badRequest",
      );
      const { scope, spaceId } = await newSpace(mallory, "open");
      const channel = { id, spaceId, name: "piège" };
      expect(kindOf(await mallory.mutate("channel.create", scope, channel))).toBe("badRequest");
      const space = {
        id: naturalId("slack", "T1", "space", "Voirie"),
        name: "V",
        kind: "service",
        visibility: "open",
      };
      expect(kindOf(await mallory.mutate("space.create", DIRECTORY, space))).toBe("badRequest");
      const direct = { id, kind: "direct", memberIds: [ada.id, bo.id] };
      await ada.does("conversation.open", `conversation:${id}`, direct);
      expect(await workplace.store.readers(scopeSchema.parse(`conversation:${id}`))).toEqual(
        [ada.id, bo.id].sort(),
      );
    });

    test("a message cannot carry more than its share in fields that nobody knows", async () => {
      const { scope, channelId } = await newSpace(mallory, "open");
      const junk = "x".repeat(200_000);
      const message = { id: createId(), conversationId: channelId, body: "léger" };
      const mentions = [{ kind: "everyone", junk }];
      const attachments = [{ name: "f", junk }];
      expect(kindOf(await mallory.mutate("message.send", scope, { ...message, mentions }))).toBe("tooLarge");
      expect(kindOf(await mallory.mutate("message.send", scope, { ...message, attachments }))).toBe(
        "tooLarge",
      );
      const few = [{ kind: "everyone", since: "2027" }];
      const [sent] = await mallory.does("message.send", scope, { ...message, mentions: few });
      expect(sent?.data["mentions"]).toEqual(few);
      const edit = { ...message, mentions, baseVersion: 1 };
      expect(kindOf(await mallory.mutate("message.edit", scope, edit))).toBe("tooLarge");
    });

    test("what many read of a person, a space or a report carries no fields that nobody knows", async () => {
      const junk = "x".repeat(200_000);
      const { scope, spaceId, channelId } = await newSpace(mallory, "open");
      const said = { status: { text: "là", emoji: "🙂", junk } };
      const [status] = await mallory.does("status.set", DIRECTORY, said);
      expect(status?.data["status"]).toEqual({ text: "là", emoji: "🙂" });
      const [chosen] = await mallory.does("presence.choose", DIRECTORY, { chosen: { state: "busy", junk } });
      expect(chosen?.data["chosen"]).toEqual({ state: "busy" });
      const functions = [{ name: "wall", isOn: true, junk }];
      const space = { id: createId(), name: "Lourd", kind: "project", visibility: "open", functions };
      expect(kindOf(await mallory.mutate("space.create", DIRECTORY, space))).toBe("tooLarge");
      const update = { spaceId, base: {}, changes: { functions } };
      expect(kindOf(await mallory.mutate("space.update", scope, update))).toBe("tooLarge");
      const object = { kind: "conversation", scope, conversationId: channelId, junk };
      const report = { id: createId(), object, complaint: "Lourd." };
      expect(kindOf(await mallory.mutate("report.make", scope, report))).toBe("tooLarge");
    });

    test("a message with the id of another one elsewhere does not touch its notifications", async () => {
      const mentions = [{ kind: "person", personId: bo.id }];
      const [theirs, own] = [await newSpace(ada, "open"), await newSpace(mallory, "open")];
      await bo.does("space.join", theirs.scope, { spaceId: theirs.spaceId });
      await bo.does("space.join", own.scope, { spaceId: own.spaceId });
      const sent = await ada.sends(theirs.scope, theirs.channelId, "à lire", { mentions });
      const copy = { id: sent.id, conversationId: own.channelId, body: "ailleurs", mentions };
      await mallory.does("message.send", own.scope, copy);
      await mallory.does("message.delete", own.scope, { id: sent.id, conversationId: own.channelId });
      const left = (await bo.rows(personScope(bo.id), "notification")).map((row) => row.data);
      expect(left.filter((data) => data["messageId"] === sent.id)).toMatchObject([{ scope: theirs.scope }]);
    });

    test("a deleted reply no longer concerns those whom it concerned", async () => {
      const { scope, channelId, spaceId } = await newSpace(ada, "open");
      await bo.does("space.join", scope, { spaceId });
      const root = await ada.sends(scope, channelId, "question");
      const reply = await bo.sends(scope, channelId, "oups", { threadId: root.id });
      const own = personScope(ada.id);
      const ofReply = async () =>
        (await ada.rows(own, "notification")).filter((row) => row.data["messageId"] === reply.id);
      expect((await ofReply()).map((row) => row.data["kind"])).toEqual(["reply"]);
      await bo.does("message.delete", scope, { id: reply.id, conversationId: channelId });
      expect(await ofReply()).toEqual([]);
    });

    test("a hidden space that was archived does not exist for those outside either", async () => {
      const { scope, spaceId } = await newSpace(ada, "hidden");
      const [row] = await ada.rows(scope, "space");
      const data = { ...row?.data, archivedAt: "2026-11-22T18:00:00.000Z" };
      const key = { scope: scopeSchema.parse(scope), collection: "space", id: spaceId, op: "put" } as const;
      await loadRows(workplace.store, [{ ...key, data }]);
      const answer = await mallory.mutate("space.join", scope, { spaceId });
      expect(kindOf(answer)).toBe("notFound");
      expect(JSON.stringify(answer)).not.toContain("Voirie");
    });

    test("no import lets anyone into somebody's own area", () => {
      const line = JSON.stringify({ kind: "readers", scope: personScope(ada.id), personIds: [mallory.id] });
      expect(() => parseImportLine(line, 1, Date.now())).toThrow("A line does not fit");
    });

    test("a person whom a list closes is signed out at once", async () => {
      const gone = await workplace.person("Partie");
      const events = await gone.events();
      await events.nextOf("hello");
      const data = { id: gone.id, displayName: "Partie", isDeactivated: true };
      await applyImport(workplace.store, [
        { kind: "row", scope: DIRECTORY, collection: "person", id: gone.id, data },
      ]);
      await events.nextOf("signedOut");
      expect((await gone.get("/v1/me")).status).toBe(401);
      expect(await workplace.store.accounts.byPerson(gone.id)).toMatchObject({ isDisabled: true });
    });
  });
}

function kindOf(result: MutationResult): string {
  return result.status === "applied" ? "applied" : result.error.kind;
}
