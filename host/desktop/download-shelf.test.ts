import { EventEmitter } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Download } from "#contract/desktop/downloads.ts";
import { AppError } from "#contract/problem.ts";
import {
  DownloadShelf,
  LARGE_BYTES,
  type DownloadShelfOptions,
  type DownloadSource,
} from "./download-shelf.ts";

class Source extends EventEmitter implements DownloadSource {
  readonly name: string;
  total: number;
  received = 0;
  path = "";
  dialog = "";
  held = false;
  constructor(name: string, total = 100) {
    super();
    this.name = name;
    this.total = total;
  }
  getFilename = () => this.name;
  getURL = () => `app://parvis/gateway/embedded/v1/blobs/${this.name}`;
  getTotalBytes = () => this.total;
  getReceivedBytes = () => this.received;
  getSavePath = () => this.path;
  setSavePath = (path: string) => {
    this.path = path;
  };
  setSaveDialogOptions = ({ defaultPath }: { defaultPath: string }) => {
    this.dialog = defaultPath;
  };
  isPaused = () => this.held;
  canResume = () => true;
  pause = () => {
    this.held = true;
  };
  resume = () => {
    this.held = false;
  };
  cancel = () => {
    this.emit("done", {}, "cancelled");
  };
  get(bytes: number): void {
    this.received = bytes;
    this.emit("updated", {}, "progressing");
  }
  end(state = "completed"): void {
    this.emit("done", {}, state);
  }
}

const FOLDER = join("/home", "é à", "Téléchargements");

function scene(more: Partial<DownloadShelfOptions> = {}) {
  const there = new Set<string>();
  const done = { opened: [] as string[], shown: [] as string[], restarted: [] as string[] };
  const progress: (number | null | undefined)[] = [];
  let told: Download[] = [];
  let lastId = 0;
  const shelf = new DownloadShelf({
    folder: () => FOLDER,
    isPlaceAsked: () => false,
    exists: (path) => there.has(path),
    freeBytes: () => Promise.resolve(undefined),
    openPath: (path) => {
      done.opened.push(path);
      return Promise.resolve("");
    },
    showInFolder: (path) => done.shown.push(path),
    restart: (url) => done.restarted.push(url),
    createId: () => String(++lastId),
    onChange: (list) => {
      told = list;
    },
    onProgress: (value) => progress.push(value),
    ...more,
  });
  return { shelf, there, done, progress, told: () => told };
}

function kindOf(error: unknown): string {
  return error instanceof AppError ? error.kind : String(error);
}

test("a file goes into the folder under a name of one piece that nobody has yet", () => {
  const { shelf, there } = scene();
  there.add(join(FOLDER, "notes.pdf"));
  const sources = [new Source("notes.pdf"), new Source("../../notes.pdf"), new Source("con.txt")];
  for (const source of sources) shelf.begin(source);
  expect(sources.map(({ path }) => path)).toEqual([
    join(FOLDER, "notes (2).pdf"),
    join(FOLDER, "notes (3).pdf"),
    join(FOLDER, "_con.txt"),
  ]);
});

test("whoever wants to be asked is offered that name", () => {
  const { shelf, told } = scene({ isPlaceAsked: () => true });
  const source = new Source("notes.pdf");
  shelf.begin(source);
  expect(source).toMatchObject({ path: "", dialog: join(FOLDER, "notes.pdf") });
  source.path = "/elsewhere/mine.pdf";
  source.end();
  expect(told()[0]).toMatchObject({ name: "mine.pdf", folder: "elsewhere", state: "completed" });
});

test("progress is that of all together, and ends with them", () => {
  const { shelf, progress } = scene();
  const [one, other, endless] = [new Source("a", 100), new Source("b", 300), new Source("c", 0)];
  shelf.begin(one);
  shelf.begin(other);
  one.get(100);
  expect(progress.at(-1)).toBe(0.25);
  shelf.begin(endless);
  expect(progress.at(-1)).toBeNull();
  for (const source of [one, other, endless]) source.end();
  expect(progress.at(-1)).toBeUndefined();
});

