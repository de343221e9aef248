import { describe, expect, it } from "vitest";
import { createId, personIdSchema } from "#contract/ids.ts";
import { matchLines } from "./community-match.ts";

function person(displayName: string, email?: string) {
  const id = personIdSchema.parse(createId());
  return email === undefined ? { id, displayName } : { id, displayName, email };
}

const camille = person("Camille Berthier", "Camille.Berthier@ville.test");
const helene = person("Hélène Cassagne");
const twins = [person("Jean Martin", "jean.martin@ville.test"), person("Jean Martin")];
const people = [camille, helene, ...twins];

const namesOf = (line: string) => matchLines([line], people)[0]?.people.map(({ id }) => id);

describe("whoever is meant by a line of a list", () => {
  it("is found by address whatever its case and what stands around it", () => {
    expect(namesOf("Berthier <camille.berthier@VILLE.test>")).toEqual([camille.id]);
    expect(namesOf("42;camille.berthier@ville.test;agent")).toEqual([camille.id]);
  });

  it("is found by a name in either order, without accents and case", () => {
    expect(namesOf("CASSAGNE Helene")).toEqual([helene.id]);
    expect(namesOf("Cassagne;Hélène;Solidarités")).toEqual([helene.id]);
  });

  it("is offered as a choice when several have that name", () => {
    expect(namesOf("Jean Martin")).toEqual(twins.map(({ id }) => id));
  });

  it("is nobody when the address is unknown, even if somebody has that name", () => {
    expect(matchLines(["Camille Berthier <c@ailleurs.test>"], people)).toMatchObject([
      { people: [], email: "c@ailleurs.test" },
    ]);
  });

  it("is nobody for half a name", () => {
    expect(namesOf("Camille")).toEqual([]);
  });
});
