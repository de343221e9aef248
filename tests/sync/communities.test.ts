import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createId, spaceIdSchema } from "#contract/ids.ts";
import type { MutationArgs, MutationName } from "#contract/mutations.ts";
import { deskScope, DIRECTORY, personScope, spaceScope, type Scope } from "#contract/scope.ts";
import { Client } from "./client.ts";
import { CuttableLine } from "./cuttable-line.ts";
import { Workplace } from "./workplace.ts";

let workplace: Workplace;
/** Ada, whose line can be cut, and Ben; both run the space of the workplace. */
let ada: Client;
let ben: Client;
let line: CuttableLine;

function disconnect(): Promise<void> {
  return line.cut(ada);
}

async function reconnect(): Promise<void> {
  await line.restore(ada);
  await ada
    .query("session", {})
    .until(({ info }) => info.connection === "online" && info.outbox.waiting === 0);
}

function write<N extends MutationName>(client: Client, name: N, scope: Scope, args: MutationArgs<N>) {
  return client.call("mutate", { name, scope, args: { ...args } });
}

/** A change of settings of the workplace's space. */
function settings(base: object, changes: object): MutationArgs<"space.update"> {
  return { spaceId: workplace.spaceId, base: { ...base }, changes: { ...changes } };
}

beforeEach(async () => {
  line = new CuttableLine();
  workplace = await Workplace.create();
  ada = new Client({ fetch: line.over(workplace.fetchAs(workplace.ada)), accountId: "ada" });
  ben = new Client({ fetch: workplace.fetchAs(workplace.ben), accountId: "ben" });
  for (const each of [ada, ben]) await each.query("session", {}).until((view) => view.info.isReady);
});

afterEach(async () => {
  await ada.closeCleanly();
  await ben.closeCleanly();
  await workplace.close();
});

describe("a community made without the network", () => {
  it("is there at once with its maker, its changes and its people, and the same once it is settled", async () => {
    const spaceId = spaceIdSchema.parse(createId());
    const scope = spaceScope(spaceId);
    const community = ada.query("community", { spaceId });
    const members = ada.query("communityMembers", { spaceId });
    await disconnect();
    await write(ada, "space.create", DIRECTORY, {
      id: spaceId,
      name: "Élagage",
      kind: "project",
      visibility: "hidden",
    });
    await write(ada, "space.update", scope, {
      spaceId,
      base: { rules: null },
      changes: { rules: "Casqués" },
    });
    await write(ada, "membership.addMany", scope, { spaceId, personIds: [workplace.ben] });
    await community.until(
      ({ info }) => info.view?.space.rules === "Casqués" && info.view.role === "animator",
    );
    expect(community.info).toMatchObject({ canManage: true, view: { pending: { status: "waiting" } } });
    await members.until(({ items }) => items.length === 2);
    expect(members.items.map(({ membership }) => membership.role)).toEqual(["animator", "member"]);

    await reconnect();
    await community.until(({ info }) => info.view?.pending === null);
    expect(community.info.view).toMatchObject({ memberCount: 2, space: { rules: "Casqués" } });
    const list = ben.query("communities", {});
    await list.until(({ items }) =>
      items.some(({ space, role }) => space.id === spaceId && role === "member"),
    );
  });
});

describe("two animators who change settings", () => {
  it("meet without a word when they touched different fields", async () => {
    const community = ada.query("community", { spaceId: workplace.spaceId });
    await disconnect();
    await write(ada, "space.update", workplace.scope, settings({ emoji: null }, { emoji: "🚧" }));
    await write(ben, "space.update", workplace.scope, settings({ rules: null }, { rules: "Prudence" }));
    await ben.query("session", {}).until(({ info }) => info.outbox.waiting === 0);
    await reconnect();
    await community.until(({ info }) => info.view?.space.rules === "Prudence" && info.view.pending === null);
    expect(community.info.view?.space.emoji).toBe("🚧");
    expect(community.info.refused).toEqual([]);
  });

  it("are told both texts when they touched the same one, and nothing is lost", async () => {
    const community = ada.query("community", { spaceId: workplace.spaceId });
    await disconnect();
    await write(ada, "space.update", workplace.scope, settings({ name: "Voirie" }, { name: "Routes" }));
    await write(ben, "space.update", workplace.scope, settings({ name: "Voirie" }, { name: "Chaussées" }));
    await ben.query("session", {}).until(({ info }) => info.outbox.waiting === 0);
    await reconnect();
    await community.until(({ info }) => info.refused.length === 1);
    expect(community.info).toMatchObject({
      view: { space: { name: "Chaussées" } },
      refused: [{ status: "conflict", changes: { name: "Routes" }, current: { name: "Chaussées" } }],
    });
    // Sent again, it is made from what stands there.
    for (const { mutationId } of community.info.refused) await ada.call("outbox.retry", { mutationId });
    await community.until(({ info }) => info.view?.space.name === "Routes" && info.view.pending === null);
    expect(community.info.refused).toEqual([]);
  });
});

describe("asking to join", () => {
  it("stands on the desk, and a decision taken without the network shows as taken", async () => {
    const spaceId = spaceIdSchema.parse(createId());
    await write(ada, "space.create", DIRECTORY, {
      id: spaceId,
      name: "Ponts",
      kind: "service",
      visibility: "onRequest",
    });
    const found = ben.query("community", { spaceId });
    await found.until(({ info }) => info.view !== null);
    await write(ben, "joinRequest.make", personScope(workplace.ben), { spaceId, note: "J’y travaille" });
    await found.until(({ info }) => info.view?.joinRequest?.state === "waiting");

    const toDecide = ada.query("toDecide", {});
    await toDecide.until(({ info }) => info.all === 1);
    expect(toDecide.items).toMatchObject([{ space: { name: "Ponts" }, joinRequests: 1 }]);
    const desk = ada.query("desk", { scope: deskScope(spaceId) });
    await desk.until(({ items }) => items.length === 1);

    await disconnect();
    const personId = workplace.ben;
    const decided = { spaceId, personId, decision: "accepted" as const };
    await write(ada, "joinRequest.decide", deskScope(spaceId), decided);
    await desk.until(({ info }) => info.waiting === 0);
    expect(desk.items).toMatchObject([
      { entry: { row: { state: "accepted" } }, pending: { status: "waiting" } },
    ]);
    await toDecide.until(({ info }) => info.all === 0);

    await reconnect();
    await found.until(({ info }) => info.view?.role === "member");
  });
});