test("on a metered connection a large one waits, says so, and goes on when asked", async () => {
  const { shelf, told } = scene();
  const [large, small] = [new Source("film.mp4", LARGE_BYTES + 1), new Source("a.pdf", 1000)];
  shelf.begin(large);
  shelf.begin(small);
  shelf.setMetered(true);
  expect(told()).toMatchObject([
    { name: "a.pdf", state: "progressing" },
    { name: "film.mp4", state: "paused", reason: "metered" },
  ]);
  await shelf.act("1", "resume");
  large.get(5);
  expect(large.held).toBe(false);
  shelf.setMetered(true);
  expect(large.held).toBe(false);
});

test("what waited for a free connection goes on by itself; what the person paused does not", async () => {
  const { shelf } = scene();
  const [large, paused] = [new Source("film.mp4", LARGE_BYTES + 1), new Source("a.pdf")];
  shelf.setMetered(true);
  shelf.begin(large);
  shelf.begin(paused);
  await shelf.act("2", "pause");
  shelf.setMetered(false);
  expect(large.held).toBe(false);
  expect(paused.held).toBe(true);
});

test("one of unknown length is held as soon as it has become large", () => {
  const { shelf, told } = scene();
  const source = new Source("film.mp4", 0);
  shelf.setMetered(true);
  shelf.begin(source);
  source.get(10);
  expect(source.held).toBe(false);
  source.get(LARGE_BYTES + 1);
  expect(told()[0]).toMatchObject({ state: "paused", reason: "metered", totalBytes: null });
});

test("without room on the disk it waits before it fills it", async () => {
  const { shelf, told } = scene({ freeBytes: () => Promise.resolve(50) });
  shelf.begin(new Source("a.zip", 100));
  await expect.poll(() => told()[0]).toMatchObject({ state: "paused", reason: "disk" });
});

test("what broke off can go on, also when it has to begin anew", async () => {
  const { shelf, told, done } = scene();
  const source = new Source("a.zip");
  shelf.begin(source);
  source.emit("updated", {}, "interrupted");
  expect(told()[0]).toMatchObject({ state: "interrupted", reason: "network" });
  source.end("interrupted");
  await shelf.act("1", "resume");
  expect(done.restarted).toEqual([source.getURL()]);
  expect(told()).toEqual([]);
});

test("a file that could run is shown in its folder and never opened", async () => {
  const { shelf, there, done, told } = scene();
  const source = new Source("facture.pdf.exe");
  shelf.begin(source);
  there.add(source.path);
  source.end();
  expect(told()[0]).toMatchObject({ isRisky: true });
  expect(await shelf.act("1", "open").catch(kindOf)).toBe("forbidden");
  await shelf.act("1", "show");
  expect(done).toMatchObject({ opened: [], shown: [source.path] });
});

test("a file that is gone says so", async () => {
  const { shelf, told } = scene();
  const source = new Source("a.pdf");
  shelf.begin(source);
  source.end();
  expect(await shelf.act("1", "open").catch(kindOf)).toBe("notFound");
  expect(told()[0]).toMatchObject({ reason: "missing" });
});

test("a half-done file is not opened", async () => {
  const { shelf, there, done } = scene();
  const source = new Source("a.pdf");
  shelf.begin(source);
  there.add(source.path);
  expect(await shelf.act("1", "open").catch(kindOf)).toBe("notFound");
  expect(done.opened).toEqual([]);
});

test("what was taken back is no longer listed, and one that runs is not forgotten", async () => {
  const { shelf, told } = scene();
  shelf.begin(new Source("a.pdf"));
  await shelf.act("1", "forget");
  expect(told()).toHaveLength(1);
  await shelf.act("1", "cancel");
  expect(told()).toEqual([]);
  expect(await shelf.act("1", "open").catch(kindOf)).toBe("notFound");
});
