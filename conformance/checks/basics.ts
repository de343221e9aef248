import { capabilitiesSchema } from "#contract/capabilities.ts";
import { createId } from "#contract/ids.ts";
import { DIRECTORY } from "#contract/scope.ts";
import { meSchema, tokenResponseSchema } from "#contract/sign-in.ts";
import { scopeListSchema } from "#contract/sync.ts";
import { CONTRACT_VERSION } from "#contract/version.ts";
import { Client } from "../client.ts";
import { expectEqual, expectFit, expectPresent, expectProblem, expectStatus, expectThat } from "../expect.ts";
import { checks } from "../runner.ts";
import { syncOnce } from "../sync.ts";

export const capabilityChecks = checks("capabilities", "contract/capabilities.ts", {
  "they are told without credentials": async (world) => {
    const response = await world.nobody.call("/v1/capabilities");
    await expectStatus(response, [200], "Serve GET /v1/capabilities to everyone.");
    expectFit(capabilitiesSchema, await response.json(), "capabilitiesSchema");
  },
  "the backend speaks the contract version of this suite": async (world) => {
    const { contract } = await world.capabilities();
    expectThat(contract.oldest <= CONTRACT_VERSION && CONTRACT_VERSION <= contract.version, {
      expected: `oldest ≤ ${CONTRACT_VERSION} ≤ version`,
      got: `oldest ${contract.oldest}, version ${contract.version}`,
      todo: "State the versions that you answer, or run the suite of your version.",
    });
  },
  "there is a way to sign in": async (world) => {
    const { signIn } = await world.capabilities();
    expectThat(signIn.length > 0, {
      expected: "one method at least",
      got: "none",
      todo: "List it under signIn.",
    });
  },
});

const protectedCalls = [
  "/v1/me",
  "/v1/scopes",
  `/v1/sync?scope=${DIRECTORY}`,
  "/v1/events",
  `/v1/history/message?scope=${DIRECTORY}&conversationId=${createId()}`,
  `/v1/blobs/${createId()}`,
];

export const signInChecks = checks("sign-in", "contract/sign-in.ts", {
  "a password gives tokens and the person they are for": async (world) => {
    const tokens = await world.signIn(world.firstCredentials());
    const me = await new Client(world.url, tokens.access_token).read("/v1/me", meSchema, "meSchema");
    expectEqual(me.personId, tokens.person_id, "/v1/me and the token response must name the same person.");
  },
  "a wrong password and an unknown name are refused with the same words": async (world) => {
    const { username } = world.firstCredentials();
    const texts: string[] = [];
    for (const name of [username, `nobody-${createId()}`]) {
      const json = { grant_type: "password", username: name, password: `wrong ${createId()}` };
      const response = await world.nobody.call("/v1/token", { json });
      const todo = "Refuse a wrong password as signInFailed.";
      const { kind, title, detail } = await expectProblem(response, ["signInFailed"], todo);
      texts.push(`${kind} ${title} ${detail ?? ""}`);
    }
    expectEqual(texts[1], texts[0], "Do not tell which of the two was wrong: it tells who has an account.");
  },
  "a request that is none is a bad request": async (world) => {
    const response = await world.nobody.call("/v1/token", { json: { grant_type: "magic" } });
    await expectProblem(response, ["badRequest"], "Parse the body with tokenRequestSchema.");
  },
  "nothing but the capabilities is told without a token": async (world) => {
    for (const path of protectedCalls) {
      const todo = `Ask for a token on ${path.split("?")[0]}.`;
      await expectProblem(await world.nobody.call(path), ["signInRequired"], todo);
    }
    const mutations = await world.nobody.call("/v1/mutations", { json: { mutations: [] } });
    await expectProblem(
      mutations,
      ["signInRequired"],
      "Ask for a token on /v1/mutations, before reading its body.",
    );
  },
  "a made-up token opens nothing": async (world) => {
    const response = await new Client(world.url, "made-up").call("/v1/me");
    await expectProblem(response, ["signInRequired"], "Look the token up before answering.");
  },
  "a refresh token gives the next pair; coming back after its successor was used it ends the session": async (
    world,
  ) => {
    const first = await world.signIn(world.firstCredentials());
    const refresh = (token: string): Promise<Response> =>
      world.nobody.call("/v1/token", { json: { grant_type: "refresh_token", refresh_token: token } });
    const renewed = await refresh(first.refresh_token);
    await expectStatus(renewed, [200], "Trade a fresh refresh token for the next pair.");
    const second = expectFit(tokenResponseSchema, await renewed.json(), "tokenResponseSchema");
    expectThat(second.refresh_token !== first.refresh_token, {
      expected: "another refresh token",
      got: "the same",
      todo: "Rotate refresh tokens.",
    });
    await expectStatus(
      await new Client(world.url, second.access_token).call("/v1/me"),
      [200],
      "The new token works.",
    );
    const again = await refresh(second.refresh_token);
    await expectStatus(again, [200], "Trade the next refresh token too.");
    const third = expectFit(tokenResponseSchema, await again.json(), "tokenResponseSchema");
    const kinds = ["signInRequired", "signInFailed"] as const;
    await expectProblem(
      await refresh(first.refresh_token),
      kinds,
      "Refuse a refresh token whose successor was used.",
    );
    await expectProblem(
      await refresh(third.refresh_token),
      kinds,
      "When an old refresh token comes back, one of the two was stolen: end the whole session.",
    );
    const after = await new Client(world.url, third.access_token).call("/v1/me");
    await expectProblem(after, ["signInRequired"], "End the access tokens of the session too.");
  },
  "revoking ends the session, and never fails": async (world) => {
    const tokens = await world.signIn(world.firstCredentials());
    const revoke = (token: string): Promise<Response> =>
      world.nobody.call("/v1/token/revoke", { json: { token } });
    await expectStatus(await revoke(tokens.refresh_token), [200], "Answer 200 to a revocation.");
    const after = await new Client(world.url, tokens.access_token).call("/v1/me");
    await expectProblem(
      after,
      ["signInRequired"],
      "A revoked session's access token must stop working at once.",
    );
    await expectStatus(
      await revoke("never existed"),
      [200],
      "Answer 200 also for unknown tokens (RFC 7009).",
    );
  },
});

