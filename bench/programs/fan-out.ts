import { spawnSync } from "node:child_process";
import type { Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { createId } from "#contract/ids.ts";
import { addReaders, createAccounts, loadRows } from "#server/seed/load-rows.ts";
import { openSqliteStore } from "#server/store/sqlite-store.ts";
import { startServer, temporaryFolder } from "#tests/support/processes.ts";
import { listenToEvents } from "../harness/events-listener.ts";
import type { BenchOptions, BenchProgram, BenchResult } from "../harness/program.ts";
import { percentile, percentileOfRounds } from "../harness/statistics.ts";
import { createCrowd, type Crowd } from "../workload/crowd.ts";
import { makeTokens } from "../workload/load-server.ts";

/** Goal 11: from the moment a message is sent until each of 1,000 connections has it, the server on one core. */
export const fanOut: BenchProgram = { name: "fan-out", run };

const CONNECTIONS = 1000;
const MESSAGES_PER_ROUND = 50;
const MESSAGES_PER_SECOND = 10;
const MARK = /bench-(\d+)-/g;

async function run({ isQuick, print }: BenchOptions): Promise<BenchResult> {
  const folder = temporaryFolder("bench-fan-out");
  try {
    const crowd = createCrowd(CONNECTIONS);
    const tokens = await prepare(folder.path, crowd);
    const server = await startServer(["--data", folder.path, "--port", "0"]);
    try {
      keepOnOneCore(server.child.pid);
      const rounds = await measure(server.url, crowd, tokens, isQuick ? 1 : 4, print);
      const what = `${String(MESSAGES_PER_SECOND)} messages a second to ${String(CONNECTIONS)} connections`;
      return {
        verdicts: [
          {
            goal: 11,
            what: `live fan-out, ${what}: p99 from sending to arrival`,
            unit: "ms",
            value: percentileOfRounds(rounds, 0.99),
            limit: 100,
            isAtMost: true,
            note: "Server bound to one core, SQLite with full synchronisation; the clock starts before the POST",
          },
        ],
        figures: [{ what: "fan-out p50", unit: "ms", value: percentileOfRounds(rounds, 0.5) }],
        skipped: [],
      };
    } finally {
      await server.stop();
    }
  } finally {
    folder.remove();
  }
}

async function prepare(folder: string, crowd: Crowd): Promise<string[]> {
  const store = openSqliteStore({ folder });
  try {
    await loadRows(store, crowd.rows);
    await addReaders(store, crowd.scope, crowd.people);
    await createAccounts(
      store,
      crowd.people.map((personId, index) => ({ personId, username: `bench${String(index)}` })),
    );
    return await makeTokens(store, crowd.people);
  } finally {
    await store.close();
  }
}

/** The server on the first core; whoever measures takes what it finds on the others. */
function keepOnOneCore(pid: number | undefined): void {
  const done = spawnSync("taskset", ["--all-tasks", "--pid", "--cpu-list", "0", String(pid)]);
  if (done.status !== 0) throw new Error(`taskset: ${done.stderr.toString()}`);
}

/** Latencies of every delivery, by round. */
async function measure(
  url: string,
  crowd: Crowd,
  tokens: readonly string[],
  rounds: number,
  print: (line: string) => void,
): Promise<number[][]> {
  const sentAt = new Map<string, number>();
  let latencies: number[] = [];
  const sockets: Socket[] = [];
  const onText = (text: string): void => {
    const now = performance.now();
    for (const [, mark = ""] of text.matchAll(MARK)) {
      const at = sentAt.get(mark);
      if (at !== undefined) latencies.push(now - at);
    }
  };
  for (const token of tokens) sockets.push(await listenToEvents(url, token, onText));
  print(`${String(sockets.length)} connections`);
  // Who has just come online is told to everyone: measured only once that is over.
  await wait(3000);
  const measured: number[][] = [];
  for (let round = 0; round < rounds; round++) {
    latencies = [];
    for (let i = 0; i < MESSAGES_PER_ROUND; i++) {
      const mark = String(round * MESSAGES_PER_ROUND + i);
      sentAt.set(mark, performance.now());
      const posted = send(url, tokens[i % tokens.length] ?? "", crowd, mark);
      await Promise.all([posted, wait(1000 / MESSAGES_PER_SECOND)]);
    }
    const expected = MESSAGES_PER_ROUND * sockets.length;
    for (let tries = 0; latencies.length < expected && tries < 100; tries++) await wait(100);
    if (latencies.length !== expected) {
      throw new Error(`${String(latencies.length)} deliveries of ${String(expected)}`);
    }
    print(
      `round ${String(round + 1)}: p50 ${percentile(latencies, 0.5).toFixed(1)}, p99 ${percentile(latencies, 0.99).toFixed(1)}`,
    );
    measured.push(latencies);
  }
  for (const socket of sockets) socket.destroy();
  return measured;
}

async function send(
  url: string,
  token: string,
  { scope, conversationId }: Crowd,
  mark: string,
): Promise<void> {
  const args = {
    id: createId(),
    conversationId,
    body: `bench-${mark}- Le planning des astreintes est en ligne.`,
  };
  const mutation = { id: createId(), name: "message.send", scope, args, madeAt: new Date().toISOString() };
  const response = await fetch(`${url}/v1/mutations`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ mutations: [mutation] }),
  });
  if (!response.ok) throw new Error(`sending: ${String(response.status)} ${await response.text()}`);
  await response.arrayBuffer();
}
