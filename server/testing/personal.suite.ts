import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Envelope } from "#contract/envelope.ts";
import { createId } from "#contract/ids.ts";
import { DIRECTORY, personScope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import type { Store } from "../store/store.ts";
import { asked, direct, inbox, rejected, says, spaceOf, type TestPlace } from "./places.ts";
import { TestWorkplace, type TestPerson } from "./workplace.ts";

const MINUTE = 60_000;

/** What belongs to one person, and what the server does for them later, over any store. */
export function describePersonal(name: string, open: () => Promise<Store>): void {
  describe(`${name}: one's own`, () => {
    let workplace: TestWorkplace;
    let ada: TestPerson;
    let bo: TestPerson;
    let talk: TestPlace;
    beforeAll(async () => {
      workplace = await TestWorkplace.open(await open());
    });
    beforeEach(async () => {
      ada = await workplace.person("Ada");
      bo = await workplace.person("Bo");
      talk = await direct(ada, bo);
    });
    afterAll(async () => {
      await workplace.app.close();
      await workplace.store.close();
    });

    const inMinutes = (minutes: number) => toIsoTime(workplace.nowMs + minutes * MINUTE);
    const pass = async (minutes: number) => {
      workplace.nowMs += minutes * MINUTE;
      await workplace.app.runDue();
    };

    test("settings keep what is not named and lose what is taken back", async () => {
      const own = personScope(ada.id);
      await ada.does("preferences.set", own, { feedOrder: "latest", hidesReceipts: true });
      const [row] = await ada.does("preferences.set", own, { feedOrder: null, notices: { reply: "inbox" } });
      expect(row?.data).toEqual({ id: ada.id, hidesReceipts: true, notices: { reply: "inbox" } });
      const foreign = await bo.mutate("preferences.set", own, { feedOrder: "latest" });
      expect(rejected(foreign)).toMatch(/^(badRequest|forbidden)$/);
      const sectionId = createId();
      const section = { id: sectionId, name: "Projets", position: 1 };
      await ada.does("section.save", own, section);
      await ada.does("section.save", own, { ...section, isCollapsed: true });
      const [elsewhere, favourite] = [createId(), createId()];
      await ada.does("placeSetting.set", own, { id: elsewhere, sectionId });
      await ada.does("placeSetting.set", own, { id: favourite, sectionId, isFavourite: true });
      expect((await ada.rows(own, "section")).map((each) => each.data)).toEqual([
        { ...section, isCollapsed: true },
      ]);
      await ada.does("section.remove", own, { id: sectionId });
      expect(await ada.rows(own, "section")).toEqual([]);
      expect((await ada.rows(own, "placeSetting")).map((each) => each.data)).toEqual([
        { id: favourite, isFavourite: true },
      ]);
    });

    test("people say of themselves what is theirs to say, and nothing else", async () => {
      const hours = { timeZone: "Europe/Paris", days: [5, 1, 1], from: "09:00", to: "17:00", secret: "x" };
      const saying = { phone: "01 02 03 04 05", workingHours: hours, roles: ["administrator"] };
      const [row] = await ada.does("profile.update", DIRECTORY, saying);
      expect(row?.data).toEqual({
        id: ada.id,
        displayName: "Ada",
        phone: "01 02 03 04 05",
        workingHours: { timeZone: "Europe/Paris", days: [1, 5], from: "09:00", to: "17:00" },
      });
      const [without] = await ada.does("profile.update", DIRECTORY, { phone: null });
      expect(without?.data).not.toHaveProperty("phone");
      const photo = { photo: createId() };
      expect(rejected(await ada.mutate("profile.update", DIRECTORY, photo))).toBe("notFound");
    });

    test("a reminder comes once, at its time, also when that is past", async () => {
      const message = await says(bo, talk, "à relire");
      const object = {
        kind: "message",
        scope: talk.scope,
        conversationId: talk.id,
        messageId: message.id,
      };
      const own = personScope(ada.id);
      const save = (more: object) => ada.does("item.save", own, { object, excerpt: "à relire", ...more });
      const reminders = async () => (await inbox(ada)).filter((item) => item.kind === "reminder");
      await save({ remindAt: inMinutes(10), note: "avant midi" });
      await pass(9);
      expect(await reminders()).toEqual([]);
      await pass(2);
      expect(await reminders()).toMatchObject([{ ask: "do", object, excerpt: "avant midi" }]);
      await pass(60);
      expect(await reminders()).toHaveLength(1);
      await save({ remindAt: inMinutes(5) });
      expect(await reminders()).toEqual([]);
      await save({ isDone: true });
      await pass(10);
      expect(await reminders()).toEqual([]);
      await save({ isDone: false, remindAt: inMinutes(-5) });
      expect(await reminders()).toHaveLength(1);
      await ada.does("item.remove", own, { object });
      expect(await reminders()).toEqual([]);
      expect(await ada.rows(own, "savedItem")).toEqual([]);
      const stranger = await workplace.person("X");
      const foreign = await stranger.mutate("item.save", personScope(stranger.id), { object });
      expect(rejected(foreign)).toBe("notFound");
    });

    test("one's reminder is no business of somebody else's reminder of the same thing", async () => {
      const object = { kind: "person", personId: bo.id };
      const cy = await workplace.person("Cy");
      for (const person of [ada, cy]) {
        await person.does("item.save", personScope(person.id), { object, remindAt: inMinutes(-1) });
      }
      await ada.does("item.remove", personScope(ada.id), { object });
      expect([await asked(ada), await asked(cy)]).toEqual([[], ["reminder/do"]]);
    });

    const schedule = (minutes: number, more: object = {}) => ({
      id: createId(),
      scope: talk.scope,
      conversationId: talk.id,
      body: "plus tard",
      sendAt: inMinutes(minutes),
      ...more,
    });

    test("a scheduled message goes out at its time, once, changed until then or removed", async () => {
      const own = personScope(ada.id);
      const args = schedule(10);
      await ada.does("message.schedule", own, args);
      await ada.does("message.schedule", own, { ...args, body: "encore plus tard", sendAt: inMinutes(20) });
      const other = schedule(10);
      await ada.does("message.schedule", own, other);
      await ada.does("scheduledMessage.remove", own, { id: other.id });
      await pass(15);
      expect(await bo.rows(talk.scope, "message")).toEqual([]);
      expect((await scheduled(ada)).map((row) => row.id)).toEqual([args.id]);
      await Promise.all([pass(6), workplace.app.runDue()]);
      const sent = await bo.rows(talk.scope, "message");
      expect(sent.map(({ id, data }) => [id, data["body"], data["authorId"]])).toEqual([
        [args.id, "encore plus tard", ada.id],
      ]);
      expect(String(sent[0]?.data["sentAt"]) >= inMinutes(-2)).toBe(true);
      expect(await scheduled(ada)).toEqual([]);
      expect(await asked(bo)).toEqual(["direct/answer"]);
      const again = await ada.does("message.schedule", own, args);
      expect(again.map((row) => row.collection)).toEqual(["message"]);
    });

    test("what is to be sent in the past is sent at once; in 2099, never", async () => {
      const own = personScope(ada.id);
      const args = schedule(10);
      await ada.does("message.schedule", own, args);
      await ada.does("message.schedule", own, { ...args, sendAt: inMinutes(-10) });
      expect((await bo.rows(talk.scope, "message")).map((row) => row.id)).toEqual([args.id]);
      expect(await scheduled(ada)).toEqual([]);
      const never = schedule(0, { sendAt: "2099-01-01T00:00:00.000Z" });
      expect(await ada.mutate("message.schedule", own, never)).toMatchObject({
        error: { kind: "badRequest", pointer: "args.sendAt" },
      });
      const stranger = await workplace.person("X");
      const foreign = await stranger.mutate("message.schedule", personScope(stranger.id), schedule(10));
      expect(rejected(foreign)).toBe("forbidden");
    });

    test("what may no longer be said when its time comes stays with the reason", async () => {
      const { scope, channel, spaceId } = await spaceOf(bo, [ada]);
      const own = personScope(ada.id);
      const args = schedule(10, { scope, conversationId: channel.id });
      await ada.does("message.schedule", own, args);
      await ada.does("space.leave", scope, { spaceId });
      await pass(11);
      expect(await bo.rows(scope, "message")).toEqual([]);
      expect((await scheduled(ada))[0]?.data).toMatchObject({ problem: { kind: "forbidden" } });
      expect((await inbox(ada)).map(({ kind, excerpt }) => [kind, excerpt])).toEqual([
        ["sendFailed", "plus tard"],
      ]);
      await pass(60);
      expect(await asked(ada)).toHaveLength(1);
      await ada.does("space.join", scope, { spaceId });
      await ada.does("message.schedule", own, { ...args, sendAt: inMinutes(1) });
      expect(await asked(ada)).toEqual([]);
      await pass(2);
      expect(await bo.rows(scope, "message")).toHaveLength(1);
    });

    test("a message waits for the other's working hours, their own or their organisation's", async () => {
      const hours = { timeZone: "Europe/Paris", days: [1, 2, 3, 4, 5], from: "09:00", to: "17:00" };
      await bo.does("profile.update", DIRECTORY, { workingHours: hours });
      // A Saturday.
      workplace.nowMs = Date.parse("2027-01-09T12:00:00.000Z");
      const [row] = await ada.does("message.schedule", personScope(ada.id), {
        ...schedule(0),
        isDuringWorkingHours: true,
      });
      expect(row?.data).toMatchObject({ sendAt: "2027-01-11T08:00:00.000Z", isDuringWorkingHours: true });
      const { scope, channel } = await spaceOf(ada, []);
      const many = { scope, conversationId: channel.id, isDuringWorkingHours: true };
      const refused = await ada.mutate("message.schedule", personScope(ada.id), schedule(5, many));
      expect(rejected(refused)).toBe("badRequest");
      workplace.nowMs = Date.parse("2027-01-11T10:00:00.000Z");
      const now = await ada.does("message.schedule", personScope(ada.id), {
        ...schedule(0),
        isDuringWorkingHours: true,
      });
      expect(now.some((each) => each.collection === "message")).toBe(true);
    });

    test("a reminder of a message that was deleted stays", async () => {
      const message = await says(ada, talk, "à relire");
      const object = { kind: "message", scope: talk.scope, conversationId: talk.id, messageId: message.id };
      await ada.does("item.save", personScope(ada.id), { object, remindAt: inMinutes(-1) });
      await ada.does("message.delete", talk.scope, { id: message.id, conversationId: talk.id });
      expect(await asked(ada)).toEqual(["reminder/do"]);
      expect(await ada.rows(personScope(ada.id), "savedItem")).toHaveLength(1);
    });
  });
}

function scheduled(person: TestPerson): Promise<Envelope[]> {
  return person.rows(personScope(person.id), "scheduledMessage");
}
