import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createId } from "#contract/ids.ts";
import { DIRECTORY, personScope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import { loadRows } from "../seed/load-rows.ts";
import type { RowWrite, Store } from "../store/store.ts";
import {
  asked,
  direct,
  group,
  inbox,
  reads,
  rejected,
  rowOf,
  says,
  spaceOf,
  type TestPlace,
} from "./places.ts";
import { TestWorkplace, type TestPerson } from "./workplace.ts";

/** What comes into whose inbox, and what takes it out again, over any store. */
export function describeInbox(name: string, open: () => Promise<Store>): void {
  describe(`${name}: the inbox`, () => {
    let workplace: TestWorkplace;
    let ada: TestPerson;
    let bo: TestPerson;
    let cy: TestPerson;
    beforeAll(async () => {
      workplace = await TestWorkplace.open(await open());
    });
    beforeEach(async () => {
      ada = await workplace.person("Ada Martin");
      bo = await workplace.person("Bo");
      cy = await workplace.person("Cy");
    });
    afterAll(async () => {
      await workplace.app.close();
      await workplace.store.close();
    });

    test("an item says where, who, what and when, in plain words", async () => {
      const { spaceId, channel } = await spaceOf(ada, [bo]);
      const body = `## Bonjour <@${bo.id}> !\n- **lis** [ceci](https://exemple.fr) avec \`soin\``;
      const message = await says(ada, channel, body, naming(bo));
      expect(await inbox(bo)).toMatchObject([
        {
          kind: "mention",
          ask: "answer",
          scope: channel.scope,
          spaceId,
          conversationId: channel.id,
          messageId: message.id,
          actorId: ada.id,
          excerpt: "Bonjour @Bo ! lis ceci avec soin",
          happenedAt: message.data["sentAt"],
        },
      ]);
      await says(ada, channel, "😀".repeat(400), naming(bo));
      const [, long] = await inbox(bo);
      expect(long?.excerpt?.isWellFormed()).toBe(true);
    });

    test("being named wants an answer, being one of many wants to be known", async () => {
      const { channel } = await spaceOf(ada, [bo, cy]);
      const message = await says(ada, channel, "à toi", naming(bo));
      const all = await says(ada, channel, "à tous", { mentions: [{ kind: "everyone" }] });
      expect([await asked(bo), await asked(cy)]).toEqual([
        ["mention/answer", "mention/know"],
        ["mention/know"],
      ]);
      await reads(bo, channel, all);
      expect(await asked(bo)).toEqual(["mention/answer"]);
      await says(bo, channel, "voilà", { threadId: message.id });
      expect(await asked(bo)).toEqual([]);
    });

    test("a reaction answers too", async () => {
      const talk = await direct(ada, bo);
      const message = await says(ada, talk, "d'accord ?");
      expect(await asked(bo)).toEqual(["direct/answer"]);
      const reaction = { conversationId: talk.id, messageId: message.id, emoji: "👍" };
      await bo.does("reaction.add", talk.scope, reaction);
      expect(await asked(bo)).toEqual([]);
    });

    test("here names those who are active then, a group its members who may read", async () => {
      const { channel } = await spaceOf(ada, [bo, cy]);
      const outsider = await workplace.person("Dehors");
      const admin = await workplace.person("Root", { roles: ["administrator"] });
      await loadRows(workplace.store, [presence(bo.id, "active"), presence(cy.id, "away")]);
      await says(ada, channel, "qui est là ?", { mentions: [{ kind: "here" }] });
      expect([await asked(bo), await asked(cy)]).toEqual([["mention/know"], []]);
      const groupId = createId();
      const saved = { id: groupId, name: "Voirie", memberIds: [cy.id, outsider.id] };
      expect(rejected(await ada.mutate("group.save", DIRECTORY, saved))).toBe("forbidden");
      await admin.does("group.save", DIRECTORY, saved);
      const naming = { mentions: [{ kind: "group", groupId }] };
      await says(ada, channel, `<!group:${groupId}> venez`, naming);
      expect((await inbox(cy)).map((item) => [item.ask, item.excerpt])).toEqual([["know", "@Voirie venez"]]);
      expect(await asked(outsider)).toEqual([]);
      await admin.does("group.remove", DIRECTORY, { id: groupId });
      await says(ada, channel, "encore", naming);
      expect(await asked(cy)).toHaveLength(1);
    });

    test("who begins a thread, replies or is named in it follows it; who turned it off does not", async () => {
      const { channel } = await spaceOf(ada, [bo, cy]);
      const root = await says(ada, channel, "sujet", naming(cy));
      const thread = { threadId: root.id };
      await says(bo, channel, "1", thread);
      const follow = async (person: TestPerson) =>
        (await rowOf(person, personScope(person.id), "follow", root.id))?.data;
      expect(await asked(ada)).toEqual(["reply/know"]);
      expect(await follow(bo)).toMatchObject({ isFollowed: true });
      expect(await follow(cy)).toMatchObject({ isFollowed: true });
      const second = await says(ada, channel, "2", thread);
      const sentAt = second.data["sentAt"];
      expect(await asked(ada)).toEqual([]);
      expect(await follow(bo)).toMatchObject({ isFollowed: true, lastReplyAt: sentAt });
      expect(await follow(ada)).toMatchObject({ readAt: sentAt });
      const place = { scope: channel.scope, conversationId: channel.id, threadId: root.id };
      await set(cy, "follow.set", { ...place, isFollowed: false });
      const named = await says(bo, channel, "3", { ...thread, ...naming(cy) });
      expect(await follow(cy)).toMatchObject({ isFollowed: false });
      expect((await inbox(cy)).filter((item) => item.kind === "mention")).toHaveLength(2);
      await says(ada, channel, "4", thread);
      expect(
        (await inbox(cy)).filter((item) => (item.happenedAt ?? "") > String(named.data["sentAt"])),
      ).toEqual([]);
      await readsThread(bo, channel, root.id, sentAt);
      expect(await asked(bo)).toEqual(["reply/know"]);
      const outside = { ...place, threadId: createId() };
      expect(rejected(await bo.mutate("follow.set", personScope(bo.id), outside))).toBe("notFound");
      const stranger = await workplace.person("X");
      expect(rejected(await stranger.mutate("follow.set", personScope(stranger.id), place))).toBe(
        "forbidden",
      );
    });

    test("however many messages come from one place, they are one item until it is read", async () => {
      const talk = await group(ada, [bo, cy]);
      const root = await says(ada, talk, "1");
      for (const body of ["2", "3"]) await says(cy, talk, body);
      const thread = await says(ada, talk, "dans le fil", { threadId: root.id });
      expect((await inbox(bo)).map((item) => [item.kind, item.excerpt, item.since])).toEqual([
        ["invitation", undefined, undefined],
        ["direct", "3", root.data["sentAt"]],
        ["direct", "dans le fil", thread.data["sentAt"]],
      ]);
      const newest = (await bo.rows(talk.scope, "message"))[0];
      if (newest === undefined) throw new Error("no message");
      await reads(bo, talk, newest);
      expect((await inbox(bo)).map((item) => item.excerpt)).toEqual([undefined, "dans le fil"]);
      await readsThread(bo, talk, root.id, thread.data["sentAt"]);
      expect((await inbox(bo)).map((item) => item.kind)).toEqual(["invitation"]);
    });

    test("a deleted message takes its items with it, back to what is left", async () => {
      const talk = await direct(ada, bo);
      const first = await says(ada, talk, "un");
      const named = await says(ada, talk, "deux", naming(bo));
      const last = await says(ada, talk, "trois");
      const remove = (message: { id: string }) =>
        ada.does("message.delete", talk.scope, { id: message.id, conversationId: talk.id });
      const shown = async () => (await inbox(bo)).map((item) => `${item.kind} ${item.excerpt}`).toSorted();
      expect(await shown()).toEqual(["direct trois", "mention deux"]);
      await remove(last);
      expect(await shown()).toEqual(["direct un", "mention deux"]);
      await remove(named);
      expect(await shown()).toEqual(["direct un"]);
      await remove(first);
      expect(await shown()).toEqual([]);
    });

    test("a deleted reply is no longer the newest of its thread", async () => {
      const { channel } = await spaceOf(ada, [bo]);
      const root = await says(ada, channel, "sujet");
      const first = await says(bo, channel, "1", { threadId: root.id });
      const second = await says(bo, channel, "2", { threadId: root.id });
      const newest = async () =>
        (await rowOf(ada, personScope(ada.id), "follow", root.id))?.data["lastReplyAt"];
      expect(await newest()).toBe(second.data["sentAt"]);
      for (const [reply, left] of [
        [second, first.data["sentAt"]],
        [first, undefined],
      ] as const) {
        await bo.does("message.delete", channel.scope, { id: reply.id, conversationId: channel.id });
        expect(await newest()).toBe(left);
      }
      expect(await asked(ada)).toEqual([]);
    });

    test("each hears of a place what they chose: all, what concerns them, nothing, or muted for a while", async () => {
      const { spaceId, channel } = await spaceOf(ada, [bo, cy]);
      await says(ada, channel, "rien pour personne");
      expect([await asked(bo), await asked(cy)]).toEqual([[], []]);
      await choose(bo, spaceId, { notify: "all" });
      await choose(cy, channel.id, { notify: "none" });
      for (const body of ["un", "deux", "trois"]) await says(ada, channel, body, naming(cy));
      expect([await asked(bo), await asked(cy)]).toEqual([["reply/know"], []]);
      await choose(bo, channel.id, { notify: "mentions" });
      const [one] = await inbox(bo);
      await says(ada, channel, "quatre");
      expect(await inbox(bo)).toEqual([one]);
      await choose(cy, channel.id, { notify: null, mutedUntil: toIsoTime(workplace.nowMs + 60_000) });
      await says(ada, channel, "à tous", { mentions: [{ kind: "everyone" }] });
      expect([await asked(bo), await asked(cy)]).toEqual([["reply/know", "mention/know"], []]);
      await says(ada, channel, "à toi", naming(cy));
      expect(await asked(cy)).toEqual(["mention/answer"]);
      workplace.nowMs += 61_000;
      await says(ada, channel, "à tous", { mentions: [{ kind: "everyone" }] });
      expect(await asked(cy)).toEqual(["mention/answer", "mention/know"]);
      await choose(cy, spaceId, { isMuted: true });
      await choose(cy, channel.id, { mutedUntil: null });
      expect(await rowOf(cy, personScope(cy.id), "placeSetting", channel.id)).toBeUndefined();
      await says(ada, channel, "à tous", { mentions: [{ kind: "everyone" }] });
      expect(await asked(cy)).toHaveLength(2);
    });

    test("a kind that is not wanted does not come", async () => {
      const talk = await direct(ada, bo);
      await set(bo, "preferences.set", { notices: { direct: "none", mention: "inbox" } });
      await says(ada, talk, "un");
      expect(await asked(bo)).toEqual([]);
      await says(ada, talk, "deux", naming(bo));
      expect(await asked(bo)).toEqual(["mention/answer"]);
      await set(bo, "preferences.set", { notices: null });
      await says(ada, talk, "trois");
      expect(await asked(bo)).toEqual(["mention/answer", "direct/answer"]);
    });

    test("what was done or put off comes back with news, and an edit tells those it names for the first time", async () => {
      const talk = await direct(ada, bo);
      const message = await says(ada, talk, "un");
      const [item] = await inbox(bo);
      const later = toIsoTime(workplace.nowMs + 60_000);
      await set(bo, "notification.set", { ids: [item?.id], snoozedUntil: later });
      expect(await inbox(bo)).toEqual([]);
      await says(ada, talk, "deux");
      expect((await inbox(bo)).map((each) => each.since)).toEqual([message.data["sentAt"]]);
      await set(bo, "notification.set", { ids: [item?.id], isDone: true });
      const third = await says(ada, talk, "trois");
      expect((await inbox(bo)).map((each) => each.since)).toEqual([third.data["sentAt"]]);
      await says(bo, talk, "oui");
      expect(await inbox(bo)).toEqual([]);
      const edit = { id: third.id, conversationId: talk.id, baseVersion: 1, body: "et toi ?", ...naming(bo) };
      await ada.does("message.edit", talk.scope, edit);
      expect(await asked(bo)).toEqual(["mention/answer"]);
      await ada.does("message.edit", talk.scope, { ...edit, baseVersion: 2, body: "et toi, Bo ?" });
      expect(await asked(bo)).toEqual(["mention/answer"]);
    });

    test("what comes while somebody reads is not lost", async () => {
      const talk = await direct(ada, bo);
      let known = await says(ada, talk, "0");
      for (let index = 1; index <= 30; index += 1) {
        const [next] = await Promise.all([says(ada, talk, String(index)), reads(bo, talk, known)]);
        expect((await inbox(bo)).map((item) => item.messageId)).toEqual([next.id]);
        known = next;
      }
    });

    test("10,000 mentions are refused, a thousand are told once each", async () => {
      const { channel } = await spaceOf(ada, [bo]);
      const named = (count: number) =>
        ada.mutate("message.send", channel.scope, {
          id: createId(),
          conversationId: channel.id,
          body: "à tous",
          mentions: Array.from({ length: count }, () => ({ kind: "person", personId: bo.id })),
        });
      expect(await named(10_000)).toMatchObject({
        status: "rejected",
        error: { kind: "badRequest", pointer: "args.mentions" },
      });
      expect((await named(1000)).status).toBe("applied");
      expect(await asked(bo)).toEqual(["mention/answer"]);
    });
  });
}

const naming = (...people: TestPerson[]) => ({
  mentions: people.map((person) => ({ kind: "person", personId: person.id })),
});
const set = (person: TestPerson, command: string, args: object) =>
  person.does(command, personScope(person.id), args);
const readsThread = (person: TestPerson, place: TestPlace, threadId: string, readAt: unknown) =>
  set(person, "follow.set", { scope: place.scope, conversationId: place.id, threadId, readAt });

function presence(id: string, state: string): RowWrite {
  return { scope: DIRECTORY, collection: "presence", id, op: "put", data: { id, state } };
}

function choose(person: TestPerson, id: string, args: object) {
  return set(person, "placeSetting.set", { id, ...args });
}
