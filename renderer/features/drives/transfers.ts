import { create } from "zustand";
import type { HostBridge } from "#contract/bridge.ts";
import {
  childPath,
  driveProblemSchema,
  type DriveFault,
  type DriveId,
  type DrivePath,
} from "#contract/drives.ts";
import { numberedName } from "#contract/file-names.ts";
import { AppError, type Problem } from "#contract/problem.ts";
import { putFile } from "./put-file.ts";

/** Files sent side by side. */
const PARALLEL = 3;
const MOST_NUMBERS = 100;

export interface Transfer {
  id: number;
  driveId: DriveId;
  folder: DrivePath;
  name: string;
  file: File;
  sentBytes: number;
  state: "waiting" | "sending" | "done" | "failed";
  problem: Problem | null;
}

/** What becomes of a file whose name is taken. */
export type Taken = "replace" | "both" | "skip";

export interface TakenQuestion {
  name: string;
  /** Others may come: the answer can be given for all of them. */
  hasMore: boolean;
  answer: (taken: Taken, isForAll: boolean) => void;
}

interface TransferState {
  transfers: readonly Transfer[];
  question: TakenQuestion | null;
}

export const useTransfers = create<TransferState>(() => ({ transfers: [], question: null }));

/** A file to be sent, and the folders below the target in which it lies. */
export interface Outgoing {
  file: File;
  folders: readonly string[];
}

let nextId = 1;
const aborts = new Map<number, AbortController>();
/** Said once for all that are under way. */
let forAll: Taken | undefined;
/** One question at a time. */
let asking: Promise<unknown> = Promise.resolve();

/** Sends files, with the folders that they lie in, which are made where they are missing. */
export async function sendFiles(
  host: HostBridge,
  driveId: DriveId,
  folder: DrivePath,
  files: readonly Outgoing[],
): Promise<void> {
  const places = await makeFolders(host, driveId, folder, files);
  const added = files.map(({ file, folders }): Transfer => {
    const place = places.get(folders.join("/"));
    const isReady = place !== undefined && !("kind" in place);
    return {
      id: nextId++,
      driveId,
      folder: isReady ? place.path : folder,
      name: file.name.normalize("NFC"),
      file,
      sentBytes: 0,
      state: isReady ? "waiting" : "failed",
      problem: isReady ? null : (place ?? null),
    };
  });
  useTransfers.setState(({ transfers }) => ({ transfers: [...transfers, ...added] }));
  next();
}

export function cancelTransfer(id: number): void {
  aborts.get(id)?.abort();
  useTransfers.setState(({ transfers }) => ({ transfers: transfers.filter((each) => each.id !== id) }));
  next();
}

export function retryTransfer(id: number): void {
  change(id, { state: "waiting", sentBytes: 0, problem: null });
  next();
}

/** What is over is no longer shown. */
export function clearTransfers(): void {
  useTransfers.setState(({ transfers }) => ({
    transfers: transfers.filter(({ state }) => state === "waiting" || state === "sending"),
  }));
}

/** The folders by their names below the target, or why they could not be made. */
async function makeFolders(
  host: HostBridge,
  driveId: DriveId,
  folder: DrivePath,
  files: readonly Outgoing[],
): Promise<Map<string, { path: DrivePath } | Problem>> {
  const made = new Map<string, { path: DrivePath } | Problem>([["", { path: folder }]]);
  for (const { folders } of files) {
    for (const [index, name] of folders.entries()) {
      const key = folders.slice(0, index + 1).join("/");
      const above = made.get(folders.slice(0, index).join("/"));
      if (made.has(key) || above === undefined) continue;
      made.set(key, "kind" in above ? above : await makeFolder(host, driveId, childPath(above.path, name)));
    }
  }
  return made;
}

async function makeFolder(
  host: HostBridge,
  driveId: DriveId,
  path: DrivePath,
): Promise<{ path: DrivePath } | Problem> {
  const answer = await host.call("drives.makeFolder", { driveId, path });
  return answer.ok || faultOf(answer.error) === "exists" ? { path } : answer.error;
}

function next(): void {
  const { transfers } = useTransfers.getState();
  const waiting = transfers.filter(({ state }) => state === "waiting");
  for (const transfer of waiting.slice(0, Math.max(0, PARALLEL - aborts.size))) void run(transfer);
  if (waiting.length === 0 && aborts.size === 0) forAll = undefined;
}

async function run(transfer: Transfer): Promise<void> {
  const abort = new AbortController();
  aborts.set(transfer.id, abort);
  change(transfer.id, { state: "sending" });
  try {
    const isSent = await send(transfer, abort.signal);
    if (isSent) change(transfer.id, { state: "done", sentBytes: transfer.file.size });
    else drop(transfer.id);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (!abort.signal.aborted) change(transfer.id, { state: "failed", problem: error.problem });
  } finally {
    aborts.delete(transfer.id);
    next();
  }
}

/** False when the person left it out. */
async function send(transfer: Transfer, signal: AbortSignal): Promise<boolean> {
  const { driveId, folder, file, name } = transfer;
  const onSent = (sentBytes: number) => change(transfer.id, { sentBytes: Math.min(sentBytes, file.size) });
  const put = (as: string, condition: "new" | "any") =>
    putFile(driveId, childPath(folder, as), file, { condition, onSent, signal });
  if (await isPut(() => put(name, "new"))) return true;
  const taken = forAll ?? (await ask(name));
  if (taken === "skip") return false;
  if (taken === "replace") {
    await put(name, "any");
    return true;
  }
  for (let count = 2; count <= MOST_NUMBERS; count += 1)
    if (await isPut(() => put(numberedName(name, count), "new"))) return true;
  throw new AppError("conflict", {
    title: `${MOST_NUMBERS} files have this name`,
    facts: { fault: "exists" },
  });
}

/** False when the name is taken. */
async function isPut(put: () => Promise<unknown>): Promise<boolean> {
  try {
    await put();
    return true;
  } catch (error) {
    if (error instanceof AppError && faultOf(error.problem) === "exists") return false;
    throw error;
  }
}

function ask(name: string): Promise<Taken> {
  const answered = asking.then(
    () =>
      forAll ??
      new Promise<Taken>((resolve) => {
        const others = useTransfers.getState().transfers.filter(({ state }) => state === "waiting");
        useTransfers.setState({
          question: {
            name,
            hasMore: others.length > 0 || aborts.size > 1,
            answer: (taken, isForAll) => {
              if (isForAll) forAll = taken;
              useTransfers.setState({ question: null });
              resolve(taken);
            },
          },
        });
      }),
  );
  asking = answered;
  return answered;
}

function faultOf(problem: Problem): DriveFault | undefined {
  return driveProblemSchema.safeParse(problem).data?.fault;
}

function change(id: number, changes: Partial<Transfer>): void {
  useTransfers.setState(({ transfers }) => ({
    transfers: transfers.map((each) => (each.id === id ? { ...each, ...changes } : each)),
  }));
}

function drop(id: number): void {
  useTransfers.setState(({ transfers }) => ({ transfers: transfers.filter((each) => each.id !== id) }));
}
