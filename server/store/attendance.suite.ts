import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  blobIdSchema,
  createId,
  ownCalendarId,
  personIdSchema,
  spaceIdSchema,
  type BlobId,
  type PersonId,
} from "#contract/ids.ts";
import { ADMINISTRATION, DIRECTORY, personScope, spaceScope } from "#contract/scope.ts";
import type { Store, StoreEvent } from "./store.ts";

/** Who may read what follows from the rows of people, and what is beside the rows. Over any store. */
export function describeAttendance(name: string, open: () => Promise<Store>): void {
  describe(`${name}: access and attendance`, () => {
    let store: Store;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());

    async function writePerson(id: PersonId, more: object): Promise<void> {
      const data = { id, displayName: "P", ...more };
      await store.transaction((tx) =>
        tx.write([{ scope: DIRECTORY, collection: "person", id, op: "put", data }]),
      );
    }
    const scopesOf = async (id: PersonId) => (await store.scopesOf(id)).map(({ scope }) => scope);

    test("guests do not read the directory, and no longer being one opens it", async () => {
      const [guest, member] = [newPerson(), newPerson()];
      await writePerson(guest, { isGuest: true });
      await writePerson(member, {});
      expect([await store.canRead(guest, DIRECTORY), await store.canRead(member, DIRECTORY)]).toEqual([
        false,
        true,
      ]);
      expect(await scopesOf(guest)).not.toContain(DIRECTORY);
      expect(await scopesOf(member)).toContain(DIRECTORY);
      const events: StoreEvent[] = [];
      const told = Promise.withResolvers<void>();
      const dispose = store.subscribe((some) => {
        events.push(...some);
        if (events.some(({ type }) => type === "readerAdded")) told.resolve();
      });
      await writePerson(guest, {});
      await told.promise;
      dispose();
      expect(events).toContainEqual(
        expect.objectContaining({ type: "readerAdded", scope: DIRECTORY, personId: guest }),
      );
      expect(await store.canRead(guest, DIRECTORY)).toBe(true);
    });

    test("administration is the administrators', as long as they are that and their account is open", async () => {
      const person = newPerson();
      const mayRead = async () => [
        await store.canRead(person, ADMINISTRATION),
        (await scopesOf(person)).length > 2,
      ];
      await writePerson(person, {});
      expect(await mayRead()).toEqual([false, false]);
      await writePerson(person, { roles: ["administrator"] });
      expect(await mayRead()).toEqual([true, true]);
      await writePerson(person, { roles: ["administrator"], isDeactivated: true });
      expect(await mayRead()).toEqual([false, false]);
      await writePerson(person, { roles: ["administrator"], isGuest: true });
      expect(await mayRead()).toEqual([false, false]);
    });

    test("a transaction that is undone changes nobody's access", async () => {
      const person = newPerson();
      await expect(
        store.transaction(async (tx) => {
          const data = { id: person, displayName: "P", isGuest: true, roles: ["administrator"] };
          await tx.write([{ scope: DIRECTORY, collection: "person", id: person, op: "put", data }]);
          throw new Error("undone");
        }),
      ).rejects.toThrow("undone");
      expect(await store.canRead(person, DIRECTORY)).toBe(true);
    });

    test("a space with a guest carries the rows of its people, without what is none of a guest's business", async () => {
      const [ada, bo, guest] = [newPerson(), newPerson(), newPerson()];
      await writePerson(ada, { phone: "01", roles: ["administrator"], jobTitle: "DGS" });
      await writePerson(bo, {});
      await writePerson(guest, { isGuest: true });
      const scope = spaceScope(spaceIdSchema.parse(createId()));
      const copies = async () =>
        new Map((await store.list(scope, "person")).map(({ id, data }): [string, object] => [id, data]));
      await store.transaction((tx) => tx.addReaders(scope, [ada]));
      expect((await copies()).size).toBe(0);
      await store.transaction((tx) => tx.addReaders(scope, [guest]));
      expect([...(await copies()).keys()].sort()).toEqual([ada, guest].sort());
      expect((await copies()).get(ada)).toEqual({ id: ada, displayName: "P", jobTitle: "DGS" });
      await store.transaction((tx) => tx.addReaders(scope, [bo]));
      await writePerson(ada, { jobTitle: "Maire", phone: "02" });
      expect((await copies()).get(ada)).toEqual({ id: ada, displayName: "P", jobTitle: "Maire" });
      // Who leaves stays named beside what they wrote.
      await store.transaction((tx) => tx.removeReaders(scope, [bo]));
      expect((await copies()).has(bo)).toBe(true);
      await store.transaction((tx) => tx.removeReaders(scope, [guest]));
      expect((await copies()).size).toBe(0);
      await writePerson(bo, { isGuest: true });
      await store.transaction((tx) => tx.addReaders(scope, [bo]));
      expect((await copies()).size).toBe(2);
      await writePerson(bo, {});
      expect((await copies()).size).toBe(0);
    });

    test("somebody is active when active at one of the processes, and nowhere when at none", async () => {
      const person = newPerson();
      const mark = async (process: string, attendance: "active" | "idle" | undefined) =>
        store.transaction(async (tx) => {
          await tx.attendance.mark(process, [{ personId: person, attendance }]);
          return (await tx.attendance.of([person, newPerson()])).get(person);
        });
      await store.attendance.beat("one", 60_000);
      expect(await mark("one", "idle")).toBe("idle");
      expect(await mark("two", "active")).toBe("active");
      expect(await mark("two", undefined)).toBe("idle");
      expect(await mark("one", undefined)).toBeUndefined();
    });

    test("the people of a process that fell silent are told to the others, once", async () => {
      const person = newPerson();
      await store.attendance.beat("silent", 60_000);
      await store.transaction((tx) =>
        tx.attendance.mark("silent", [{ personId: person, attendance: "active" }]),
      );
      expect(await store.attendance.beat("living", 0)).toMatchObject({
        left: expect.arrayContaining([person]),
      });
      expect((await store.attendance.beat("living", 60_000)).left).toEqual([]);
      const after = await store.transaction((tx) => tx.attendance.of([person]));
      expect(after.get(person)).toBeUndefined();
    });

    test("files that nothing belongs to any more, and uploads given up, are named", async () => {
      const [owner, other] = [newPerson(), newPerson()];
      const scope = spaceScope(spaceIdSchema.parse(createId()));
      const begin = async () => {
        const id = blobIdSchema.parse(createId());
        const start = { id, scope, name: "f", mediaType: "text/plain", sizeBytes: 7, receivedBytes: 0 };
        await store.blobs.begin({ ...start, isComplete: false, ownerId: owner });
        return id;
      };
      const [first, second] = [await begin(), await begin()];
      expect(await store.blobs.unfinishedBytes(owner)).toBe(14);
      expect(await store.blobs.leftovers(Date.now() - 60_000, 10)).toEqual([]);
      const condemn = (id: BlobId, ownerId: PersonId) =>
        store.transaction((tx) => tx.condemnBlobs([{ id, ownerId }]));
      await condemn(first, owner);
      await condemn(second, other);
      expect(await store.blobs.leftovers(Date.now() - 60_000, 10)).toEqual([first]);
      const later = await store.blobs.leftovers(Date.now() + 60_000, 10);
      expect(later).toEqual(expect.arrayContaining([first, second]));
    });

    test("an invitation has one link at a time", async () => {
      const link = { invitationId: createId(), spaceId: createId() };
      await store.invitationLinks.save({ ...link, tokenHash: "first" });
      expect(await store.invitationLinks.byHash("first")).toEqual({ ...link, tokenHash: "first" });
      await store.invitationLinks.save({ ...link, tokenHash: "second" });
      expect(await store.invitationLinks.byHash("first")).toBeUndefined();
      expect(await store.invitationLinks.byHash("second")).toEqual({ ...link, tokenHash: "second" });
    });

    test("what a program called something in a calendar stays with it; others may come to the same name", async () => {
      const [scope, elsewhere] = [personScope(newPerson()), personScope(newPerson())];
      const [one, other] = [createId(), createId()];
      const { calendarNames } = store;
      await calendarNames.keep(scope, { id: one, name: "former.ics" });
      await calendarNames.keep(scope, { id: one, name: "É.ics" });
      await calendarNames.keep(scope, { id: other, name: "É.ics" });
      await calendarNames.keep(elsewhere, { id: one, name: "x.ics" });
      expect(await calendarNames.of(scope)).toEqual(
        new Map([
          [one, ["former.ics", "É.ics"]],
          [other, ["É.ics"]],
        ]),
      );
      expect((await calendarNames.called(scope, "É.ics")).toSorted()).toEqual([one, other].toSorted());
      expect(await calendarNames.called(scope, "former.ics")).toEqual([one]);
      await calendarNames.keep(scope, { id: one, name: "former.ics" });
      expect((await calendarNames.of(scope)).get(one)).toEqual(["É.ics", "former.ics"]);
      expect(await calendarNames.called(scope, "nobody.ics")).toEqual([]);
      await store.transaction((tx) => tx.removeScope(scope));
      expect((await calendarNames.of(scope)).size).toBe(0);
      expect((await calendarNames.of(elsewhere)).get(one)).toEqual(["x.ics"]);
    });

    test("secret addresses of calendars are found by their hash, and end with their scope", async () => {
      const [personId, other] = [newPerson(), newPerson()];
      const feed = (hash: string, by = personId) => ({
        id: createId(),
        tokenHash: hash + by,
        personId: by,
        scope: personScope(by),
        calendarId: ownCalendarId(by),
        createdAtMs: 1,
      });
      const [one, two, theirs] = [feed("one"), { ...feed("two"), createdAtMs: 0 }, feed("one", other)];
      const { calendarFeeds } = store;
      for (const each of [one, two, theirs]) await calendarFeeds.save(each);
      expect(await calendarFeeds.byHash(one.tokenHash)).toEqual(one);
      expect(await calendarFeeds.of(personId)).toEqual([two, one]);
      await calendarFeeds.remove(other, one.id);
      expect(await calendarFeeds.of(personId)).toHaveLength(2);
      await calendarFeeds.remove(personId, one.id);
      expect(await calendarFeeds.byHash(one.tokenHash)).toBeUndefined();
      await store.transaction((tx) => tx.removeScope(personScope(personId)));
      expect(await calendarFeeds.of(personId)).toEqual([]);
      expect(await calendarFeeds.of(other)).toEqual([theirs]);
    });
  });
}

function newPerson(): PersonId {
  return personIdSchema.parse(createId());
}
