import { describe, expect, test } from "vitest";
import { personSchema } from "#contract/entities/person.ts";
import { naturalId } from "#contract/ids.ts";
import type { PersonView } from "#contract/worker.ts";
import type { DraftAttendee } from "./draft-people.ts";
import { guestsOf, offersOf } from "./guest-offers.ts";

function view(displayName: string, email?: string): PersonView {
  const id = naturalId("test", displayName);
  const person = personSchema.parse({ id, displayName, ...(email === undefined ? {} : { email }) });
  return { key: id, sort: displayName, presence: "offline", chosen: null, status: null, role: null, person };
}

const anne = view("Anne Lambert", "Anne.Lambert@ville.example");
const bo = view("Bo Roy", "bo.roy@ville.example");
const cy = view("Cy Nanda");

function guest(address: string): DraftAttendee {
  return { address, isOptional: false };
}

const invited = (typed: string, found: readonly PersonView[], guests: readonly DraftAttendee[] = []) =>
  offersOf(typed, found, guests).map((offer) => guestsOf(offer)?.map(({ address }) => address));

describe("whom what is typed can invite", () => {
  test("nobody before something is typed", () => {
    expect(offersOf("  ", [anne], [])).toEqual([]);
  });

  test("people by name, but not those who are invited already", () => {
    expect(invited("a", [anne, bo])).toEqual([
      ["mailto:Anne.Lambert@ville.example"],
      ["mailto:bo.roy@ville.example"],
    ]);
    expect(invited("a", [anne, bo], [guest("MAILTO:anne.lambert@ville.example")])).toEqual([
      ["mailto:bo.roy@ville.example"],
    ]);
  });

  test("whoever has no address is shown, and cannot be", () => {
    expect(invited("cy", [cy])).toEqual([undefined]);
  });

  test("an address from outside", () => {
    expect(offersOf("Di <di@ailleurs.example>", [bo], [])).toEqual([
      {
        kind: "addresses",
        key: "addresses",
        guests: [{ address: "mailto:di@ailleurs.example", name: "Di", isOptional: false }],
      },
    ]);
  });

  test("the address of somebody of the workplace invites that person", () => {
    const [offer] = offersOf("anne.lambert@ville.example", [anne, bo], []);
    expect(offer?.kind).toBe("person");
    expect(offersOf("anne.lambert@ville.example", [anne, bo], [])).toHaveLength(1);
  });

  test("of several addresses, those who are invited already are left out", () => {
    expect(invited("di@a.example, ed@a.example", [], [guest("mailto:DI@a.example")])).toEqual([
      ["mailto:ed@a.example"],
    ]);
    expect(invited("di@a.example", [], [guest("mailto:DI@a.example")])).toEqual([]);
  });
});
