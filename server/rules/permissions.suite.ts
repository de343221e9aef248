import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createId } from "#contract/ids.ts";
import { isMutationName, mutations, type MutationName, type MutationResult } from "#contract/mutations.ts";
import {
  ADMINISTRATION,
  DIRECTORY,
  personScope,
  scopeSchema,
  type Scope,
  type ScopeKind,
} from "#contract/scope.ts";
import type { Store } from "../store/store.ts";
import { aboutNothing, argsOf, imaginary, type Attempt } from "../testing/permission-args.ts";
import { castOf, worldOf, type Cast, type World } from "../testing/permission-world.ts";
import { TestWorkplace, type TestPerson } from "../testing/workplace.ts";
import { mutationRules, readRules, type Actor } from "./permissions.ts";

type Role = keyof Cast;
/** How each of them stands to the places of a world: an administrator is one beside being an outsider. */
const standing: Record<Exclude<Role, "asker">, (kind: ScopeKind) => Actor[]> = {
  outsider: (kind) => (isPlace(kind) ? ["outsider"] : ["member"]),
  animatorElsewhere: (kind) => (isPlace(kind) ? ["outsider"] : ["member"]),
  guestElsewhere: (kind) => (isPlace(kind) ? ["guestElsewhere"] : ["guest"]),
  guest: () => ["guest"],
  member: () => ["member"],
  animator: (kind) => (kind === "space" || kind === "desk" ? ["animator"] : ["member"]),
  administrator: (kind) => (isPlace(kind) ? ["outsider", "administrator"] : ["member", "administrator"]),
};
const roles = Object.keys(standing).filter((name): name is keyof typeof standing =>
  Object.hasOwn(standing, name),
);

function isPlace(kind: ScopeKind): boolean {
  return kind === "space" || kind === "desk" || kind === "conversation";
}

