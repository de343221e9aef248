import assert from "node:assert/strict";
import { Blob } from "node:buffer";
import { libraryItemSchema, type LibraryItem } from "#contract/entities/library.ts";
import {
  blobIdSchema,
  createId,
  libraryItemIdSchema,
  type BlobId,
  type LibraryItemId,
} from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import type { DocumentSort } from "#contract/views/documents.ts";
import { Client, type ClientOptions, type LiveView } from "./client.ts";
import { Workplace, type TestFetch } from "./workplace.ts";

export const BY_NAME: DocumentSort = { by: "name", isDescending: false };

/** A client at a line that can be cut, in the library of a space. */
export class LibraryDesk {
  readonly workplace: Workplace;
  client: Client;
  #isConnected = true;
  readonly #cut: (() => void)[] = [];

  private constructor(workplace: Workplace, options: Partial<ClientOptions>) {
    this.workplace = workplace;
    this.client = new Client({ fetch: this.#line(), accountId: createId(), ...options });
  }

  static async open(options: Partial<ClientOptions> = {}): Promise<LibraryDesk> {
    const desk = new LibraryDesk(await Workplace.create(), options);
    await desk.client.query("session", {}).until(({ info }) => info.isReady && info.capabilities !== null);
    return desk;
  }

  get scope(): Scope {
    return this.workplace.scope;
  }

  async close(): Promise<void> {
    await this.client.closeCleanly();
    await this.workplace.close();
  }

  /** The process ends and starts again on the same disk. */
  async restart(): Promise<void> {
    this.client = await this.client.reopen();
  }

  async disconnect(): Promise<void> {
    this.#isConnected = false;
    for (const end of this.#cut.splice(0)) end();
    await this.client.query("session", {}).until((view) => view.info.connection === "offline");
  }

  async connect(): Promise<void> {
    await this.goOnline();
    await this.settled();
  }

  async goOnline(): Promise<void> {
    this.#isConnected = true;
    await this.client.call("sync.retry", {});
    await this.client.query("session", {}).until((view) => view.info.connection === "online");
  }

  /** Nothing waits any more. */
  async settled(): Promise<void> {
    const session = this.client.query("session", {});
    await session.until(({ info }) => info.connection === "online" && info.outbox.waiting === 0, 20_000);
  }

  /** All that the server had to tell has arrived: news of a scope come in the order in which they were made. */
  async arrived(): Promise<void> {
    const id = libraryItemIdSchema.parse(createId());
    const { ben } = this.workplace;
    await this.workplace.mutate(ben, "folder.create", this.scope, { id, name: id });
    await this.view().until(({ items }) => items.some(({ key }) => key === id));
  }

  async mutate(name: string, args: Record<string, unknown>, scope = this.scope): Promise<void> {
    await this.client.call("mutate", { name, scope, args });
  }

  async folder(name: string, folderId?: LibraryItemId, more: object = {}): Promise<LibraryItemId> {
    const id = libraryItemIdSchema.parse(createId());
    const where = folderId === undefined ? {} : { folderId };
    await this.mutate("folder.create", { id, name, ...where, ...more });
    return id;
  }

  async keep(text: string | Uint8Array<ArrayBuffer>, more: object = {}): Promise<BlobId> {
    const answer = await this.client.call("upload.add", {
      scope: this.scope,
      file: new Blob([text]),
      name: "f.txt",
      mediaType: "text/plain",
      ...more,
    });
    return blobIdSchema.parse(Object(answer).blobId);
  }

  async file(name: string, folderId?: LibraryItemId, more: object = {}): Promise<LibraryItemId> {
    const id = libraryItemIdSchema.parse(createId());
    const blobId = await this.keep(`texte de ${name}`);
    const where = folderId === undefined ? {} : { folderId };
    await this.mutate("file.add", { id, name, blobId, ...where, ...more });
    return id;
  }

  view(folderId: LibraryItemId | null = null, sort = BY_NAME): LiveView<"folder"> {
    return this.client.query("folder", { scope: this.scope, folderId, sort });
  }

  async rows(): Promise<LibraryItem[]> {
    const rows = await this.workplace.store.list(this.scope, "libraryItem");
    return rows.filter(({ op }) => op === "put").map(({ data }) => libraryItemSchema.parse(data));
  }

  /** Everything that is shown, folder by folder, as `path` and what counts of it. */
  async shown(): Promise<string[]> {
    const lines: string[] = [];
    const read = async (folderId: LibraryItemId | null, path: string): Promise<void> => {
      const view = this.view(folderId);
      await view.until(({ info }) => info.isFound);
      for (const { item, bytes, childCount } of view.items) {
        const size = item.kind === "file" ? (bytes?.sizeBytes ?? "?") : (childCount ?? "?");
        lines.push(lineOf(`${path}/${item.name}`, item, size));
        if (item.kind === "folder") await read(item.id, `${path}/${item.name}`);
      }
      this.client.leave(view);
    };
    await read(null, "");
    return lines.toSorted();
  }

  /** The same by the server's rows. */
  async stored(): Promise<string[]> {
    const rows = await this.rows();
    const lines: string[] = [];
    const read = (folderId: LibraryItemId | undefined, path: string): void => {
      for (const item of rows) {
        if (item.folderId !== folderId || item.trashed !== undefined) continue;
        const inside = rows.filter((each) => each.folderId === item.id && each.trashed === undefined);
        const size = item.kind === "file" ? (item.content?.sizeBytes ?? "?") : inside.length;
        lines.push(lineOf(`${path}/${item.name}`, item, size));
        if (item.kind === "folder") read(item.id, `${path}/${item.name}`);
      }
    };
    read(undefined, "");
    return lines.toSorted();
  }

  async agrees(): Promise<void> {
    assert.deepEqual(await this.shown(), await this.stored());
  }

  #line(): TestFetch {
    const direct = this.workplace.fetchAs(this.workplace.ada);
    return async (path, init) => {
      if (!this.#isConnected) throw new TypeError("fetch failed");
      const cut = new AbortController();
      this.#cut.push(() => {
        cut.abort(new TypeError("network error"));
      });
      const signal = init?.signal == null ? cut.signal : AbortSignal.any([init.signal, cut.signal]);
      return await direct(path, { ...init, signal });
    };
  }
}

function lineOf(path: string, item: LibraryItem, size: number | string): string {
  const { version = 0, labels = [], description = "", lock, id } = item;
  return [path, id, `v${version}`, size, labels.join("+"), description, lock?.personId ?? "free"].join(" | ");
}
