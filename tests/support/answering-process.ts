import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createGateway } from "#host/gateway/gateway.ts";
import { NoticeCommands } from "#host/notifications/notice-commands.ts";
import { NoticeKey } from "#host/notifications/notice-key.ts";
import { accountSchema, type Account } from "#contract/bridge.ts";
import { rowIdSchema, type ConversationId, type PersonId } from "#contract/ids.ts";
import { conversationScope } from "#contract/scope.ts";

export interface AnsweringPlace {
  dataDir: string;
  url: string;
  token: string;
  personId: PersonId;
  conversationId: ConversationId;
}

/** The commands of notifications with one account that is signed in; the key is a file, as a keyring keeps it. */
export function openCommands({ dataDir, url, token, personId }: AnsweringPlace): NoticeCommands {
  const path = join(dataDir, "key");
  return new NoticeCommands({
    dataDir,
    key: new NoticeKey({
      get: () => readFile(path, "utf8").catch(() => undefined),
      set: (_name, value) => writeFile(path, value),
    }),
    gateway: createGateway({
      accounts: { serverUrl: () => url, accessToken: () => Promise.resolve(token) },
    }),
    accounts: { list: () => [accountOf(url, personId)] },
    onRefused: () => undefined,
    onHeld: () => undefined,
    onGone: () => undefined,
    onWaiting: () => undefined,
    onNotice: () => undefined,
    now: Date.now,
    random: Math.random,
  });
}

function accountOf(serverUrl: string, personId: PersonId): Account {
  const state = "signedIn";
  return accountSchema.parse({ id: "a", serverUrl, name: "Mairie", isEmbedded: false, personId, state });
}

/** Answers a notification, says that it is on disk, and waits to be killed. */
export async function answer(place: AnsweringPlace, text: string): Promise<void> {
  const { conversationId, personId } = place;
  await openCommands(place).run(
    {
      tag: "t",
      accountId: accountOf(place.url, personId).id,
      personId,
      itemIds: [rowIdSchema.parse(`direct:${conversationId}`)],
      link: null,
      replyTo: { scope: conversationScope(conversationId), conversationId },
      actions: ["done"],
    },
    { kind: "reply", text },
  );
  process.stdout.write("kept\n");
  setInterval(() => undefined, 1000);
}
