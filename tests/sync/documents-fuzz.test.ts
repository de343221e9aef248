import assert from "node:assert/strict";
import { describe, expect, it } from "vitest";
import { createId, libraryItemIdSchema, type BlobId, type LibraryItemId } from "#contract/ids.ts";
import { seededRandom } from "./faulty-network.ts";
import { LibraryDesk } from "./library.ts";

const STEPS = 40;
const NAMES = ["Note.txt", "note.txt", "Été", "E\u0301te\u0301", "Plan", "Plan (2)", "CR.odt"];

/** Random writes of one person without network, or of two, one of whom is online. */
class Play {
  readonly desk: LibraryDesk;
  readonly #random: () => number;
  readonly #isCareful: boolean;
  readonly #sent: BlobId[] = [];
  readonly #ids: LibraryItemId[] = [];

  constructor(desk: LibraryDesk, seed: number, isCareful = false) {
    this.desk = desk;
    this.#isCareful = isCareful;
    this.#random = seededRandom(seed);
  }

  async step(): Promise<void> {
    const id = this.#pick(this.#ids);
    const roll = this.#random();
    const numbered = this.#isCareful || this.#random() < 0.5;
    const { desk } = this;
    if (id === undefined || roll < 0.2) return await this.#make("folder.create", { numbered });
    if (roll < 0.35) return await this.#make("file.add", { numbered, blobId: await this.#blob() });
    const { item, obstacle, isLost, isNew } = await this.#shown(id);
    if (this.#isCareful && isLost) return;
    const version = item?.version ?? 1;
    switch (Math.floor(this.#random() * 10)) {
      case 0:
      case 1:
        return await desk.mutate("libraryItem.move", {
          id,
          baseFolderId: item?.folderId ?? null,
          folderId: (await this.#folder()) ?? null,
          numbered,
        });
      case 2: {
        const changes = { name: this.#name(), labels: [String(this.#ids.length)] };
        const base = { name: item?.name ?? null, labels: item?.labels ?? null };
        return await desk.mutate("libraryItem.update", { id, base, changes });
      }
      case 3:
        return await desk.mutate("libraryItem.trash", { id });
      case 4:
        return await desk.mutate("libraryItem.restore", { id });
      case 5:
        return await desk.mutate("libraryItem.remove", { id });
      case 6: {
        if (this.#isCareful && obstacle !== null) return;
        const copy = libraryItemIdSchema.parse(createId());
        this.#ids.push(copy);
        const folderId = this.#isCareful ? undefined : await this.#folder();
        const args = { sourceId: id, folderId: folderId ?? null, numbered };
        return await desk.mutate("libraryItem.copy", { id: copy, ...args });
      }
      case 7:
        return await desk.mutate(this.#random() < 0.5 ? "file.lock" : "file.unlock", { id });
      case 8:
        // Nothing is known here of former contents that were never on the server.
        if (this.#isCareful && isNew) return;
        return await desk.mutate("file.restoreVersion", { id, version: 1, baseVersion: version });
      default:
        return await desk.mutate("file.write", {
          id,
          blobId: await this.#blob(),
          baseVersion: version,
        });
    }
  }

  /** Bytes that the server has already: no write has to wait for them, so the order of all stays. */
  async prepare(): Promise<void> {
    for (let count = 0; count < STEPS; count += 1) this.#sent.push(await this.desk.keep(createId()));
    await this.desk.client
      .query("uploads", {})
      .until(({ items }) => items.every(({ state }) => state === "done"));
  }

  async #blob(): Promise<BlobId> {
    return this.#sent.pop() ?? (await this.desk.keep(createId()));
  }

  /** Past any client. */
  async other(): Promise<void> {
    const rows = await this.desk.rows();
    const row = this.#pick(rows);
    const by = this.desk.workplace.ben;
    const id = createId();
    const [name, args] =
      row === undefined || this.#random() < 0.4
        ? ["folder.create", { id, name: this.#name() }]
        : this.#random() < 0.5
          ? ["libraryItem.trash", { id: row.id }]
          : ["libraryItem.update", { id: row.id, base: {}, changes: { description: id } }];
    // What the server refuses to him does not matter here.
    await this.desk.workplace.mutate(by, name, this.desk.scope, Object(args)).catch(() => undefined);
  }

  async #make(name: string, more: Record<string, unknown>): Promise<void> {
    const id = libraryItemIdSchema.parse(createId());
    const folderId = await this.#folder();
    const where = folderId === undefined ? {} : { folderId };
    this.#ids.push(id);
    await this.desk.mutate(name, { id, name: this.#name(), ...where, ...more });
  }

  async #shown(itemId: LibraryItemId) {
    const view = this.desk.client.query("document", { scope: this.desk.scope, itemId });
    await view.until(() => true);
    this.desk.client.leave(view);
    const { document } = view.info;
    const { item, obstacle = null, pending = null } = document ?? {};
    return { item, obstacle, isLost: item === undefined, isNew: pending !== null };
  }

  /** A careful person puts things only into folders that are there. */
  async #folder(): Promise<LibraryItemId | undefined> {
    const id = this.#random() < 0.3 ? undefined : this.#pick(this.#ids);
    if (id === undefined || !this.#isCareful) return id;
    const { item, obstacle, isLost } = await this.#shown(id);
    return item?.kind === "folder" && obstacle === null && !isLost ? id : undefined;
  }

  #name(): string {
    return this.#pick(NAMES) ?? "";
  }

  #pick<T>(list: readonly T[]): T | undefined {
    return list[Math.floor(this.#random() * list.length)];
  }
}

const isRefused = ({ status }: { status: string }) => status === "conflict" || status === "rejected";

/**
 * Refused writes are given up one after the other, until nothing waits: what was to be made is shown until then, and what
 * needs it waits. Gives the names of those that were refused.
 */
async function giveUp(desk: LibraryDesk): Promise<string[]> {
  const outbox = desk.client.query("outbox", {});
  const names: string[] = [];
  for (;;) {
    await outbox.until(({ items }) => items.length === 0 || items.some(isRefused));
    const refused = outbox.items.find(isRefused);
    if (refused === undefined) return names;
    names.push(refused.name);
    await desk.client.call("outbox.discard", { mutationId: refused.mutationId });
    await outbox.until(({ items }) => !items.some(({ mutationId }) => mutationId === refused.mutationId));
  }
}

/** How large a file is that was sent before the restart, only the server knows until its row comes. */
const sizeless = (line: string) => line.replace(/(?<= v[1-9]\d* \|) (?:\d+|\?) /, " ");

/** A careful person makes nothing that is refused. */
const makes = new Set(["folder.create", "file.add", "libraryItem.copy"]);

const seeds = Array.from({ length: Number(process.env["DOCUMENT_SEEDS"] ?? 6) }, (_, index) => index + 1);

describe("random writes", () => {
  for (const seed of seeds) {
    it(`show offline what the server then has (${seed})`, async () => {
      const desk = await LibraryDesk.open();
      try {
        const play = new Play(desk, seed, true);
        for (let step = 0; step < STEPS / 2; step += 1) await play.step();
        await giveUp(desk);
        await desk.agrees();
        await play.prepare();
        await desk.disconnect();
        for (let step = 0; step < STEPS; step += 1) await play.step();
        const shown = await desk.shown();
        await desk.restart();
        assert.deepEqual((await desk.shown()).map(sizeless), shown.map(sizeless));
        await desk.goOnline();
        const refused = await giveUp(desk);
        await desk.agrees();
        assert.ok(!refused.some((name) => makes.has(name)), refused.join());
        assert.deepEqual((await desk.stored()).map(sizeless), shown.map(sizeless));
      } finally {
        await desk.close();
      }
    });

    it(`of two people come to the same for both (${seed})`, async () => {
      const desk = await LibraryDesk.open();
      try {
        const play = new Play(desk, seed + 100);
        for (let round = 0; round < 3; round += 1) {
          for (let step = 0; step < 10; step += 1) await play.step();
          await giveUp(desk);
          await desk.disconnect();
          for (let step = 0; step < 10; step += 1) {
            await play.step();
            await play.other();
          }
          await desk.goOnline();
          await giveUp(desk);
          await desk.arrived();
          expect(await desk.shown()).toEqual(await desk.stored());
        }
      } finally {
        await desk.close();
      }
    });
  }
});
