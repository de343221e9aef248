import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createId, spaceIdSchema } from "#contract/ids.ts";
import { personScope, spaceScope, type Scope } from "#contract/scope.ts";
import type { DocumentView } from "#contract/views/documents.ts";
import { WorkerClient, type WorkerPort } from "#renderer/kit/worker-client.ts";
import { createDocumentCommands, type DocumentCommands } from "#renderer/parts/document-commands.ts";
import { WorkerHost } from "#renderer/sync/worker-host.ts";
import { fastClock, KEY } from "./client.ts";
import { BY_NAME } from "./library.ts";
import { Workplace } from "./workplace.ts";

let workplace: Workplace;
let host: WorkerHost;
let client: WorkerClient;
let commands: DocumentCommands;
const bugs: unknown[] = [];

/** The page's end as in a window, in front of a worker and a server that are real. */
beforeEach(async () => {
  workplace = await Workplace.create();
  const fetch = workplace.fetchAs(workplace.ada);
  host = new WorkerHost({
    fetch,
    indexedDB: new IDBFactory(),
    keyRange: IDBKeyRange,
    clock: fastClock(20),
    random: Math.random,
    onBug: (error) => bugs.push(error),
  });
  client = new WorkerClient(new HostPort(host));
  client.open({ accountId: "account", gatewayPath: "", key: KEY, keyId: "1", ceiling: null });
  commands = createDocumentCommands({
    client,
    me: workplace.ada,
    blobUrl: (blobId) => `/v1/blobs/${blobId}`,
    fetch: (url) => fetch(typeof url === "string" ? url : ""),
  });
  await until("session", {}, ({ info }) => info?.capabilities != null && info.isReady);
});

afterEach(async () => {
  await host.close();
  await workplace.close();
  if (bugs.length > 0) throw new Error(`The worker failed: ${String(bugs[0])}`, { cause: bugs[0] });
});

class HostPort implements WorkerPort {
  readonly #page: ReturnType<WorkerHost["connect"]>;
  #listener: Parameters<WorkerPort["listen"]>[0] = () => undefined;

  constructor(of: WorkerHost) {
    this.#page = of.connect((message) => this.#listener(structuredClone(message)));
  }

  post(message: Parameters<WorkerPort["post"]>[0]): void {
    this.#page.receive(message);
  }

  listen(listener: Parameters<WorkerPort["listen"]>[0]): void {
    this.#listener = listener;
  }

  close(): void {
    this.#page.detach();
  }
}

/** Waits until what is shown is as described. */
async function until<Q extends Parameters<WorkerClient["query"]>[0]>(
  name: Q,
  args: Parameters<typeof client.query<Q>>[1],
  isSo: (snapshot: ReturnType<ReturnType<typeof client.query<Q>>["getSnapshot"]>) => boolean,
): Promise<ReturnType<ReturnType<typeof client.query<Q>>["getSnapshot"]>> {
  const live = client.query(name, args);
  return await new Promise((resolve) => {
    const look = () => {
      const snapshot = live.getSnapshot();
      if (!isSo(snapshot)) return;
      queueMicrotask(() => dispose());
      resolve(snapshot);
    };
    const dispose = live.subscribe(look);
    look();
  });
}

const top = () => ({ scope: workplace.scope, folderId: null });

async function shown(
  count: number,
  scope: Scope = workplace.scope,
  folderId: DocumentView["item"]["id"] | null = null,
) {
  const { items } = await until("folder", { scope, folderId, sort: BY_NAME }, (snapshot) => {
    const isSettled = snapshot.items.every(({ pending }) => pending === null);
    return snapshot.items.length === count && isSettled;
  });
  return items;
}

