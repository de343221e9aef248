import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createId, directConversationId, naturalId } from "#contract/ids.ts";
import { DIRECTORY, scopeSchema } from "#contract/scope.ts";
import type { Store } from "../store/store.ts";
import { EventReader } from "./event-reader.ts";
import { TestPerson, TestWorkplace } from "./workplace.ts";

/** Live events, over any store. */
export function describeEvents(name: string, open: () => Promise<Store>): void {
  describe(`${name}: events`, () => {
    let workplace: TestWorkplace;
    let ada: TestPerson;
    let bo: TestPerson;
    beforeAll(async () => {
      workplace = await TestWorkplace.open(await open(), {
        presenceGraceMs: 50,
        presenceSweepMs: 20,
        heartbeatMs: 50,
      });
      ada = await workplace.person("Ada");
      bo = await workplace.person("Bo");
    });
    afterAll(async () => {
      await workplace.app.close();
      await workplace.store.close();
    });

    test("a change reaches those who may read it and no one else", async () => {
      const cy = await workplace.person("Cy");
      const streams = await Promise.all([ada, bo, cy].map((person) => person.events()));
      const [ofAda, ofBo, ofCy] = streams;
      if (ofAda === undefined || ofBo === undefined || ofCy === undefined) throw new Error("no streams");
      for (const stream of streams) expect((await stream.next()).event).toBe("hello");
      const id = directConversationId(ada.id, bo.id);
      const scope = `conversation:${id}`;
      await ada.does("conversation.open", scope, { id, kind: "direct", memberIds: [ada.id, bo.id] });
      expect((await ofBo.nextOf("scopeAdded")).data).toMatchObject({ scope, head: 1 });
      const sent = await ada.sends(scope, id, "bonjour");
      const isSent = (data: Record<string, unknown>) => data["id"] === sent.id;
      expect((await ofBo.nextOf("change", isSent)).data).toEqual(sent);
      expect((await ofAda.nextOf("change", isSent)).data).toEqual(sent);
      // What Cy hears next after a change of the directory is that change: nothing of the conversation came before.
      await cy.does("presence.choose", DIRECTORY, { chosen: { state: "busy" } });
      for (;;) {
        const frame = await ofCy.next();
        expect(frame.data["scope"]).toBe(DIRECTORY);
        if (frame.data["id"] === cy.id && JSON.stringify(frame.data).includes("busy")) break;
      }
      for (const stream of streams) await stream.close();
    });

    test("joining and leaving tell the person at once, and what comes later is not for them", async () => {
      const { scope, channelId, spaceId } = await newSpace(ada, "open");
      const events = await bo.events();
      await events.nextOf("hello");
      await bo.does("space.join", scope, { spaceId });
      expect((await events.nextOf("scopeAdded")).data["scope"]).toBe(scope);
      await events.nextOf("change", (data) => data["collection"] === "membership");
      await ada.does("membership.remove", scope, { spaceId, personId: bo.id });
      expect((await events.nextOf("scopeRemoved")).data).toEqual({ scope });
      await ada.sends(scope, channelId, "entre nous");
      await bo.does("presence.choose", DIRECTORY, { chosen: { state: "away" } });
      const next = await events.nextOf("change");
      expect(next.data["scope"]).toBe(DIRECTORY);
      await events.close();
    });

    test("a short cut is bridged from the last event id, readers' changes included", async () => {
      const { scope, channelId, spaceId } = await newSpace(ada, "open");
      const first = await bo.events();
      await first.nextOf("hello");
      await bo.does("space.join", scope, { spaceId });
      const membership = await first.nextOf("change", (data) => data["scope"] === scope);
      await first.close();
      const missed = [await ada.sends(scope, channelId, "un"), await ada.sends(scope, channelId, "deux")];
      const second = await bo.events({ "last-event-id": membership.id ?? "" });
      expect((await second.nextOf("hello")).data["isResumed"]).toBe(true);
      for (const message of missed) {
        const frame = await second.nextOf("change", (data) => data["collection"] === "message");
        expect(frame.data).toEqual(message);
      }
      await second.close();
      const unknown = await bo.events({ "last-event-id": "another-run:1" });
      const hello = await unknown.nextOf("hello");
      expect(hello.data).toMatchObject({ isResumed: false, epoch: workplace.store.epoch });
      expect(hello.data["scopes"]).toContainEqual({
        scope,
        head: await workplace.store.head(scopeSchema.parse(scope)),
      });
      await unknown.close();
    });

    test("the end of a session and the end of a token end the stream with a word", async () => {
      const events = await bo.events();
      await events.nextOf("hello");
      const other = new TestPerson(workplace, bo.id, await workplace.signIn(bo.id));
      const kept = await other.events();
      await workplace.store.accounts.endSession(bo.sessionId);
      await events.nextOf("signedOut");
      expect((await events.next()).event).toBe("ended");
      expect((await kept.next()).event).toBe("hello");
      await kept.close();
      const brief = new TestPerson(workplace, bo.id, await workplace.signIn(bo.id, 80));
      const short = await brief.events();
      await short.nextOf("signedOut");
      bo = other;
    });

    test("an idle stream carries heartbeats", async () => {
      const response = await ada.get("/v1/events");
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      let text = "";
      while (!text.includes("\n: ")) text += (await reader?.read())?.value ?? "";
      expect(text.split("\n\n").filter((each) => each.startsWith(": ")).length).toBeGreaterThan(0);
      await reader?.cancel();
    });

    test("a reader who does not read is cut off and the others go on", async () => {
      const { scope, channelId, spaceId } = await newSpace(ada, "open");
      await bo.does("space.join", scope, { spaceId });
      const slow = await bo.get("/v1/events");
      const quick = await ada.events();
      await quick.nextOf("hello");
      const body = "x".repeat(60_000);
      for (let count = 0; count < 100; count += 1) {
        const sent = await ada.sends(scope, channelId, body);
        await quick.nextOf("change", (data) => data["id"] === sent.id);
      }
      await expect(slow.text()).rejects.toThrow(/slow/);
      await quick.close();
    });

    test("a machine that only waits for news does not make its person present", async () => {
      const eve = await workplace.person("Eve");
      const watching = await ada.events();
      await watching.nextOf("hello");
      const stateOfEve = async () => {
        const frame = await watching.nextOf("change", (data) => isPresenceOf(data, eve.id));
        return JSON.parse(JSON.stringify(frame.data["data"]));
      };
      const waiting = new EventReader(await eve.get("/v1/events?presence=none"));
      await waiting.nextOf("hello");
      await eve.does("presence.choose", DIRECTORY, { chosen: { state: "busy" } });
      expect(await stateOfEve()).toMatchObject({ state: "busy" });
      const window = await eve.events();
      await window.nextOf("hello");
      await window.close();
      // Its own connection stays open: it hears that Eve is gone.
      expect(await stateOfEve()).toMatchObject({ state: "offline" });
      await waiting.nextOf(
        "change",
        (data) => data["id"] === eve.id && JSON.stringify(data).includes("offline"),
      );
      await waiting.close();
      await watching.close();
    });

    test("presence follows the connections, after a moment, and keeps what the person chose", async () => {
      const dee = await workplace.person("Dee");
      const watching = await ada.events();
      await watching.nextOf("hello");
      const stateOfDee = async () => {
        const frame = await watching.nextOf(
          "change",
          (data) => data["id"] === dee.id && data["collection"] === "presence",
        );
        return JSON.parse(JSON.stringify(frame.data["data"]));
      };
      const first = await dee.events();
      expect(await stateOfDee()).toMatchObject({ state: "active" });
      await dee.does("presence.choose", DIRECTORY, { chosen: { state: "busy" } });
      expect(await stateOfDee()).toMatchObject({ state: "busy" });
      const second = await dee.events();
      await second.nextOf("hello");
      await first.close();
      await second.close();
      expect(await stateOfDee()).toMatchObject({ state: "offline" });
      await watching.close();
    });
  });
}

/** Not the row of the person, whose news may still be on its way. */
function isPresenceOf(data: Record<string, unknown>, personId: string): boolean {
  return data["collection"] === "presence" && data["id"] === personId;
}

/** A space with its first channel, made through the contract. */
export async function newSpace(by: TestPerson, visibility: "open" | "onRequest" | "hidden") {
  const spaceId = createId();
  const scope = `space:${spaceId}`;
  await by.does("space.create", DIRECTORY, { id: spaceId, name: "Voirie", kind: "service", visibility });
  return { spaceId, scope, channelId: naturalId("channel", spaceId, "general") };
}
