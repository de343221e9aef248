import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  createId,
  directConversationId,
  messageIdSchema,
  naturalId,
  reactionId,
  spaceIdSchema,
  wallId,
} from "#contract/ids.ts";
import { DIRECTORY, personScope, scopeSchema } from "#contract/scope.ts";
import { loadRows } from "../seed/load-rows.ts";
import type { RowWrite, Store } from "../store/store.ts";
import { newSpace } from "./events.suite.ts";
import { direct, rejected } from "./places.ts";
import { TestWorkplace, type TestPerson } from "./workplace.ts";

/** The mutations and who may do what, over any store. */
export function describeWriting(name: string, open: () => Promise<Store>): void {
  describe(`${name}: writing`, () => {
    let workplace: TestWorkplace;
    let ada: TestPerson;
    let bo: TestPerson;
    let admin: TestPerson;
    let guest: TestPerson;
    beforeAll(async () => {
      workplace = await TestWorkplace.open(await open());
      ada = await workplace.person("Ada");
      bo = await workplace.person("Bo");
      admin = await workplace.person("Root", { roles: ["administrator"] });
      guest = await workplace.person("Guest", { isGuest: true });
    });
    afterAll(async () => {
      await workplace.app.close();
      await workplace.store.close();
    });

    async function sharedSpace() {
      const space = await newSpace(ada, "open");
      await bo.does("space.join", space.scope, { spaceId: space.spaceId });
      return space;
    }

    test("the same mutation sent 100 times at once has one effect and 100 equal answers", async () => {
      const { scope, channelId } = await sharedSpace();
      const args = { id: createId(), conversationId: channelId, body: "une fois" };
      const mutation = ada.mutation("message.send", scope, args);
      const head = await workplace.store.head(scopeSchema.parse(scope));
      const answers = await Promise.all(Array.from({ length: 100 }, () => ada.sendAll([mutation])));
      for (const answer of answers) expect(answer).toEqual(answers[0]);
      expect(answers[0]?.[0]).toMatchObject({ status: "applied" });
      expect(await workplace.store.head(scopeSchema.parse(scope))).toBe(head + 1);
      const later = await ada.sendAll([mutation]);
      expect(later).toEqual(answers[0]);
    });

    test("a refusal is remembered too, and a repeat never becomes something else", async () => {
      const { scope, channelId, spaceId } = await newSpace(ada, "open");
      const args = { id: createId(), conversationId: channelId, body: "trop tôt" };
      const mutation = bo.mutation("message.send", scope, args);
      const [before] = await bo.sendAll([mutation]);
      expect(before).toMatchObject({ status: "rejected", error: { kind: "forbidden" } });
      await bo.does("space.join", scope, { spaceId });
      expect(await bo.sendAll([mutation])).toEqual([before]);
      expect(await bo.rows(scope, "message")).toEqual([]);
    });

    test("another person's mutation with the same id is another mutation", async () => {
      const { scope, channelId } = await sharedSpace();
      const id = createId();
      const send = (person: TestPerson, body: string) => {
        const args = { id: createId(), conversationId: channelId, body };
        return person.sendAll([person.mutation("message.send", scope, args, id)]);
      };
      expect((await send(ada, "d'Ada"))[0]?.status).toBe("applied");
      expect((await send(bo, "de Bo"))[0]?.status).toBe("applied");
      expect(await ada.rows(scope, "message")).toHaveLength(2);
    });

    test("time in a conversation goes forward though the server's clock goes back a day", async () => {
      const { scope, channelId } = await sharedSpace();
      const times = [await ada.sends(scope, channelId, "1"), await ada.sends(scope, channelId, "2")];
      workplace.nowMs -= 86_400_000;
      times.push(await bo.sends(scope, channelId, "3"), await ada.sends(scope, channelId, "4"));
      workplace.nowMs += 86_400_000;
      times.push(await bo.sends(scope, channelId, "5"));
      const sentAt = times.map((message) => String(message.data["sentAt"]));
      expect(new Set(sentAt).size).toBe(5);
      expect(sentAt).toEqual(sentAt.toSorted());
    });

    test("a reply counts on its root, and a reply to a reply is refused", async () => {
      const { scope, channelId } = await sharedSpace();
      const root = await ada.sends(scope, channelId, "qui vient ?");
      const reply = await bo.sends(scope, channelId, "moi", { threadId: root.id });
      await ada.sends(scope, channelId, "merci", { threadId: root.id });
      const rows = await ada.rows(scope, "message");
      const counted = rows.find((row) => row.id === root.id);
      expect(counted?.data).toMatchObject({ replyCount: 2, replyPersonIds: [ada.id, bo.id], version: 1 });
      const args = { id: createId(), conversationId: channelId, body: "?", threadId: reply.id };
      expect(rejected(await ada.mutate("message.send", scope, args))).toBe("badRequest");
      const lost = { ...args, id: createId(), threadId: createId() };
      expect(rejected(await ada.mutate("message.send", scope, lost))).toBe("notFound");
    });

    test("only the author edits, and an edit of an older text meets the newer one", async () => {
      const { scope, channelId } = await sharedSpace();
      const message = await ada.sends(scope, channelId, "bonjour a tous");
      const edit = { id: message.id, conversationId: channelId, body: "bonjour à tous", baseVersion: 1 };
      expect(rejected(await bo.mutate("message.edit", scope, edit))).toBe("forbidden");
      const [edited] = await ada.does("message.edit", scope, edit);
      expect(edited?.data).toMatchObject({ body: "bonjour à tous", version: 2 });
      const conflict = await ada.mutate("message.edit", scope, { ...edit, body: "autre" });
      expect(conflict).toMatchObject({ status: "conflict", current: { data: { version: 2 } } });
      expect((await ada.rows(scope, "message"))[0]?.data["body"]).toBe("bonjour à tous");
    });

    test("author, animator and administrator delete; a trace and the thread remain", async () => {
      const { scope, channelId, spaceId } = await sharedSpace();
      const mine = await bo.sends(scope, channelId, "secret", {
        attachments: [{ name: "plan.pdf" }],
        mentions: [{ kind: "person", personId: ada.id }],
      });
      await ada.sends(scope, channelId, "vu", { threadId: mine.id });
      const others = await ada.sends(scope, channelId, "d'Ada");
      const target = { id: others.id, conversationId: channelId };
      expect(rejected(await bo.mutate("message.delete", scope, target))).toBe("forbidden");
      await ada.does("message.delete", scope, { ...target, id: mine.id });
      const rows = await ada.rows(scope, "message");
      const trace = rows.find((row) => row.id === mine.id)?.data;
      expect(trace).toMatchObject({ body: "", replyCount: 1, authorId: bo.id });
      expect(trace).toHaveProperty("deletedAt");
      expect(trace).not.toHaveProperty("attachments");
      expect(trace).not.toHaveProperty("mentions");
      const kept = await ada.rows(personScope(ada.id), "notification");
      expect(kept.filter((row) => row.data["messageId"] === mine.id)).toEqual([]);
      await bo.sends(scope, channelId, "encore", { threadId: mine.id });
      await ada.does("membership.set", scope, { spaceId, personId: admin.id, role: "member" });
      await admin.does("message.delete", scope, target);
      const edit = { ...target, body: "revenu", baseVersion: 2 };
      expect((await ada.mutate("message.edit", scope, edit)).status).toBe("conflict");
    });

    test("a message tells those it names, those it is for and those it answers, each once", async () => {
      const fresh = await Promise.all(["X", "Y", "Z"].map((each) => workplace.person(each)));
      const [x, y, z] = fresh;
      if (x === undefined || y === undefined || z === undefined) throw new Error("nobody");
      const { scope, channelId, spaceId } = await newSpace(x, "open");
      for (const person of [y, z]) await person.does("space.join", scope, { spaceId });
      const root = await x.sends(scope, channelId, "qui ?", { mentions: [{ kind: "everyone" }] });
      expect([await kinds(x), await kinds(y), await kinds(z)]).toEqual([[], ["mention"], ["mention"]]);
      await y.sends(scope, channelId, "moi", { threadId: root.id });
      expect(await kinds(x)).toEqual(["reply"]);
      const outside = { mentions: [{ kind: "person", personId: bo.id }] };
      const before = await kinds(bo);
      await y.sends(scope, channelId, "pas ici", outside);
      expect(await kinds(bo)).toEqual(before);
      const talk = await direct(x, z);
      await x.sends(talk.scope, talk.id, "un");
      await x.sends(talk.scope, talk.id, "deux");
      expect(new Set(await kinds(z))).toEqual(new Set(["direct", "mention"]));
      const [first] = await z.rows(personScope(z.id), "notification");
      const setting = { ids: [first?.id, "a\0b", createId()], isDone: true };
      const [done, ...more] = await z.does("notification.set", personScope(z.id), setting);
      expect(done?.data).toHaveProperty("doneAt");
      expect(more).toEqual([]);
    });

    test("a read marker goes forward, with one's own messages too, and back only when asked", async () => {
      const { scope, channelId } = await sharedSpace();
      const own = personScope(ada.id);
      const marker = async () =>
        (await ada.rows(own, "readMarker")).find((row) => row.id === channelId)?.data["readAt"];
      const first = await ada.sends(scope, channelId, "1");
      const second = await ada.sends(scope, channelId, "2");
      expect(await marker()).toBe(second.data["sentAt"]);
      const back = { conversationId: channelId, readAt: first.data["sentAt"] };
      await ada.does("readMarker.set", own, back);
      expect(await marker()).toBe(second.data["sentAt"]);
      await ada.does("readMarker.set", own, { ...back, isUnread: true });
      expect(await marker()).toBe(first.data["sentAt"]);
      expect(rejected(await bo.mutate("readMarker.set", own, back))).toBe("badRequest");
    });

    test("a draft follows the person and goes when it is emptied", async () => {
      const own = personScope(bo.id);
      const conversationId = createId();
      await bo.does("draft.set", own, { conversationId, body: "à finir" });
      expect(await bo.rows(own, "draft")).toMatchObject([{ id: conversationId, data: { body: "à finir" } }]);
      await bo.does("draft.set", own, { conversationId, body: "" });
      expect(await bo.rows(own, "draft")).toEqual([]);
    });

    test("reactions are one's own, once each, and can be taken back", async () => {
      const { scope, channelId } = await sharedSpace();
      const message = await ada.sends(scope, channelId, "bravo");
      const args = { messageId: message.id, conversationId: channelId, emoji: "🎉" };
      const [first] = await bo.does("reaction.add", scope, args);
      const [again] = await bo.does("reaction.add", scope, args);
      expect(again).toEqual(first);
      await ada.does("reaction.remove", scope, args);
      expect(await ada.rows(scope, "reaction")).toHaveLength(1);
      const [removed] = await bo.does("reaction.remove", scope, args);
      expect(removed).toMatchObject({ op: "delete", rev: 2, data: { emoji: "🎉", personId: bo.id } });
      expect(await ada.rows(scope, "reaction")).toEqual([]);
    });

    test("a message with 50,000 reactions syncs, and reads, and takes one more", async () => {
      const { scope, channelId } = await sharedSpace();
      const message = await ada.sends(scope, channelId, "le but !");
      const messageId = messageIdSchema.parse(message.id);
      function* reactions(): Generator<RowWrite> {
        for (let index = 0; index < 50_000; index += 1) {
          const emoji = `e${index}`;
          const id = reactionId(messageId, bo.id, emoji);
          const createdAt = message.data["sentAt"];
          const data = { id, conversationId: channelId, messageId, personId: bo.id, emoji, createdAt };
          yield { scope: scopeSchema.parse(scope), collection: "reaction", id, op: "put", data };
        }
      }
      await loadRows(workplace.store, reactions());
      await ada.does("reaction.add", scope, { messageId, conversationId: channelId, emoji: "⚽" });
      const { rows } = await ada.syncPage({ scope, timeline: "100000" });
      expect(rows.filter((row) => row.collection === "reaction")).toHaveLength(50_001);
      const query = new URLSearchParams({ scope, conversationId: channelId });
      const history = await ada.get(`/v1/history/message?${query.toString()}`);
      expect((await history.text()).trim().split("\n")).toHaveLength(50_003);
    });

    test("a message of 10 MB is refused without harm, an empty one too, and the next goes through", async () => {
      const { scope, channelId } = await sharedSpace();
      const send = (body: string) =>
        ada.mutate("message.send", scope, { id: createId(), conversationId: channelId, body });
      expect(rejected(await send("é".repeat(5_000_000)))).toBe("tooLarge");
      expect(rejected(await send("é".repeat(32_769)))).toBe("tooLarge");
      expect(rejected(await send(" \n "))).toBe("badRequest");
      expect((await send("é".repeat(32_768))).status).toBe("applied");
      expect(await ada.rows(scope, "message")).toHaveLength(1);
    });

    test("HTML, right-to-left text, emoji and NUL come back from every field as they were sent", async () => {
      const texts = ['<img src=x onerror="alert(1)">', "مرحبا ‏שלום", "👩‍👩‍👧‍👦🇫🇷", "a\0b", "\uD83D"];
      for (const text of texts) {
        const spaceId = createId();
        const scope = `space:${spaceId}`;
        const [space] = await ada.does("space.create", DIRECTORY, {
          id: spaceId,
          name: text,
          summary: text,
          kind: "project",
          visibility: "open",
          emoji: text,
        });
        expect(space?.data).toMatchObject({ name: text, summary: text, emoji: text });
        const channelId = createId();
        const channel = { id: channelId, spaceId, name: text, topic: text };
        expect((await ada.does("channel.create", scope, channel))[0]?.data).toMatchObject(channel);
        const message = await ada.sends(scope, channelId, text, { attachments: [{ name: text }] });
        expect(message.data).toMatchObject({ body: text, attachments: [{ name: text }] });
        const reaction = { messageId: message.id, conversationId: channelId, emoji: text };
        const reacted = await ada.mutate("reaction.add", scope, reaction);
        const emojiCameBack = reacted.status === "applied" && reacted.changes[0]?.data["emoji"] === text;
        const isRefused = reacted.status === "rejected" && reacted.error.pointer === "args.emoji";
        expect([emojiCameBack, isRefused]).toEqual([text.isWellFormed(), !text.isWellFormed()]);
        const draft = { conversationId: channelId, body: text };
        expect((await ada.does("draft.set", personScope(ada.id), draft))[0]?.data["body"]).toBe(text);
        const group = createId();
        const args = { id: group, kind: "group", memberIds: [ada.id, bo.id], name: text };
        const [conversation] = await ada.does("conversation.open", `conversation:${group}`, args);
        expect(conversation?.data["name"]).toBe(text);
        const stored = await ada.rows(scope, "message");
        expect(stored[0]).toEqual(message);
      }
    });

    test("what does not fit the contract is rejected with the field at fault", async () => {
      const { scope, channelId } = await sharedSpace();
      const result = await ada.mutate("message.send", scope, {
        id: "x",
        conversationId: channelId,
        body: "b",
      });
      expect(result).toMatchObject({ status: "rejected", error: { kind: "badRequest", pointer: "args.id" } });
      expect(rejected(await ada.mutate("moon.land", scope, {}))).toBe("unsupported");
      const args = { id: createId(), conversationId: channelId, body: "b" };
      expect(rejected(await ada.mutate("message.send", DIRECTORY, args))).toBe("badRequest");
      const absent = { ...args, attachments: [{ name: "f", blobId: createId() }] };
      expect(rejected(await ada.mutate("message.send", scope, absent))).toBe("notFound");
    });

    test("a direct conversation is one, whoever opens it, and closed to all others", async () => {
      const [p, q] = [await workplace.person("P"), await workplace.person("Q")];
      const [first, second] = await Promise.all([direct(p, q), direct(q, p)]);
      expect(first.row?.data).toEqual(second.row?.data);
      const opening = { id: first.id, kind: "direct", memberIds: [p.id, q.id] };
      expect(rejected(await bo.mutate("conversation.open", first.scope, opening))).toBe("forbidden");
      const args = { id: createId(), conversationId: first.id, body: "coucou" };
      expect(rejected(await bo.mutate("message.send", first.scope, args))).toBe("forbidden");
      const wrong = createId();
      const forged = { id: wrong, kind: "direct", memberIds: [bo.id, q.id] };
      expect(rejected(await bo.mutate("conversation.open", `conversation:${wrong}`, forged))).toBe(
        "badRequest",
      );
      expect((await direct(p, p)).row?.data["memberIds"]).toEqual([p.id]);
    });

    test("a hidden space does not exist for those outside", async () => {
      const { scope, spaceId, channelId } = await newSpace(ada, "hidden");
      expect((await bo.rows(DIRECTORY, "space")).map((row) => row.id)).not.toContain(spaceId);
      expect((await ada.rows(scope, "space")).map((row) => row.id)).toEqual([spaceId]);
      const asked = await bo.mutate("space.join", scope, { spaceId });
      const never = createId();
      const absent = await bo.mutate("space.join", `space:${never}`, { spaceId: never });
      expect([rejected(asked), rejected(absent)]).toEqual(["notFound", "notFound"]);
      const setting = { spaceId, personId: bo.id, role: "animator" };
      expect(rejected(await bo.mutate("membership.set", scope, setting))).toBe("notFound");
      const channel = { id: createId(), spaceId, name: "entrée" };
      expect(rejected(await bo.mutate("channel.create", scope, channel))).toBe("notFound");
      await ada.does("membership.set", scope, { ...setting, role: "member" });
      const channels = (await bo.rows(scope, "channel")).map((row) => row.id);
      expect(channels.toSorted()).toEqual([channelId, wallId(spaceIdSchema.parse(spaceId))].toSorted());
      const invitations = await bo.rows(personScope(bo.id), "notification");
      expect(invitations.map((row) => row.data)).toContainEqual(
        expect.objectContaining({ kind: "invitation", scope, actorId: ada.id }),
      );
    });

    test("a space is run by its animators and administrators, and never left without one", async () => {
      const { scope, spaceId } = await newSpace(ada, "onRequest");
      expect(rejected(await bo.mutate("space.join", scope, { spaceId }))).toBe("forbidden");
      await ada.does("membership.set", scope, { spaceId, personId: bo.id, role: "member" });
      const promoting = { spaceId, personId: bo.id, role: "animator" };
      expect(rejected(await bo.mutate("membership.set", scope, promoting))).toBe("forbidden");
      expect(rejected(await ada.mutate("space.leave", scope, { spaceId }))).toBe("conflict");
      const demoting = { spaceId, personId: ada.id, role: "member" };
      expect(rejected(await ada.mutate("membership.set", scope, demoting))).toBe("conflict");
      await admin.does("membership.set", scope, promoting);
      await ada.does("space.leave", scope, { spaceId });
      expect((await ada.get(`/v1/sync?scope=${scope}`)).status).toBe(403);
      const roles = (await bo.rows(scope, "membership")).map((row) => row.data["role"]);
      expect(roles).toEqual(["animator"]);
      await ada.mutate("membership.remove", scope, { spaceId, personId: bo.id });
      expect(await bo.rows(scope, "membership")).toHaveLength(1);
    });

    test("a guest acts inside the spaces they were invited to, nowhere else", async () => {
      const space = await newSpace(ada, "open");
      const { scope, spaceId, channelId } = space;
      expect(rejected(await guest.mutate("space.join", scope, { spaceId }))).toBe("forbidden");
      const creating = { id: createId(), name: "G", kind: "project", visibility: "open" };
      expect(rejected(await guest.mutate("space.create", DIRECTORY, creating))).toBe("forbidden");
      const id = directConversationId(guest.id, ada.id);
      const opening = { id, kind: "direct", memberIds: [guest.id, ada.id] };
      const talk = () => guest.mutate("conversation.open", `conversation:${id}`, opening);
      expect(rejected(await talk())).toBe("forbidden");
      const setting = { spaceId, personId: guest.id, role: "member" };
      expect(rejected(await ada.mutate("membership.set", scope, setting))).toBe("forbidden");
      await ada.does("membership.set", scope, { ...setting, role: "guest" });
      expect((await talk()).status).toBe("applied");
      await guest.sends(scope, channelId, "bonjour");
      const channel = { id: createId(), spaceId, name: "invités" };
      expect(rejected(await guest.mutate("channel.create", scope, channel))).toBe("forbidden");
    });

    test("a batch is carried out in order, one refusal not stopping the rest", async () => {
      const spaceId = createId();
      const scope = `space:${spaceId}`;
      const conversationId = naturalId("channel", spaceId, "general");
      const results = await ada.sendAll([
        ada.mutation("message.send", scope, { id: createId(), conversationId, body: "trop tôt" }),
        ada.mutation("space.create", DIRECTORY, {
          id: spaceId,
          name: "S",
          kind: "event",
          visibility: "open",
        }),
        ada.mutation("message.send", scope, { id: createId(), conversationId, body: "à l'heure" }),
      ]);
      expect(results.map((result) => result.status)).toEqual(["rejected", "applied", "applied"]);
    });
  });
}

async function kinds(person: TestPerson): Promise<string[]> {
  const rows = await person.rows(personScope(person.id), "notification");
  return rows.map((row) => String(row.data["kind"]));
}