const named = (items: readonly DocumentView[], name: string): DocumentView => {
  const found = items.find(({ item }) => item.name === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
};
const namesOf = (items: readonly DocumentView[]) => items.map(({ item }) => item.name);
const textFile = (name: string, text = name) => new File([text], name, { type: "text/plain" });

const treeOf = (name: string) => ({
  folders: [["Chantier"], ["Chantier", "Photos"], ["Chantier", "Vide"]],
  files: [
    { path: ["Chantier"], file: textFile(`${name} plan.txt`) },
    { path: ["Chantier", "Photos"], file: textFile("Façade.txt", name) },
  ],
});

describe("what a person does with documents", () => {
  it("adds files; a taken name gets a number, or a new version of what has it", async () => {
    await commands.addFiles(top(), [{ file: textFile("Note.txt") }, { file: textFile("CON.txt") }]);
    const [, note] = await shown(2);
    if (note === undefined) throw new Error("nothing was added");
    await commands.addFiles(top(), [
      { file: textFile("note.TXT") },
      { file: textFile("Note.txt", "corrigée"), choice: { replace: note } },
    ]);
    const items = await shown(3);
    expect(namesOf(items)).toEqual(["_CON.txt", "Note.txt", "note (2).TXT"]);
    expect(named(items, "Note.txt").item).toMatchObject({ version: 2, content: { sizeBytes: 9 } });
    const problem = await commands.addFiles(top(), [{ file: new File([new Uint8Array(8)], "") }]);
    expect(problem).toMatchObject({ files: 1, problems: [] });
  });

  it("adds a tree, into folders that are there or beside them", async () => {
    await commands.addTree(top(), treeOf("a"));
    const [first] = await shown(1);
    await commands.addTree(top(), treeOf("b"), "merge");
    const inside = await shown(4, workplace.scope, first?.item.id ?? null);
    expect(namesOf(inside)).toEqual(["Photos", "Vide", "a plan.txt", "b plan.txt"]);
    const photos = named(inside, "Photos").item.id;
    expect(namesOf(await shown(2, workplace.scope, photos))).toEqual(["Façade.txt", "Façade (2).txt"]);
    await commands.addTree(top(), treeOf("c"));
    expect(namesOf(await shown(2))).toEqual(["Chantier", "Chantier (2)"]);
    await until("uploadBatches", {}, ({ status, items }) => status === "ready" && items.length === 0);
  });

  it("moves into another library by copying, with everything in a folder", async () => {
    await commands.addTree(top(), {
      folders: [["Dossier"]],
      files: [{ path: ["Dossier"], file: textFile("Note.txt", "bonjour") }],
    });
    const [folder] = await shown(1);
    if (folder === undefined) throw new Error("nothing was added");
    await until("folder", { scope: workplace.scope, folderId: folder.item.id, sort: BY_NAME }, ({ items }) =>
      items.some(({ bytes }) => bytes?.isSent === true),
    );
    const own = personScope(workplace.ada);
    expect(await commands.move(folder, { scope: own, folderId: null })).toMatchObject({ ok: true });
    await shown(0);
    const [copy] = await shown(1, own);
    const [note] = await shown(1, own, copy?.item.id ?? null);
    const response = await workplace.fetchAs(workplace.ada)(`/v1/blobs/${note?.bytes?.blobId ?? ""}`);
    expect(await response.text()).toBe("bonjour");
  });

  it("decides about what was refused: another name, both, or a new version", async () => {
    await commands.createFolder(top(), "Budget");
    await shown(1);
    await commands.createFolder(top(), "budget");
    const refused = async () => {
      const { items } = await until("folder", { ...top(), sort: BY_NAME }, (snapshot) =>
        snapshot.items.some((each) => each.refused.length > 0),
      );
      const found = items.flatMap((each) => each.refused)[0];
      if (found === undefined) throw new Error("nothing was refused");
      return found;
    };
    await commands.callIt(await refused(), "Budget 2027");
    expect(namesOf(await shown(2))).toEqual(["Budget", "Budget 2027"]);
    await commands.createFolder(top(), "Budget");
    await commands.keepBoth(await refused());
    expect(namesOf(await shown(3))).toEqual(["Budget", "Budget (2)", "Budget 2027"]);
    await commands.createFolder(top(), "Budget");
    await commands.giveUp(await refused());
    await shown(3);
  });

  it("writes over what somebody wrote meanwhile, or puts it beside", async () => {
    await commands.addFiles(top(), [{ file: textFile("Note.txt") }]);
    const [note] = await shown(1);
    if (note === undefined) throw new Error("nothing was added");
    const again = { id: note.item.id, version: 1, baseVersion: 1 };
    await workplace.mutate(workplace.ben, "file.restoreVersion", workplace.scope, again);
    await commands.writeFile(note, textFile("Note.txt", "la mienne"));
    const query = { ...top(), sort: BY_NAME };
    const late = await until("folder", query, ({ items }) => items.some((each) => each.refused.length > 0));
    const [shownNote] = late.items;
    const refused = shownNote?.refused[0];
    if (shownNote === undefined || refused === undefined) throw new Error("nothing was refused");
    await commands.keepBeside(shownNote, refused, "Note (Ada).txt");
    const items = await shown(2);
    expect(namesOf(items)).toEqual(["Note.txt", "Note (Ada).txt"]);
    expect(named(items, "Note.txt").item.version).toBe(2);
  });

  it("says so when a library is not the person's", async () => {
    const scope = spaceScope(spaceIdSchema.parse(createId()));
    const { info } = await until(
      "folder",
      { scope, folderId: null, sort: BY_NAME },
      ({ info: at }) => at !== null,
    );
    expect(info).toMatchObject({ canWrite: false, canAddFolder: false, count: 0 });
  });
});
