import { sessionSchema, type Session } from "#contract/entities/session.ts";
import { tokenResponseSchema, type TokenResponse } from "#contract/sign-in.ts";
import { Client, mutationOf } from "../client.ts";
import { expectEqual, expectFit, expectPresent, expectProblem, expectStatus, expectThat } from "../expect.ts";
import { checks } from "../runner.ts";
import { standingRows, syncAll } from "../sync.ts";
import type { World } from "../world.ts";

const device = { name: "Conformance · suite", shell: "browser", platform: "other" };

interface SignedIn extends TokenResponse {
  session_id: string;
}

/** A sign-in that says what it is. */
async function signIn(world: World): Promise<SignedIn> {
  const { username, password } = world.firstCredentials();
  const json = { grant_type: "password", username, password, device };
  const response = await world.nobody.call("/v1/token", { json });
  await expectStatus(response, [200], "Take `device` along in token requests.");
  const tokens = expectFit(tokenResponseSchema, await response.json(), "tokenResponseSchema");
  const id = expectPresent(
    tokens.session_id,
    "session_id in the token response",
    "Give each sign-in a row `session` and name it in the token response.",
  );
  return { ...tokens, session_id: id };
}

async function rowOf(world: World, id: string): Promise<Session> {
  const { client, ownScope } = await world.first();
  const row = standingRows(await syncAll(client, ownScope)).get(`session ${id}`);
  const { data } = expectPresent(
    row,
    `the row session ${id}`,
    "Keep a row for each sign-in in the person's own scope.",
  );
  return expectFit(sessionSchema, data, "sessionSchema");
}

async function end(world: World, id: string, wipe: boolean): Promise<void> {
  const { client, personId, ownScope } = await world.first();
  await client.apply("session.end", ownScope, { id, personId, wipe });
}

function refresh(world: World, token: string): Promise<Response> {
  return world.nobody.call("/v1/token", { json: { grant_type: "refresh_token", refresh_token: token } });
}

export const deviceChecks = checks("devices", "contract/entities/session.ts; contract/sign-in.ts", {
  "each sign-in is a row named after its device": async (world) => {
    const { session_id: id } = await signIn(world);
    const session = await rowOf(world, id);
    expectEqual(session.device?.name, device.name, "Keep the device as the token request names it.");
  },
  "ended from elsewhere, its tokens stop at once and the row says so": async (world) => {
    const tokens = await signIn(world);
    await end(world, tokens.session_id, false);
    const todo = "session.end ends all tokens of the session with the command itself.";
    const me = await new Client(world.url, tokens.access_token).call("/v1/me");
    await expectProblem(me, ["signInRequired"], todo);
    await expectProblem(await refresh(world, tokens.refresh_token), ["signInRequired", "signInFailed"], todo);
    const { endedAt } = await rowOf(world, tokens.session_id);
    expectThat(endedAt !== undefined, { expected: "endedAt", got: "none", todo: "Say when it ended." });
  },
  "a device is told to forget everything until it says that it did": async (world) => {
    const tokens = await signIn(world);
    await end(world, tokens.session_id, true);
    const todo = "Answer the refresh tokens of that session with wipeRequired.";
    for (let time = 0; time < 2; time += 1) {
      await expectProblem(await refresh(world, tokens.refresh_token), ["wipeRequired"], todo);
    }
    const wiped = await world.nobody.call("/v1/token/wiped", { json: { token: tokens.refresh_token } });
    await expectStatus(wiped, [200], "Take the acknowledgement.");
    const { wipedAt } = await rowOf(world, tokens.session_id);
    expectThat(wipedAt !== undefined, { expected: "wipedAt", got: "none", todo: "Say when it was done." });
    const after = await refresh(world, tokens.refresh_token);
    await expectProblem(after, ["signInRequired", "signInFailed"], "Once done, there is no order any more.");
  },
  "nobody ends somebody else's sign-in": async (world) => {
    const tokens = await signIn(world);
    const { personId } = await world.first();
    const { client: other, ownScope } = await world.second();
    const args = { id: tokens.session_id, personId, wipe: true };
    const [result] = await other.mutate(mutationOf("session.end", ownScope, args));
    expectThat(result?.status === "rejected", {
      expected: "rejected",
      got: result?.status ?? "nothing",
      todo: "Look at whose session it is.",
    });
    const me = await new Client(world.url, tokens.access_token).call("/v1/me");
    await expectStatus(me, [200], "The session goes on.");
  },
});