export const scopeChecks = checks("scopes", "contract/sync.ts, scopeListSchema; contract/scope.ts", {
  "a person reads the directory and their own area": async (world) => {
    const { client, ownScope } = await world.first();
    const { scopes } = await client.read("/v1/scopes", scopeListSchema, "scopeListSchema");
    const names = scopes.map(({ scope }) => scope);
    for (const scope of [DIRECTORY, ownScope]) {
      expectPresent(
        names.find((name) => name === scope),
        `${scope} among the scopes`,
        "List it for every account.",
      );
    }
    expectEqual(new Set(names).size, names.length, "List each scope once.");
  },
  "every scope listed can be read, up to its head": async (world) => {
    const { client } = await world.first();
    const { scopes } = await client.read("/v1/scopes", scopeListSchema, "scopeListSchema");
    for (const { scope } of scopes.slice(0, 5)) await syncOnce(client, scope, { limit: 1 });
  },
});

export const errorChecks = checks("errors", "contract/problem.ts, RFC 9457", {
  "an unknown address is notFound": async (world) => {
    const { client } = await world.first();
    await expectProblem(
      await client.call(`/v1/${createId()}`),
      ["notFound"],
      "Answer unknown paths with a problem.",
    );
  },
  "parameters that do not fit are badRequest": async (world) => {
    const { client } = await world.first();
    for (const query of [
      "",
      "scope=everything",
      `scope=${DIRECTORY}&limit=0`,
      `scope=${DIRECTORY}&limit=many`,
    ]) {
      const todo = "Parse the query with syncQuerySchema and refuse what does not fit.";
      await expectProblem(await client.call(`/v1/sync?${query}`), ["badRequest"], todo);
    }
  },
  "a body that does not fit is badRequest": async (world) => {
    const { client } = await world.first();
    const todo = "Parse the body with mutationRequestSchema and refuse what does not fit.";
    const cut = await client.call("/v1/mutations", {
      body: "{",
      headers: { "content-type": "application/json" },
    });
    await expectProblem(cut, ["badRequest"], todo);
    await expectProblem(
      await client.call("/v1/mutations", { json: { mutations: [] } }),
      ["badRequest"],
      todo,
    );
    const noId = { mutations: [{ id: "1", name: "message.send", scope: DIRECTORY, args: {} }] };
    await expectProblem(await client.call("/v1/mutations", { json: noId }), ["badRequest"], todo);
  },
});
