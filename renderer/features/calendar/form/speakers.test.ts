import { expect, test } from "vitest";
import { personIdSchema, naturalId } from "#contract/ids.ts";
import { speakerOf, speakersOffered } from "./speakers.ts";

const person = (displayName: string, email?: string) => ({
  person: {
    id: personIdSchema.parse(naturalId("test", `${displayName}${email ?? ""}`)),
    displayName,
    ...(email === undefined ? {} : { email }),
  },
});

test("those who are invited are offered first, each once", () => {
  const guests = [
    { address: "mailto:Ada@ville.example", name: "Ada", isOptional: false },
    { address: "mailto:chef@ailleurs.example", isOptional: false },
  ];
  const found = [person("Ada", "ada@ville.example"), person("Adam")];
  expect(speakersOffered("ad", guests, found)).toEqual([
    { name: "Ada", address: "mailto:Ada@ville.example" },
    { name: "Adam" },
  ]);
});

test("a name that two have, or that nobody has, stays a name", () => {
  const ada = { name: "Ada", address: "mailto:ada@ville.example" };
  expect(speakerOf(" Ada ", [ada, { name: "Adam" }])).toEqual(ada);
  expect(speakerOf("Ada", [ada, { name: "Ada", address: "mailto:ada2@ville.example" }])).toBeUndefined();
  expect(speakerOf("Adam", [ada, { name: "Adam" }])).toBeUndefined();
  expect(speakerOf("Zoé", [ada])).toBeUndefined();
});
