import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { sessionSchema, type Session } from "#contract/entities/session.ts";
import { createId } from "#contract/ids.ts";
import { ADMINISTRATION, personScope } from "#contract/scope.ts";
import { sessionListSchema, tokenResponseSchema, type TokenResponse } from "#contract/sign-in.ts";
import { toIsoTime } from "#contract/time.ts";
import { createPasswordHash } from "../sign-in/passwords.ts";
import type { Store } from "../store/store.ts";
import { TestWorkplace, type TestPerson } from "./workplace.ts";

const DAY = 24 * 3_600_000;
const laptop = { name: "Parvis 0.1 · Windows", shell: "electron", platform: "win32" };

/** Where one is signed in, and what becomes of a device that has to forget everything. Over any store. */
export function describeSessions(name: string, open: () => Promise<Store>): void {
  describe(`${name}: devices`, () => {
    let workplace: TestWorkplace;
    let ada: TestPerson;
    let boss: TestPerson;
    const passwordHash = createPasswordHash("secret", { logN: 4, r: 8, p: 1 });
    beforeAll(async () => {
      workplace = await TestWorkplace.open(await open(), { signIn: [{ kind: "password" }] });
      boss = await workplace.person("Boss", { roles: ["administrator"] });
    });
    beforeEach(async () => {
      ada = await workplace.person("Ada");
      const account = await workplace.store.accounts.byPerson(ada.id);
      if (account === undefined) throw new Error("no account");
      await workplace.store.accounts.save([{ ...account, passwordHash: await passwordHash }]);
    });
    afterAll(async () => {
      await workplace.app.close();
      await workplace.store.close();
    });

    const post = (path: string, body: object): Promise<Response> =>
      Promise.resolve(
        workplace.app.fetch(
          new Request(`http://parvis.test${path}`, {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify(body),
          }),
        ),
      );
    const signIn = (device: object = laptop): Promise<TokenResponse> =>
      tokensOf(post("/v1/token", { grant_type: "password", username: ada.id, password: "secret", device }));
    const renew = (refresh: string, more: object = {}): Promise<Response> =>
      post("/v1/token", { grant_type: "refresh_token", refresh_token: refresh, ...more });
    const rows = async (): Promise<Session[]> =>
      (await workplace.store.list(personScope(ada.id), "session"))
        .filter(({ op }) => op === "put")
        .map(({ data }) => sessionSchema.parse(data));
    const end = (by: TestPerson, id: string | undefined, wipe: boolean) =>
      by.mutate("session.end", by === ada ? personScope(ada.id) : ADMINISTRATION, {
        id,
        personId: ada.id,
        wipe,
      });
    const withToken = (token: string): Promise<Response> =>
      Promise.resolve(
        workplace.app.fetch(
          new Request("http://parvis.test/v1/me", { headers: { authorization: `Bearer ${token}` } }),
        ),
      );

    test("each sign-in is a row that says what it is, and is renewed once a day", async () => {
      const tokens = await signIn();
      expect(await rows()).toEqual([
        expect.objectContaining({ id: tokens.session_id, device: laptop, personId: ada.id }),
      ]);
      const [first] = await rows();
      workplace.nowMs += 3_600_000;
      const second = await tokensOf(renew(tokens.refresh_token, { device: laptop }));
      expect(await rows()).toEqual([first]);
      expect(second.session_id).toBe(tokens.session_id);
      workplace.nowMs += DAY;
      const third = await tokensOf(renew(second.refresh_token));
      expect(await rows()).toEqual([{ ...first, lastSeenAt: toIsoTime(workplace.nowMs) }]);
      await renew(third.refresh_token, { device: { ...laptop, name: "Parvis 0.2 · Windows" } });
      expect((await rows())[0]?.device?.name).toBe("Parvis 0.2 · Windows");
    });

    test("signed out on the device itself, it is no longer in the list", async () => {
      const tokens = await signIn();
      await post("/v1/token/revoke", { token: tokens.refresh_token });
      expect(await rows()).toEqual([]);
      expect(await kindOf(renew(tokens.refresh_token))).toBe("signInRequired");
    });

    test.each(["themselves", "an administrator"])(
      "ended by %s, its tokens and streams end at once",
      async (who) => {
        const [tokens, other] = [await signIn(), await signIn()];
        const stream = await workplace.app.fetch(
          new Request("http://parvis.test/v1/events", {
            headers: { authorization: `Bearer ${tokens.access_token}` },
          }),
        );
        const said = stream.text();
        const result = await end(who === "themselves" ? ada : boss, tokens.session_id, false);
        expect(result.status).toBe("applied");
        expect(await said).toContain("event: signedOut");
        expect((await withToken(tokens.access_token)).status).toBe(401);
        expect(await kindOf(renew(tokens.refresh_token))).toBe("signInRequired");
        expect((await withToken(other.access_token)).status).toBe(200);
        const ended = (await rows()).find(({ id }) => id === tokens.session_id);
        expect(ended).toMatchObject({ endedAt: toIsoTime(workplace.nowMs) });
        expect(ended?.wipeAskedAt).toBeUndefined();
      },
    );

    test("a device that has to forget everything is told so until it says that it did", async () => {
      const tokens = await signIn();
      const next = await tokensOf(renew(tokens.refresh_token));
      await end(ada, tokens.session_id, true);
      expect((await withToken(next.access_token)).status).toBe(401);
      expect(await kindOf(renew(next.refresh_token))).toBe("wipeRequired");
      expect(await kindOf(renew(next.refresh_token))).toBe("wipeRequired");
      expect((await rows())[0]?.wipedAt).toBeUndefined();
      const wiped = await post("/v1/token/wiped", { token: next.refresh_token });
      expect(wiped.status).toBe(200);
      expect((await rows())[0]).toMatchObject({ wipedAt: toIsoTime(workplace.nowMs) });
      expect(await kindOf(renew(next.refresh_token))).toBe("signInRequired");
    });

    test("the answer to its last refresh was lost: it is told so all the same", async () => {
      const tokens = await signIn();
      await renew(tokens.refresh_token);
      await end(ada, tokens.session_id, true);
      expect(await kindOf(renew(tokens.refresh_token))).toBe("wipeRequired");
    });

    test("ended first and ordered to forget later, after its tokens expired, it is told when it comes back", async () => {
      const tokens = await signIn();
      workplace.nowMs += 40 * DAY;
      await signIn();
      await end(ada, tokens.session_id, false);
      await end(boss, tokens.session_id, true);
      workplace.nowMs += 60 * DAY;
      await signIn();
      expect(await kindOf(renew(tokens.refresh_token))).toBe("wipeRequired");
    });

    test("nobody says of a device that it forgot without its token, or unasked", async () => {
      const tokens = await signIn();
      await post("/v1/token/wiped", { token: tokens.refresh_token });
      expect((await withToken(tokens.access_token)).status).toBe(200);
      await end(ada, tokens.session_id, true);
      expect((await post("/v1/token/wiped", { token: tokens.access_token })).status).toBe(200);
      expect((await rows())[0]?.wipedAt).toBeUndefined();
    });

    test("a device that signs out before it was told stays in the list as not wiped", async () => {
      const tokens = await signIn();
      await end(ada, tokens.session_id, true);
      await post("/v1/token/revoke", { token: tokens.refresh_token });
      expect((await rows())[0]).toMatchObject({ id: tokens.session_id });
      expect(await kindOf(renew(tokens.refresh_token))).toBe("wipeRequired");
    });

    test("administrators see anybody's devices, others nobody's", async () => {
      const tokens = await signIn();
      const answer = await boss.get(`/v1/admin/sessions?personId=${ada.id}`);
      const { sessions } = sessionListSchema.parse(await answer.json());
      expect(sessions.map(({ id }) => id)).toEqual([tokens.session_id]);
      expect((await ada.get(`/v1/admin/sessions?personId=${boss.id}`)).status).toBe(403);
    });

    test("nobody ends somebody else's sign-in from their own area", async () => {
      const tokens = await signIn();
      const bo = await workplace.person("Bo");
      const args = { id: tokens.session_id, personId: ada.id, wipe: true };
      expect((await bo.mutate("session.end", personScope(bo.id), args)).status).toBe("rejected");
      expect((await bo.mutate("session.end", ADMINISTRATION, args)).status).toBe("rejected");
      const own = { ...args, personId: bo.id };
      expect(await bo.mutate("session.end", personScope(bo.id), own)).toMatchObject({ changes: [] });
      expect((await withToken(tokens.access_token)).status).toBe(200);
      expect(await end(ada, createId(), true)).toMatchObject({ status: "applied", changes: [] });
    });

    test("what is long over goes away by itself", async () => {
      const [tokens, kept] = [await signIn(), await signIn()];
      await end(ada, tokens.session_id, false);
      workplace.nowMs += 91 * DAY;
      await workplace.app.runDue();
      expect((await rows()).map(({ id }) => id)).toEqual([kept.session_id]);
    });
  });
}

async function tokensOf(answer: Promise<Response>): Promise<TokenResponse> {
  return tokenResponseSchema.parse(await (await answer).json());
}

async function kindOf(answer: Promise<Response>): Promise<unknown> {
  return Object(await (await answer).json())["kind"];
}
