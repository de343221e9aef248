import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { accountIdSchema } from "#contract/account.ts";
import { envelopeSchema } from "#contract/envelope.ts";
import { createId, personIdSchema } from "#contract/ids.ts";
import { mutationResponseSchema } from "#contract/mutations.ts";
import type { Scope } from "#contract/scope.ts";
import { CalendarAccounts } from "#host/connectors/calendars/calendar-accounts.ts";
import { besideWorkplace } from "#host/connectors/calendars/door.ts";
import { HostEvents } from "#host/events.ts";
import { silentLog } from "#host/log/log.ts";
import { memorySecrets } from "#host/testing/memory-secrets.ts";

export const accountId = accountIdSchema.parse("work");
const personId = personIdSchema.parse(createId());

/** One machine with its doors, as a page finds them; the workplace behind answers a greeting and no more. */
export async function machine(
  dataDir = mkdtempSync(join(tmpdir(), "parvis-remote-")),
  kept?: Awaited<ReturnType<typeof memorySecrets>>,
  /** What stands between it and the servers. */
  through: (url: string, init?: RequestInit) => Promise<Response> = (url, init) => fetch(url, init),
) {
  const secrets = kept ?? (await memorySecrets(dataDir));
  const events = new HostEvents();
  const service = await CalendarAccounts.load({
    dataDir,
    secrets,
    scrubber: { learn: () => undefined },
    accounts: {
      list: () => [
        {
          id: accountId,
          serverUrl: "https://work.example",
          name: "Work",
          isEmbedded: false,
          personId,
          state: "signedIn",
        },
      ],
    },
    events,
    lock: { isLocked: false },
    log: silentLog,
    fetch: through,
    now: Date.now,
    onNotice: (message) => {
      throw new Error(message);
    },
  });
  service.start();
  onTestFinished(() => {
    service.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const door = besideWorkplace({ handle: workplace }, service);
  const call = (path: string, init?: RequestInit) =>
    door.handle(new Request(`http://host.invalid/gateway/${accountId}${path}`, init));
  return {
    dataDir,
    secrets,
    events,
    service,
    call,
    sync: async (scope: Scope, cursor?: string) => {
      const query = new URLSearchParams({ scope, ...(cursor === undefined ? {} : { cursor }) });
      const response = await call(`/v1/sync?${query}`);
      const lines = (await response.text())
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
      const { mark } = lines.pop();
      return { status: response.status, mark, envelopes: lines.map((line) => envelopeSchema.parse(line)) };
    },
    write: async (scope: Scope, name: string, args: object, id = createId()) => {
      const mutation = { id, name, scope, args, madeAt: new Date().toISOString() };
      const response = await call("/v1/mutations", {
        method: "POST",
        body: JSON.stringify({ mutations: [mutation] }),
      });
      if (!response.ok) return { status: "failed" as const, problem: await response.json() };
      const [result] = mutationResponseSchema.parse(await response.json()).results;
      if (result === undefined) throw new Error("no result");
      return result;
    },
  };
}

const hello = `event: hello\ndata: {"isResumed":false,"epoch":"e","scopes":[{"scope":"directory","head":3}]}\n\n`;

function workplace(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname.endsWith("/v1/events")) {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        // Cut in the middle of a frame, as networks do.
        controller.enqueue(new TextEncoder().encode(hello.slice(0, 20)));
        controller.enqueue(new TextEncoder().encode(hello.slice(20)));
        // Lines may end otherwise, too.
        controller.enqueue(new TextEncoder().encode("event: odd\r\ndata: {}\r\n\r\n"));
      },
    });
    return Promise.resolve(new Response(body, { headers: { "content-type": "text/event-stream" } }));
  }
  return Promise.resolve(Response.json({ scopes: [{ scope: "directory", head: 3 }] }));
}
