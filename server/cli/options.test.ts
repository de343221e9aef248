import { expect, test } from "vitest";
import { parseServeOptions } from "./options.ts";

test("drives that everybody is given are named with their addresses", () => {
  const [first, second] = ["Archives=https://archives.example.org/dav/", String.raw`Commun=\\serveur\commun`];
  const options = parseServeOptions(["--drive", first, "--drive", second]);
  expect(options?.drives).toEqual([
    { name: "Archives", kind: "webdav", address: "https://archives.example.org/dav/" },
    { name: "Commun", kind: "mount", address: String.raw`\\serveur\commun` },
  ]);
  expect(parseServeOptions([])?.drives).toEqual([]);
});

test.each(["Archives", "=https://a.example.org/", "Local=/srv/commun", "X="])(
  "--drive %s is refused in words",
  (text) => {
    expect(() => parseServeOptions(["--drive", text])).toThrow("is not a drive");
  },
);

test("a password in an address is refused, and not shown", () => {
  const run = parseServeOptions.bind(undefined, ["--drive", "A=https://anna:secret@a.example.org/"]);
  expect(run).toThrow("has a password");
  expect(run).not.toThrow("secret");
});

test("the place for meetings is https with a name of the room in it", () => {
  const urlTemplate = "https://visio.ville.example/salle/{id}?lang=fr";
  expect(parseServeOptions(["--meetings", `Visio=${urlTemplate}`])?.meetings).toEqual({
    name: "Visio",
    urlTemplate,
  });
  expect(parseServeOptions([])?.meetings).toBeUndefined();
  for (const wrong of [
    "Visio",
    "=https://a.example/{id}",
    "V=http://a.example/{id}",
    "V=https://a.example/",
    "V=javascript:{id}",
  ])
    expect(() => parseServeOptions(["--meetings", wrong])).toThrow(/give NAME=https/);
});
