import { describe, expect, test } from "vitest";
import { personSchema } from "#contract/entities/person.ts";
import { spaceSchema } from "#contract/entities/space.ts";
import { naturalId } from "#contract/ids.ts";
import { queries, type QueryItem, type SpaceSummary } from "#contract/worker.ts";
import { groupOffersOf, guestsFrom } from "./group-offers.ts";

const CREATED = "2026-11-01T00:00:00.000Z";

function space(name: string, role: SpaceSummary["role"]): SpaceSummary {
  const id = naturalId("test", name);
  const row = spaceSchema.parse({
    id,
    name,
    kind: "community",
    visibility: "open",
    classification: "internal",
    createdAt: CREATED,
  });
  return { key: id, sort: name, space: row, role, memberCount: 3 };
}

function person(displayName: string, email?: string) {
  const id = naturalId("test", displayName);
  return personSchema.parse({ id, displayName, ...(email === undefined ? {} : { email }) });
}

const me = person("Moi", "moi@ville.example");
const anne = person("Anne", "anne@ville.example");
const bo = person("Bo");

const group: QueryItem<"groupsOf"> = queries.groupsOf.item.parse({
  key: "g",
  sort: "g",
  group: { id: naturalId("test", "g"), name: "Chefs de service", handle: "chefs", memberIds: [] },
  members: [
    { id: anne.id, displayName: "Anne", photo: null, presence: "offline", statusEmoji: "", isGuest: false },
    { id: bo.id, displayName: "Bo", photo: null, presence: "offline", statusEmoji: "", isGuest: false },
  ],
  pending: null,
});

describe("many invited at once", () => {
  test("one's own communities and the groups of the directory, by a part of their name", () => {
    const spaces = [space("Équipe Voirie", "member"), space("Voirie ancienne", null)];
    expect(groupOffersOf("voir", spaces, [group]).map(({ name }) => name)).toEqual(["Équipe Voirie"]);
    expect(groupOffersOf("equipe", spaces, [group])).toHaveLength(1);
    expect(groupOffersOf("CHEFS", spaces, [group])).toMatchObject([{ members: 2 }]);
    expect(groupOffersOf(" ", spaces, [group])).toEqual([]);
  });

  test("without oneself and who is invited already; whoever has no address is counted", () => {
    const asked = { guests: [], me: me.id };
    const found = guestsFrom([me, anne, bo], asked);
    expect(found).toEqual({
      guests: [{ address: "mailto:anne@ville.example", name: "Anne", personId: anne.id, isOptional: false }],
      withoutAddress: 1,
    });
    expect(guestsFrom([me, anne], { ...asked, guests: found.guests }).guests).toEqual([]);
  });
});
