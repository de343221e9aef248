import { join } from "node:path";
import { z } from "zod";
import { accountIdSchema, gatewayPath, type AccountId } from "#contract/bridge.ts";
import type { TrayCommand } from "#contract/desktop/attention.ts";
import { createId, mutationIdSchema, type PersonId } from "#contract/ids.ts";
import { mutationResponseSchema, mutationSchema, type Mutation } from "#contract/mutations.ts";
import { DIRECTORY, personScope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import type { AccountService } from "../accounts/account-service.ts";
import type { AttentionModel } from "../attention/attention-model.ts";
import type { HostEvents } from "../events.ts";
import { JsonFile } from "../files/json-file.ts";
import type { Gateway } from "../gateway/gateway.ts";
import type { Attendance } from "../notifications/notifier.ts";

/** What is still to be taken is tried again this often; a connection that comes back tries at once. */
const AGAIN_MS = 60_000;

const waitingSchema = z.object({ accountId: accountIdSchema, mutation: mutationSchema });
type Waiting = z.infer<typeof waitingSchema>;

export interface DeskCommandsOptions {
  dataDir: string;
  gateway: Gateway;
  accounts: Pick<AccountService, "list">;
  attention: AttentionModel;
  events: HostEvents;
  /** Whether any page is open. */
  pages: Attendance;
  /** Every connection is made anew. */
  reconnect: () => void;
  onNotice: (message: string) => void;
  now: () => number;
}

/**
 * What the person asks for beside the window: a page that shows the account carries it out as a command of its own;
 * without one the host sends it itself, and keeps it on disk until the workplace has taken it.
 */
export class DeskCommands {
  readonly #options: DeskCommandsOptions;
  readonly #file: JsonFile<Waiting[]>;
  readonly #stops: (() => void)[] = [];
  #sending: Promise<void> | undefined;

  constructor(options: DeskCommandsOptions) {
    this.#options = options;
    this.#file = new JsonFile<Waiting[]>({
      path: join(options.dataDir, "desk-commands.json"),
      schema: z.array(waitingSchema),
      empty: () => [],
      onDamaged: options.onNotice,
    });
  }

  /** Sends what an earlier run left, and goes on trying. */
  start(): void {
    const timer = setInterval(() => void this.send(), AGAIN_MS);
    timer.unref();
    this.#stops.push(
      () => clearInterval(timer),
      this.#options.attention.subscribe(() => void this.send()),
    );
    void this.send();
  }

  async stop(): Promise<void> {
    for (const stop of this.#stops) stop();
    await this.#sending;
  }

  /** How many have not been taken. */
  async waiting(): Promise<number> {
    return (await this.#file.read()).length;
  }

  /** In every account that is signed in. */
  async runEverywhere(command: TrayCommand): Promise<void> {
    if (command.kind === "retry") this.#options.reconnect();
    for (const { id, personId, state } of this.#options.accounts.list()) {
      if (state !== "signedIn" || personId === null) continue;
      const { attention, events, pages } = this.#options;
      if (pages.isHere && attention.isShown(id)) {
        events.emit({ type: "trayCommand", accountId: id, command });
        continue;
      }
      const wanted = mutationOf(command, personId);
      if (wanted !== null) await this.#keep(id, wanted);
    }
    await this.send();
  }

  /** Tries to send everything that waits; resolves when it was tried. */
  async send(): Promise<void> {
    this.#sending ??= this.#sendAll()
      .catch((error: unknown) => this.#options.onNotice(`A choice could not be sent: ${String(error)}`))
      .finally(() => {
        this.#sending = undefined;
      });
    await this.#sending;
  }

  /** A later choice takes the place of an earlier one that has not left. */
  async #keep(accountId: AccountId, wanted: Pick<Mutation, "name" | "scope" | "args">): Promise<void> {
    const mutation = mutationSchema.parse({
      ...wanted,
      id: mutationIdSchema.parse(createId()),
      madeAt: toIsoTime(this.#options.now()),
    });
    await this.#file.update((waiting) => [
      ...waiting.filter((one) => one.accountId !== accountId || one.mutation.name !== wanted.name),
      { accountId, mutation },
    ]);
  }

  async #sendAll(): Promise<void> {
    for (const { accountId, mutation } of await this.#file.read()) {
      const account = this.#options.accounts.list().find(({ id }) => id === accountId);
      const isTaken = account === undefined || (await this.#post(accountId, mutation));
      if (!isTaken) continue;
      await this.#file.update((waiting) => waiting.filter((one) => one.mutation.id !== mutation.id));
    }
  }

  /** Whether the workplace has decided about it, in whatever way. */
  async #post(accountId: AccountId, mutation: Mutation): Promise<boolean> {
    const request = new Request(`http://host.invalid${gatewayPath(accountId)}/v1/mutations`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ mutations: [mutation] }),
    });
    const response = await this.#options.gateway.handle(request);
    if (!response.ok) {
      await response.body?.cancel();
      return response.status === 400;
    }
    const answer = mutationResponseSchema.safeParse(await response.json());
    return answer.success && answer.data.results.some(({ id }) => id === mutation.id);
  }
}

function mutationOf(
  command: TrayCommand,
  personId: PersonId,
): Pick<Mutation, "name" | "scope" | "args"> | null {
  switch (command.kind) {
    case "doNotDisturb":
      return {
        name: "preferences.set",
        scope: personScope(personId),
        args: { doNotDisturbUntil: command.until },
      };
    case "presence":
      return {
        name: "presence.choose",
        scope: DIRECTORY,
        args: { chosen: command.state === null ? null : { state: command.state } },
      };
    case "retry":
      return null;
  }
}
