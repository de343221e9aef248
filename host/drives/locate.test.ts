import { expect, test } from "vitest";
import { driveIdSchema, drivePathSchema, type DriveKind } from "#contract/drives.ts";
import { createId } from "#contract/ids.ts";
import { locate } from "./locate.ts";

const drive = (kind: DriveKind, address: string) => ({ id: driveIdSchema.parse(createId()), kind, address });
const at = (path: string) => drivePathSchema.parse(path);

test("a file is found on the drive of the same address, however that is written", () => {
  const files = drive("webdav", "https://fichiers.example.org/dav/Travaux%20publics/");
  const found = locate([files], "https://Fichiers.example.org/dav/Travaux publics", at("Plans/a.odt"));
  expect(found).toEqual({ driveId: files.id, path: "Plans/a.odt" });
});

test("the nearest of several drives has it, above or below the address", () => {
  const top = drive("mount", "\\\\serveur\\commun");
  const below = drive("mount", "//SERVEUR/commun/Direction");
  expect(locate([top, below], "\\\\serveur\\commun", at("Direction/Notes/b.txt"))).toEqual({
    driveId: below.id,
    path: "Notes/b.txt",
  });
  expect(locate([top], "\\\\serveur\\commun\\Direction", at("Notes/b.txt"))).toEqual({
    driveId: top.id,
    path: "Direction/Notes/b.txt",
  });
});

test("another server, a name that only begins alike, and folders of this machine are not meant", () => {
  const files = drive("webdav", "https://fichiers.example.org/dav/");
  expect(locate([files], "https://autre.example.org/dav/", at("a"))).toBeNull();
  expect(locate([files], "https://fichiers.example.org/davantage/", at("a"))).toBeNull();
  expect(locate([drive("folder", "/srv/commun")], "/srv/commun", at("a"))).toBeNull();
});

test("a path cannot lead out of the drive", () => {
  const files = drive("webdav", "https://fichiers.example.org/dav/");
  expect(locate([files], "https://fichiers.example.org/dav/%2e%2e/", at("a"))).toBeNull();
});

test("a percent sign in the name of a share is one", () => {
  const share = drive("mount", "\\\\serveur\\100%25");
  expect(locate([share], "\\\\serveur\\100%25", at("a%20b"))).toEqual({ driveId: share.id, path: "a%20b" });
});