/** Every command and every way of reading, tried by each of them against the table. Over any store. */
export function describePermissions(name: string, open: () => Promise<Store>): void {
  describe(`${name}: permissions`, () => {
    let workplace: TestWorkplace;
    let cast: Cast;
    beforeAll(async () => {
      workplace = await TestWorkplace.open(await open());
      cast = await castOf(workplace);
    });
    afterAll(async () => {
      await workplace.app.close();
      await workplace.store.close();
    });

    async function tryOut(
      command: MutationName,
      role: Role,
      kind: ScopeKind,
      world: World,
    ): Promise<MutationResult> {
      const by = cast[role];
      const attempt: Attempt = { world, cast, by, kind, nowMs: workplace.nowMs };
      return by.mutate(command, scopeOf(kind, world, by), argsOf[command](attempt));
    }

    async function headsOf(world: World): Promise<number[]> {
      const scopes = [DIRECTORY, ADMINISTRATION, ...Object.values(world.scopes)];
      return Promise.all(scopes.map((scope) => workplace.store.head(scope)));
    }

    const commands = Object.keys(mutations).filter(isMutationName);

    test.each(commands)(
      "%s is refused to whom the table refuses it, and changes nothing",
      async (command) => {
        const world = await worldOf(workplace, cast);
        const faults: string[] = [];
        for (const { kind, role, isAllowed } of attemptsOf(command)) {
          if (isAllowed) continue;
          const before = await headsOf(world);
          const result = await tryOut(command, role, kind, world);
          const after = await headsOf(world);
          if (!isRefusal(result)) faults.push(`${role} in ${kind}: ${JSON.stringify(result)}`);
          if (after.join() !== before.join()) faults.push(`${role} in ${kind} changed something`);
          if (JSON.stringify(result).includes("ecret")) faults.push(`${role} in ${kind} was told something`);
        }
        expect(faults).toEqual([]);
      },
    );

    test.each(commands)(
      "%s says the same to those outside whether or not the place exists",
      async (command) => {
        const world = await worldOf(workplace, cast);
        const [real, nothing]: [object[], object[]] = [[], []];
        for (const { kind, role, isAllowed } of attemptsOf(command)) {
          // A space that can be found in the directory is no secret to the members of the workplace.
          if (!isPlace(kind) || isAllowed || !strangers.has(role)) continue;
          const by = cast[role];
          const scope = scopeOf(kind, world, by);
          const args = argsOf[command]({ world, cast, by, kind, nowMs: workplace.nowMs });
          real.push(answerOf(role, kind, await by.mutate(command, scope, args)));
          const absent = await by.mutate(command, elsewhere(scope), aboutNothing(args, world));
          nothing.push(answerOf(role, kind, absent));
        }
        expect(real).toEqual(nothing);
      },
    );

    test.each(commands)("%s is not refused for lack of rights to those who have them", async (command) => {
      const rule = mutationRules[command];
      const faults: string[] = [];
      const unproven = new Set(allKinds(rule.in));
      for (const { kind, role, isAllowed } of attemptsOf(command)) {
        if (!isAllowed) continue;
        const result = await tryOut(command, role, kind, await worldOf(workplace, cast));
        // Carried out for somebody: the arguments are right, and a refusal would be one of rights.
        if (result.status === "applied") unproven.delete(kind);
        // What the command itself still looks at may refuse them, as the table says.
        const hasFiner = rule.finer !== undefined || rule.unless !== undefined;
        const isForbidden = result.status === "rejected" && result.error.kind === "forbidden";
        if (isForbidden && !hasFiner) faults.push(`${role} in ${kind} may not`);
      }
      expect(faults).toEqual([]);
      expect([...unproven].filter((kind) => !aboutNobody.has(`${command} ${kind}`))).toEqual([]);
    });

    test.each(roles)("%s reads what the table gives them and nothing else, in any way", async (role) => {
      const world = await worldOf(workplace, cast);
      const blobs = await sendFiles(world, cast);
      const by = cast[role];
      const listed = new Set((await workplace.store.scopesOf(by.id)).map(({ scope }) => scope));
      const events = await by.events();
      const hello = JSON.stringify((await events.nextOf("hello")).data);
      await events.close();
      const answers = async (path: string) => (await by.get(path)).status === 200;
      const [found, expected]: [object[], object[]] = [[], []];
      for (const [kind, scope] of readable(world)) {
        const query = new URLSearchParams({ scope, conversationId: world.channelId });
        found.push({
          kind,
          sync: await answers(`/v1/sync?scope=${scope}`),
          history: await answers(`/v1/history/message?${query.toString()}`),
          scopes: listed.has(scope),
          events: hello.includes(`"${scope}"`),
          blob: await answers(`/v1/blobs/${blobs.get(scope) ?? ""}`),
        });
        const may = mayRead(role, kind);
        expected.push({ kind, sync: may, history: may, scopes: may, events: may, blob: may });
      }
      for (const other of roles) {
        found.push({ own: other, sync: await answers(`/v1/sync?scope=${personScope(cast[other].id)}`) });
        expected.push({ own: other, sync: other === role });
      }
      const link = await by.post(`/v1/guest-invitations/${world.ids.invitation}/link`, {});
      const sessions = await answers(`/v1/admin/sessions?personId=${cast.member.id}`);
      found.push({ link: link.status, accounts: await answers("/v1/admin/accounts"), sessions });
      const isAdministrator = role === "administrator";
      expected.push({
        link: role === "animator" ? 200 : 404,
        accounts: isAdministrator,
        sessions: isAdministrator,
      });
      expect(found).toEqual(expected);
    });

    test.each(roles)(
      "%s puts files only where they may read, and is not told what is elsewhere",
      async (role) => {
        const world = await worldOf(workplace, cast);
        const [found, expected]: [object[], object[]] = [[], []];
        for (const [kind, scope] of readable(world)) {
          if (kind === "directory") continue;
          const answer = await putFile(cast[role], scope, createId());
          const may = mayRead(role, kind);
          const nothing = await putFile(cast[role], elsewhere(scope), createId());
          const isSame = may || kind === "administration" || (await answer.text()) === (await nothing.text());
          found.push({ kind, status: answer.status, isSame });
          expected.push({ kind, status: may ? 200 : 403, isSame: true });
        }
        expect(found).toEqual(expected);
      },
    );

    test("without an account, nothing but the doors answers", async () => {
      const world = await worldOf(workplace, cast);
      const addresses = [
        "GET /v1/me",
        "GET /v1/scopes",
        `GET /v1/sync?scope=${world.scopes.space}`,
        `GET /v1/history/message?scope=${world.scopes.space}&conversationId=${world.channelId}`,
        "GET /v1/events",
        `GET /v1/blobs/${createId()}`,
        `PUT /v1/blobs/${createId()}?scope=directory`,
        "POST /v1/mutations",
        "POST /v1/signals",
        `POST /v1/guest-invitations/${world.ids.invitation}/link`,
        "POST /v1/admin/import",
        "GET /v1/admin/accounts",
        `GET /v1/admin/sessions?personId=${cast.member.id}`,
      ];
      const unlocked: string[] = [];
      for (const address of addresses) {
        const [method = "", path = ""] = address.split(" ");
        const answer = await workplace.app.fetch(new Request(`http://parvis.test${path}`, { method }));
        if (answer.status !== 401) unlocked.push(address);
      }
      expect(unlocked).toEqual([]);
    });
  });
}

