import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createId, receiptId } from "#contract/ids.ts";
import { personScope, spaceScope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import type { Store } from "../store/store.ts";
import { direct, group, reads, rejected, rowOf, says, sendsTo, spaceOf, type TestPlace } from "./places.ts";
import { TestWorkplace, type TestPerson } from "./workplace.ts";

/** What a message can carry and what can be done with it, over any store. */
export function describeMessages(name: string, open: () => Promise<Store>): void {
  describe(`${name}: messages`, () => {
    let workplace: TestWorkplace;
    let ada: TestPerson;
    let bo: TestPerson;
    let cy: TestPerson;
    let channel: TestPlace;
    beforeAll(async () => {
      workplace = await TestWorkplace.open(await open());
      ada = await workplace.person("Ada Martin");
      bo = await workplace.person("Bo Durand");
      cy = await workplace.person("Cy");
      ({ channel } = await spaceOf(ada, [bo]));
    });
    afterAll(async () => {
      await workplace.app.close();
      await workplace.store.close();
    });

    const partsOf = async (messageId: string, collection: string) =>
      (await ada.rows(channel.scope, collection)).filter((row) => row.data["messageId"] === messageId);

    test("an edit keeps the former text, of the latest fifty", async () => {
      const message = await says(ada, channel, "texte 1");
      const edit = (version: number) =>
        ada.does("message.edit", channel.scope, {
          id: message.id,
          conversationId: channel.id,
          body: `texte ${version + 1}`,
          baseVersion: version,
        });
      for (let version = 1; version <= 3; version += 1) await edit(version);
      const bodies = (await partsOf(message.id, "messageVersion")).map((row) => String(row.data["body"]));
      expect(bodies.toSorted()).toEqual(["texte 1", "texte 2", "texte 3"]);
      for (let version = 4; version <= 52; version += 1) await edit(version);
      const versions = (await partsOf(message.id, "messageVersion")).map((row) =>
        Number(row.data["version"]),
      );
      expect(versions.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index + 3));
    });

    test("an edit changes the files too; what it does not name stays", async () => {
      const mentions = [{ kind: "person", personId: bo.id }];
      const message = await says(ada, channel, "x", {
        mentions,
        attachments: [{ name: "a" }, { name: "b" }],
      });
      const edit = { id: message.id, conversationId: channel.id, body: "y" };
      const [kept] = await ada.does("message.edit", channel.scope, { ...edit, baseVersion: 1 });
      expect(kept?.data).toMatchObject({ mentions, attachments: [{ name: "a" }, { name: "b" }] });
      const fewer = { ...edit, attachments: [{ name: "b" }], mentions: [], baseVersion: 2 };
      const [changed] = await ada.does("message.edit", channel.scope, fewer);
      expect(changed?.data).toMatchObject({ attachments: [{ name: "b" }] });
      expect(changed?.data).not.toHaveProperty("mentions");
      const absent = { ...edit, attachments: [{ name: "c", thumbnailId: createId() }], baseVersion: 3 };
      const refused = await ada.mutate("message.edit", channel.scope, absent);
      expect(refused).toMatchObject({ error: { pointer: "args.attachments.0.thumbnailId" } });
    });

    test("with a message goes all that hangs on it: reactions, votes, former texts, its pin", async () => {
      const poll = { question: "Quand ?", options: ["a", "b"].map((id) => ({ id, text: id })) };
      const message = await says(ada, channel, "à voter", { poll });
      const on = { conversationId: channel.id, messageId: message.id };
      await bo.does("vote.set", channel.scope, { ...on, optionIds: ["a"] });
      await bo.does("reaction.add", channel.scope, { ...on, emoji: "👍" });
      await bo.does("message.pin", channel.scope, { ...on, isPinned: true });
      const edit = { id: message.id, conversationId: channel.id, body: "votez", baseVersion: 1 };
      await ada.does("message.edit", channel.scope, edit);
      expect((await rowOf(ada, channel.scope, "pin", message.id))?.data["excerpt"]).toBe("votez");
      const changes = await ada.does("message.delete", channel.scope, {
        id: message.id,
        conversationId: channel.id,
      });
      for (const collection of ["reaction", "vote", "messageVersion", "pin"]) {
        expect(await partsOf(message.id, collection)).toEqual([]);
      }
      const gone = changes.filter((row) => row.op === "delete");
      expect(gone.map((row) => row.collection).toSorted()).toEqual([
        "messageVersion",
        "pin",
        "reaction",
        "vote",
      ]);
      for (const row of gone) expect(row.data).toMatchObject(on);
      const trace = await rowOf(ada, channel.scope, "message", message.id);
      expect(trace?.data).not.toHaveProperty("poll");
    });

    test("a message is quoted by whoever can read it, in its author's name whatever is claimed", async () => {
      const secret = await direct(ada, cy);
      const source = await says(ada, secret, "entre nous");
      const quote = {
        kind: "quote",
        scope: secret.scope,
        conversationId: secret.id,
        messageId: source.id,
        authorId: bo.id,
        sentAt: toIsoTime(0),
        body: "entre nous",
      };
      expect(rejected(await sendsTo(bo, channel, { quote }))).toBe("notFound");
      const quoted = await says(ada, channel, "", { quote });
      const { authorId, sentAt } = source.data;
      expect(quoted.data).toMatchObject({ quote: { ...quote, authorId, sentAt } });
      const forged = { ...quote, body: "Je démissionne" };
      expect(rejected(await sendsTo(ada, channel, { quote: forged }))).toBe("badRequest");
      const titled = { ...quote, title: "Démission" };
      expect(rejected(await sendsTo(ada, channel, { quote: titled }))).toBe("badRequest");
      // Whoever quotes has not seen the edit.
      const edit = { id: source.id, conversationId: secret.id, body: "pour tous", baseVersion: 1 };
      await ada.does("message.edit", secret.scope, edit);
      await says(ada, channel, "", { quote });
      const elsewhere = { ...quote, conversationId: channel.id };
      expect(rejected(await sendsTo(ada, channel, { quote: elsewhere }))).toBe("notFound");
      await ada.does("message.delete", secret.scope, { id: source.id, conversationId: secret.id });
      expect(rejected(await sendsTo(ada, channel, { quote }))).toBe("notFound");
      expect(rejected(await sendsTo(ada, channel, { quote: { ...quote, body: "é".repeat(20_001) } }))).toBe(
        "badRequest",
      );
    });

    test("a poll is chosen from as it says, until it closes, and keeps its words once somebody chose", async () => {
      const options = ["lundi", "mardi"].map((text) => ({ id: text, text }));
      const twice = { question: "?", options: [...options, { id: "lundi", text: "encore" }] };
      expect(await sendsTo(ada, channel, { poll: twice })).toMatchObject({
        error: { kind: "badRequest", pointer: "args.poll.options" },
      });
      const past = { question: "?", options, closesAt: toIsoTime(workplace.nowMs - 1) };
      expect(rejected(await sendsTo(ada, channel, { poll: past }))).toBe("badRequest");
      const poll = { question: "Quel jour ?", options, closesAt: toIsoTime(workplace.nowMs + 60_000) };
      const message = await says(ada, channel, "", { poll });
      const on = { conversationId: channel.id, messageId: message.id };
      const vote = (optionIds: string[]) => bo.mutate("vote.set", channel.scope, { ...on, optionIds });
      const edit = (version: number, more: object) =>
        ada.mutate("message.edit", channel.scope, {
          id: message.id,
          conversationId: channel.id,
          body: "",
          baseVersion: version,
          poll: { ...poll, ...more },
        });
      expect((await edit(1, { question: "Quel jour exactement ?" })).status).toBe("applied");
      expect(rejected(await vote(["mercredi"]))).toBe("badRequest");
      expect(rejected(await vote(["lundi", "mardi"]))).toBe("badRequest");
      expect((await vote(["lundi", "lundi"])).status).toBe("applied");
      expect((await vote(["mardi"])).status).toBe("applied");
      expect((await partsOf(message.id, "vote")).map((row) => row.data["optionIds"])).toEqual([["mardi"]]);
      expect(rejected(await edit(2, { question: "Autre chose ?" }))).toBe("forbidden");
      expect((await vote([])).status).toBe("applied");
      expect(await partsOf(message.id, "vote")).toEqual([]);
      const closed = { question: "Quel jour exactement ?", closesAt: toIsoTime(workplace.nowMs) };
      expect((await edit(2, closed)).status).toBe("applied");
      expect(rejected(await vote(["lundi"]))).toBe("forbidden");
      const plain = await says(ada, channel, "sans sondage");
      const wrong = { conversationId: channel.id, messageId: plain.id, optionIds: ["lundi"] };
      expect(rejected(await bo.mutate("vote.set", channel.scope, wrong))).toBe("badRequest");
    });

    test("an answer to an answer answers the first, and nothing of another thread", async () => {
      const [root, other] = [await says(ada, channel, "r"), await says(ada, channel, "autre")];
      const first = await says(bo, channel, "1", { threadId: root.id });
      const second = await says(ada, channel, "2", { threadId: root.id, replyTo: first.id });
      const third = await says(bo, channel, "3", { threadId: root.id, replyTo: second.id });
      expect([second.data["replyTo"], third.data["replyTo"]]).toEqual([first.id, first.id]);
      const elsewhere = { threadId: other.id, replyTo: first.id };
      expect(rejected(await sendsTo(bo, channel, elsewhere))).toBe("badRequest");
      expect(rejected(await sendsTo(bo, channel, { replyTo: first.id }))).toBe("badRequest");
      expect(rejected(await sendsTo(bo, channel, { threadId: other.id, replyTo: createId() }))).toBe(
        "notFound",
      );
    });

    test("members pin in their conversations, guests do not", async () => {
      const guest = await workplace.person("Invitée", { isGuest: true });
      const { spaceId, channel: own, wall } = await spaceOf(ada, [bo]);
      const setting = { spaceId, personId: guest.id, role: "guest" };
      await ada.does("membership.set", spaceScope(spaceId), setting);
      const message = await says(ada, own, "**important** pour <@" + bo.id + ">");
      const pin = (person: TestPerson, isPinned: boolean, more: object = {}) =>
        person.mutate("message.pin", own.scope, {
          conversationId: own.id,
          messageId: message.id,
          isPinned,
          ...more,
        });
      expect(rejected(await pin(guest, true))).toBe("forbidden");
      expect((await pin(bo, true)).status).toBe("applied");
      const [pinned] = await bo.rows(own.scope, "pin");
      expect(pinned?.data).toMatchObject({ excerpt: "important pour @Bo Durand", authorId: ada.id });
      expect((await pin(bo, false)).status).toBe("applied");
      expect(await bo.rows(own.scope, "pin")).toEqual([]);
      const post = await says(bo, wall, "p", { post: { kind: "post" } });
      const onWall = { conversationId: wall.id, messageId: post.id };
      expect(rejected(await pin(bo, true, onWall))).toBe("forbidden");
      expect((await pin(ada, true, onWall)).status).toBe("applied");
    });

    test("nothing is written in an archived channel or space", async () => {
      const { spaceId, channel: own, scope } = await spaceOf(ada, []);
      const message = await says(ada, own, "avant");
      const archiving = { id: own.id, spaceId, isArchived: true };
      await ada.does("channel.archive", scope, archiving);
      expect(rejected(await sendsTo(ada, own, {}))).toBe("forbidden");
      await ada.does("channel.archive", scope, { ...archiving, isArchived: false });
      await ada.does("space.archive", scope, { spaceId });
      expect(rejected(await sendsTo(ada, own, {}))).toBe("forbidden");
      const reaction = { conversationId: own.id, messageId: message.id, emoji: "👍" };
      expect(rejected(await ada.mutate("reaction.add", scope, reaction))).toBe("forbidden");
    });

    test("in small conversations everyone sees how far the others have read, unless they hide it", async () => {
      const talk = await group(ada, [bo, cy]);
      const message = await says(ada, talk, "lu ?");
      const receiptOf = async (person: TestPerson) =>
        (await rowOf(ada, talk.scope, "receipt", receiptId(talk.id, person.id)))?.data["readAt"];
      expect([await receiptOf(ada), await receiptOf(bo)]).toEqual([message.data["sentAt"], undefined]);
      const far = { conversationId: talk.id, readAt: "2099-01-01T00:00:00.000Z" };
      await bo.does("readMarker.set", personScope(bo.id), far);
      expect(await receiptOf(bo)).toBe(message.data["sentAt"]);
      await cy.does("preferences.set", personScope(cy.id), { hidesReceipts: true });
      await reads(cy, talk, message);
      expect(await receiptOf(cy)).toBeUndefined();
      const many = await Promise.all(Array.from({ length: 20 }, (_, index) => workplace.person(`P${index}`)));
      const large = await group(ada, many);
      await says(ada, large, "à vous tous");
      expect(await ada.rows(large.scope, "receipt")).toEqual([]);
    });

    test("a group conversation is named, joined and left by its members, and says so", async () => {
      const dee = await workplace.person("Dee");
      const talk = await group(ada, [bo]);
      const update = (person: TestPerson, more: object) =>
        person.mutate("conversation.update", talk.scope, { id: talk.id, ...more });
      expect(rejected(await update(dee, { addIds: [dee.id] }))).toBe("forbidden");
      expect((await update(bo, { name: "Budget", addIds: [dee.id] })).status).toBe("applied");
      expect((await rowOf(dee, talk.scope, "conversation", talk.id))?.data).toMatchObject({
        name: "Budget",
        memberIds: [ada.id, bo.id, dee.id],
      });
      expect((await dee.rows(personScope(dee.id), "notification")).map((row) => row.data["kind"])).toEqual([
        "invitation",
      ]);
      expect((await update(dee, { removeIds: [dee.id] })).status).toBe("applied");
      expect((await dee.get(`/v1/sync?scope=${talk.scope}`)).status).toBe(403);
      expect(await dee.rows(personScope(dee.id), "notification")).toEqual([]);
      const notices = (await ada.rows(talk.scope, "message")).map(({ data }) => [
        data["notice"],
        data["body"],
      ]);
      expect(notices.toReversed()).toEqual([
        ["joined", "Bo Durand a ajouté Dee."],
        ["renamed", "Bo Durand a renommé la conversation en «\u00a0Budget\u00a0»."],
        ["left", "Dee a quitté la conversation."],
      ]);
      expect((await update(ada, { removeIds: [bo.id] })).status).toBe("applied");
      expect((await update(ada, { removeIds: [ada.id] })).status).toBe("applied");
      expect(rejected(await update(ada, { name: "seule" }))).toBe("forbidden");
      // What was said after Dee had left stays closed to her when nobody is left.
      const again = { id: talk.id, kind: "group", memberIds: [dee.id] };
      expect(rejected(await dee.mutate("conversation.open", talk.scope, again))).toBe("forbidden");
      expect((await dee.get(`/v1/sync?scope=${talk.scope}`)).status).toBe(403);
      const pair = await direct(ada, bo);
      const widening = { id: pair.id, addIds: [dee.id] };
      expect(rejected(await ada.mutate("conversation.update", pair.scope, widening))).toBe("badRequest");
      const other = await group(ada, []);
      const crowd = { id: other.id, addIds: Array.from({ length: 101 }, () => createId()) };
      expect(rejected(await ada.mutate("conversation.update", other.scope, crowd))).toBe("badRequest");
    });
  });
}
