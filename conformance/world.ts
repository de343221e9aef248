import { capabilitiesSchema, type Capabilities } from "#contract/capabilities.ts";
import {
  conversationIdSchema,
  createId,
  messageIdSchema,
  spaceIdSchema,
  type ConversationId,
  type MessageId,
  type PersonId,
  type SpaceId,
} from "#contract/ids.ts";
import { messageSchema, type Message } from "#contract/entities/message.ts";
import type { Envelope } from "#contract/envelope.ts";
import { conversationScope, personScope, spaceScope, type Scope } from "#contract/scope.ts";
import { meSchema, tokenResponseSchema, type TokenResponse } from "#contract/sign-in.ts";
import { appliedChanges, changeOf, Client, mutationOf } from "./client.ts";
import { EventStream } from "./event-stream.ts";
import { expectFit, expectStatus, Skip } from "./expect.ts";

export interface Credentials {
  username: string;
  password: string;
}

export interface WorldOptions {
  url: string;
  first: Credentials | undefined;
  second: Credentials | undefined;
  /** Instead of the first account's password, on backends without password sign-in. */
  token: string | undefined;
}

export interface Account {
  client: Client;
  personId: PersonId;
  ownScope: Scope;
}

/** Somewhere to write. */
export interface Place {
  scope: Scope;
  conversationId: ConversationId;
}

export interface SpacePlace extends Place {
  spaceId: SpaceId;
}

/** What the checks share: the accounts, and places made for this run. */
export class World {
  readonly url: string;
  readonly nobody: Client;
  readonly #options: WorldOptions;
  readonly #made = new Map<string, Promise<unknown>>();
  readonly #spaces: SpacePlace[] = [];
  #heartbeat: Promise<EventStream> | undefined;

  constructor(options: WorldOptions) {
    this.url = options.url;
    this.nobody = new Client(options.url);
    this.#options = options;
  }

  capabilities(): Promise<Capabilities> {
    return this.#once("the capabilities", () =>
      this.nobody.read("/v1/capabilities", capabilitiesSchema, "capabilitiesSchema"),
    );
  }

  /** The first account, signed in once. Its heartbeat is listened to from then on, so that waiting for it costs no time. */
  first(): Promise<Account> {
    return this.#once("the first account", async () => {
      const account = await this.#signInFirst();
      this.#heartbeat = EventStream.open(account.client);
      // Whoever asks for it is told.
      this.#heartbeat.catch(() => undefined);
      return account;
    });
  }

  async #signInFirst(): Promise<Account> {
    const { token } = this.#options;
    if (token === undefined) return accountOf(this.url, await this.signIn(this.firstCredentials()));
    const { personId } = await new Client(this.url, token).read("/v1/me", meSchema, "meSchema");
    return { client: new Client(this.url, token, personId), personId, ownScope: personScope(personId) };
  }

  /** Another person. @throws Skip without --second-user */
  second(): Promise<Account> {
    return this.#once("the second account", async () => {
      const { second } = this.#options;
      if (second === undefined) throw new Skip("needs a second account: --second-user and --second-password");
      return accountOf(this.url, await this.signIn(second));
    });
  }

  /** @throws Skip without --user and --password */
  firstCredentials(): Credentials {
    const { first } = this.#options;
    if (first === undefined) throw new Skip("needs --user and --password");
    return first;
  }

  async signIn({ username, password }: Credentials): Promise<TokenResponse> {
    const { signIn } = await this.capabilities();
    if (!signIn.some(({ kind }) => kind === "password")) {
      throw new Skip("this backend has no password sign-in: use --token");
    }
    const response = await this.nobody.call("/v1/token", {
      json: { grant_type: "password", username, password },
    });
    await expectStatus(response, [200], `Let ${username} sign in with the password given.`);
    return expectFit(tokenResponseSchema, await response.json(), "tokenResponseSchema");
  }

  /** A hidden space of the first account with one channel. */
  space(): Promise<SpacePlace> {
    return this.#once("a space", () => this.createSpace("hidden"));
  }

  async createSpace(visibility: "open" | "onRequest" | "hidden"): Promise<SpacePlace> {
    const { client } = await this.first();
    const spaceId = spaceIdSchema.parse(createId());
    const scope = spaceScope(spaceId);
    const conversationId = conversationIdSchema.parse(createId());
    const [made] = await client.mutate(
      mutationOf("space.create", scope, {
        id: spaceId,
        name: `Conformance ${new Date().toISOString()}`,
        kind: "project",
        visibility,
      }),
    );
    if (made?.status === "rejected" && made.error.kind === "forbidden") {
      throw new Skip("the first account may not create spaces here: give an administrator's as --user");
    }
    appliedChanges(made, "space.create");
    await client.apply("channel.create", scope, { id: conversationId, spaceId, name: "checks" });
    const place = { spaceId, scope, conversationId };
    this.#spaces.push(place);
    return place;
  }

  /** A fresh group conversation of the first account and these others, so that checks do not disturb each other. */
  async group(...others: Account[]): Promise<Place> {
    const { client, personId } = await this.first();
    const conversationId = conversationIdSchema.parse(createId());
    const scope = conversationScope(conversationId);
    await client.apply("conversation.open", scope, {
      id: conversationId,
      kind: "group",
      memberIds: [personId, ...others.map((other) => other.personId)],
      name: "Conformance",
    });
    return { scope, conversationId };
  }

  /** Sends messages in one request; the rows as the server keeps them. */
  async send(
    place: Place,
    bodies: readonly string[],
    threadId?: MessageId,
    by?: Account,
  ): Promise<Message[]> {
    const { client } = by ?? (await this.first());
    const { scope, conversationId } = place;
    const mutations = bodies.map((body) =>
      mutationOf("message.send", scope, {
        id: messageIdSchema.parse(createId()),
        conversationId,
        body,
        ...(threadId === undefined ? {} : { threadId }),
      }),
    );
    const results = await client.mutate(...mutations);
    return results.map((result, index) =>
      messageOf(
        changeOf(appliedChanges(result, "message.send"), "message", String(mutations[index]?.args["id"])),
      ),
    );
  }

  async heartbeat(): Promise<EventStream> {
    await this.first();
    if (this.#heartbeat === undefined) throw new Error("the first account has no heartbeat");
    return this.#heartbeat;
  }

  /** Leaves the spaces made; what cannot be left, by its reason. */
  async cleanUp(): Promise<string[]> {
    const left: string[] = [];
    for (const { spaceId, scope } of this.#spaces) {
      const { client } = await this.first();
      const [result] = await client.mutate(mutationOf("space.leave", scope, { spaceId }));
      if (result?.status !== "applied")
        left.push(`${spaceId}: ${result?.error.detail ?? result?.error.title ?? "?"}`);
    }
    const heartbeat = await this.#heartbeat?.catch(() => undefined);
    heartbeat?.close();
    return left;
  }

  /** Makes something once. Who asks first is told why it cannot be made; the others skip, to keep the report short. */
  #once<T>(name: string, make: () => Promise<T>): Promise<T> {
    const known = this.#made.get(name);
    if (known === undefined) {
      const made = make();
      this.#made.set(name, made);
      return made;
    }
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each name has one maker
    return (known as Promise<T>).catch((error: unknown) => {
      throw error instanceof Skip ? error : new Skip(`needs ${name}, which failed above`);
    });
  }
}

function accountOf(url: string, { access_token: token, person_id: personId }: TokenResponse): Account {
  return { client: new Client(url, token, personId), personId, ownScope: personScope(personId) };
}

export function messageOf({ data }: Envelope): Message {
  return expectFit(messageSchema, data, "messageSchema");
}
