import { expect, test, vi } from "vitest";
import { accountIdSchema } from "#contract/account.ts";
import type { AssignedDrive } from "#contract/sign-in.ts";
import { createId, personIdSchema } from "#contract/ids.ts";
import type { Account } from "#contract/bridge.ts";
import { HostEvents } from "../events.ts";
import { silentLog } from "../log/log.ts";
import { AssignedDrives } from "./assigned-drives.ts";

const drive: AssignedDrive = {
  name: "Archives",
  kind: "webdav",
  address: "https://archives.example.org/dav/",
};

function world(answers: (Response | Error)[]) {
  const account: Account = {
    id: accountIdSchema.parse(createId()),
    serverUrl: "https://parvis.example.org",
    name: "Parvis",
    isEmbedded: false,
    personId: personIdSchema.parse(createId()),
    state: "signedIn",
  };
  const accounts = [account];
  const events = new HostEvents();
  const given: (readonly AssignedDrive[])[] = [];
  const asked: string[] = [];
  const assigned = new AssignedDrives({
    accounts: { list: () => accounts },
    events,
    log: silentLog,
    service: {
      assign: async (_id, drives) => {
        given.push(drives);
      },
    },
    gateway: {
      handle: async (request) => {
        asked.push(new URL(request.url).pathname);
        const answer = answers.shift();
        if (answer === undefined || answer instanceof Error)
          throw answer ?? new Error("asked once too often");
        return answer;
      },
    },
  });
  return { account, accounts, events, given, asked, assigned };
}

const me = (drives?: unknown) =>
  Response.json({ personId: createId(), ...(drives === undefined ? {} : { drives }) });

test("a workplace is asked once which drives it gives", async () => {
  const { account, accounts, events, given, asked, assigned } = world([me([drive])]);
  assigned.start();
  await vi.waitFor(() => expect(given).toEqual([[drive]]));
  events.emit({ type: "accountsChanged", accounts });
  expect(asked).toEqual([`/gateway/${account.id}/v1/me`]);
  assigned.stop();
});

test("one that gives none any more takes them away", async () => {
  const { given, assigned } = world([me()]);
  assigned.start();
  await vi.waitFor(() => expect(given).toEqual([[]]));
  assigned.stop();
});

test("without an answer, or with a wrong one, what was said last holds, and it is asked when the network is back", async () => {
  const bad = me([{ name: "", kind: "webdav", address: "x" }]);
  const { events, given, asked, assigned } = world([new Response(null, { status: 502 }), bad, me([drive])]);
  const networkBack = () =>
    events.emit({ type: "networkChanged", isOnline: true, isMetered: false, isNewWay: true });
  assigned.start();
  await vi.waitFor(() => {
    networkBack();
    expect(asked.length).toBeGreaterThanOrEqual(2);
  });
  await vi.waitFor(() => {
    networkBack();
    expect(given).toEqual([[drive]]);
  });
  assigned.stop();
});