/** Commands about things that one has first to make oneself, or that somebody else would have made. */
const aboutNobody = new Set<string>([
  "scheduledMessage.remove person",
  "section.remove person",
  "group.remove directory",
  "spaceRequest.withdraw person",
  "spaceRequest.decide administration",
  "organisation.remove directory",
  "spaceTemplate.remove directory",
  "report.decide administration",
  "joinRequest.withdraw person",
  "space.restore space",
  "space.create space",
  "conversation.open conversation",
  // Held by scheduling.suite.ts: it takes an organizer and somebody invited.
  "calendarObject.reply person",
  "article.decide person",
  "article.submit person",
]);

function allKinds(rule: Partial<Record<ScopeKind, readonly Actor[]>>): ScopeKind[] {
  const kinds: ScopeKind[] = ["directory", "administration", "space", "conversation", "person", "desk"];
  return kinds.filter((kind) => rule[kind] !== undefined);
}

function readable(world: World): [ScopeKind, Scope][] {
  const places: [ScopeKind, Scope][] = [
    ["directory", DIRECTORY],
    ["administration", ADMINISTRATION],
  ];
  for (const kind of ["space", "conversation", "desk"] as const) {
    const scope = world.scopes[kind];
    if (scope !== undefined) places.push([kind, scope]);
  }
  return places;
}

async function sendFiles(world: World, cast: Cast): Promise<Map<Scope, string>> {
  const blobs = new Map<Scope, string>();
  for (const [kind, scope] of readable(world)) {
    const id = createId();
    const by = kind === "directory" || kind === "administration" ? cast.administrator : cast.animator;
    if ((await putFile(by, scope, id)).ok) blobs.set(scope, id);
  }
  return blobs;
}

async function putFile(by: TestPerson, scope: Scope, id: string): Promise<Response> {
  return by.workplace.app.fetch(
    new Request(`http://parvis.test/v1/blobs/${id}?scope=${scope}&name=f`, {
      method: "PUT",
      headers: { authorization: `Bearer ${by.token}`, "content-length": "6", "content-type": "text/plain" },
      body: "secret",
    }),
  );
}

function elsewhere(scope: Scope): Scope {
  const [kind = "", id] = scope.split(":");
  return id === undefined ? scope : scopeSchema.parse(`${kind}:${imaginary(id)}`);
}

function answerOf(role: Role, kind: ScopeKind, result: MutationResult): object {
  return { role, kind, answer: result.status === "rejected" ? result.error : result.status };
}

const strangers: ReadonlySet<Role> = new Set<Role>(["outsider", "animatorElsewhere", "guestElsewhere"]);

function mayRead(role: keyof typeof standing, kind: ScopeKind): boolean {
  return standing[role](kind).some((actor) => readRules[kind].includes(actor));
}

function isRefusal(result: MutationResult): boolean {
  return result.status === "rejected" && ["forbidden", "notFound", "badRequest"].includes(result.error.kind);
}

/** Each of them, in each kind of scope that the command knows. */
function attemptsOf(command: MutationName) {
  const rule = mutationRules[command];
  return allKinds(rule.in).flatMap((kind) =>
    roles.map((role) => {
      // About a space, how they stand to it counts, also in what they write in their own area.
      const stands = standing[role](rule.bySpaceId === true ? "space" : kind);
      return { kind, role, isAllowed: stands.some((actor) => rule.in[kind]?.includes(actor) === true) };
    }),
  );
}

function scopeOf(kind: ScopeKind, world: World, by: TestPerson): Scope {
  if (kind === "person") return personScope(by.id);
  if (kind === "directory") return DIRECTORY;
  return world.scopes[kind] ?? ADMINISTRATION;
}
