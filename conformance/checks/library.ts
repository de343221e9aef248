import { createHash } from "node:crypto";
import { libraryItemSchema, type LibraryItem } from "#contract/entities/library.ts";
import {
  createId,
  libraryItemIdSchema,
  libraryVersionId,
  blobIdSchema,
  type LibraryItemId,
} from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import { mutationOf, type Client } from "../client.ts";
import { expectEqual, expectFit, expectPresent, expectStatus } from "../expect.ts";
import { checks } from "../runner.ts";
import { standingRows, syncAll } from "../sync.ts";
import type { World } from "../world.ts";

const DAY_MS = 86_400_000;

async function ownLibrary(world: World): Promise<{ client: Client; scope: Scope }> {
  const { client } = await world.first();
  return { client, scope: (await world.space()).scope };
}

async function send(client: Client, scope: Scope, text: string) {
  const id = blobIdSchema.parse(createId());
  const query = new URLSearchParams({ scope, name: "conformance.txt" });
  const headers = { "content-type": "text/plain" };
  const response = await client.call(`/v1/blobs/${id}?${query.toString()}`, {
    method: "PUT",
    headers,
    body: text,
  });
  await expectStatus(response, [200], "Take a whole file (contract/blobs.ts).");
  return id;
}

/** A file of a fresh name at the top of the library. */
async function addFile(
  client: Client,
  scope: Scope,
  text: string,
): Promise<{ id: LibraryItemId; name: string }> {
  const id = libraryItemIdSchema.parse(createId());
  const name = `Conformité ${id}.txt`;
  await client.apply("file.add", scope, { id, name, blobId: await send(client, scope, text) });
  return { id, name };
}

async function itemIn(client: Client, scope: Scope, id: LibraryItemId): Promise<LibraryItem> {
  const row = standingRows(await syncAll(client, scope)).get(`libraryItem ${id}`);
  const todo = "Write files and folders as rows of the library's scope.";
  return expectFit(libraryItemSchema, expectPresent(row, "the item's row", todo).data, "libraryItemSchema");
}

export const libraryChecks = checks(
  "libraries",
  "contract/entities/library.ts, contract/commands/library.ts",
  {
    "a file says what was sent, and keeps each content it has had": async (world) => {
      const { client, scope } = await ownLibrary(world);
      const { id } = await addFile(client, scope, "un");
      const second = await send(client, scope, "deux");
      await client.apply("file.write", scope, { id, blobId: second, baseVersion: 1 });
      const item = await itemIn(client, scope, id);
      const sha256 = createHash("sha256").update("deux").digest("hex");
      expectEqual(
        [item.version, item.content?.sha256, item.content?.sizeBytes],
        [2, sha256, 4],
        "Size, hash and media type are those of the blob; version counts contents.",
      );
      const rows = standingRows(await syncAll(client, scope));
      for (const version of [1, 2])
        expectPresent(
          rows.get(`libraryVersion ${libraryVersionId(id, version)}`),
          `the row of version ${version}`,
          "Keep a libraryVersion for each content, with the id libraryVersionId(itemId, version).",
        );
    },
    "of two who write the same version the second gets a conflict": async (world) => {
      const { client, scope } = await ownLibrary(world);
      const { id } = await addFile(client, scope, "un");
      const [blobId, late] = [await send(client, scope, "deux"), await send(client, scope, "trois")];
      const results = await client.mutate(
        mutationOf("file.write", scope, { id, blobId, baseVersion: 1 }),
        mutationOf("file.write", scope, { id, blobId: late, baseVersion: 1 }),
      );
      expectEqual(
        results.map(({ status }) => status),
        ["applied", "conflict"],
        "baseVersion is the version that was seen: when the file has moved on, nothing is changed.",
      );
    },
    "a name is taken once in a folder, however its letters are composed or cased": async (world) => {
      const { client, scope } = await ownLibrary(world);
      const { id, name } = await addFile(client, scope, "un");
      const again = {
        id: libraryItemIdSchema.parse(createId()),
        name: name.toUpperCase().normalize("NFD"),
        blobId: await send(client, scope, "deux"),
      };
      const [taken] = await client.mutate(mutationOf("file.add", scope, again));
      expectEqual(
        [taken?.status, taken?.status === "conflict" ? taken.current.id : undefined],
        ["conflict", id],
        "Names that fold to the same (contract/file-names.ts) conflict with the item that has it.",
      );
      await client.apply("file.add", scope, { ...again, numbered: true });
      const [wrong] = await client.mutate(
        mutationOf("folder.create", scope, { id: libraryItemIdSchema.parse(createId()), name: "CON" }),
      );
      expectEqual(wrong?.status, "rejected", "Names that some system cannot hold are refused.");
    },
    "what is in the trash frees its name, comes back, and goes for good only from there": async (world) => {
      const { client, scope } = await ownLibrary(world);
      const { id } = await addFile(client, scope, "un");
      const [early] = await client.mutate(mutationOf("libraryItem.remove", scope, { id }));
      expectEqual(early?.status, "rejected", "Only what is in the trash is removed.");
      await client.apply("libraryItem.trash", scope, { id });
      expectPresent((await itemIn(client, scope, id)).trashed, "trashed", "Mark what is in the trash.");
      await client.apply("libraryItem.restore", scope, { id });
      expectEqual((await itemIn(client, scope, id)).trashed, undefined, "Restoring takes the mark off.");
      await client.apply("libraryItem.trash", scope, { id });
      await client.apply("libraryItem.remove", scope, { id });
      const rows = standingRows(await syncAll(client, scope));
      expectEqual(
        rows.has(`libraryItem ${id}`),
        false,
        "Removed, the row is gone, and its versions with it.",
      );
      expectEqual(
        rows.has(`libraryVersion ${libraryVersionId(id, 1)}`),
        false,
        "Removed, the row is gone, and its versions with it.",
      );
    },
    "what is preserved is not changed before its time": async (world) => {
      const { client, scope } = await ownLibrary(world);
      const { id } = await addFile(client, scope, "un");
      await client.apply("libraryItem.preserve", scope, { id, until: toIsoTime(Date.now() + DAY_MS) });
      const blobId = await send(client, scope, "deux");
      const results = await client.mutate(
        mutationOf("file.write", scope, { id, blobId, baseVersion: 1 }),
        mutationOf("libraryItem.trash", scope, { id }),
        mutationOf("libraryItem.preserve", scope, { id, until: toIsoTime(Date.now() + DAY_MS / 2) }),
      );
      expectEqual(
        results.map(({ status }) => status),
        ["rejected", "rejected", "rejected"],
        "Until preservation.until nobody writes, moves or trashes it, and nobody shortens the time.",
      );
    },
  },
);
