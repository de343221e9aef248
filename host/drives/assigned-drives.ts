import type { AccountId } from "#contract/account.ts";
import { meSchema } from "#contract/sign-in.ts";
import type { AccountService } from "../accounts/account-service.ts";
import type { HostEvents } from "../events.ts";
import type { Gateway } from "../gateway/gateway.ts";
import type { Log } from "../log/log.ts";
import type { DriveService } from "./drive-service.ts";

export interface AssignedDrivesParts {
  accounts: Pick<AccountService, "list">;
  gateway: Gateway;
  events: HostEvents;
  service: Pick<DriveService, "assign">;
  log: Log;
}

/**
 * Drives that workplaces give: asked for once a start, and again when the network came back before there was an answer. What
 * was said last holds until then.
 */
export class AssignedDrives {
  readonly #parts: AssignedDrivesParts;
  readonly #asked = new Set<AccountId>();
  readonly #ending = new AbortController();
  #stop: (() => void) | undefined;

  constructor(parts: AssignedDrivesParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#stop = this.#parts.events.subscribe((event) => {
      if (event.type === "accountsChanged") this.#askAll();
      if (event.type === "networkChanged" && event.isOnline) this.#askAll();
    });
    this.#askAll();
  }

  stop(): void {
    this.#stop?.();
    this.#ending.abort();
  }

  #askAll(): void {
    for (const { id, state } of this.#parts.accounts.list()) {
      // Signed in anew, it is asked anew: it may be somebody else.
      if (state !== "signedIn") this.#asked.delete(id);
      else if (!this.#asked.has(id)) {
        this.#asked.add(id);
        this.#ask(id).catch((error: unknown) => {
          this.#asked.delete(id);
          this.#parts.log.write("warning", "Drives of a workplace were not told", { error: String(error) });
        });
      }
    }
  }

  async #ask(id: AccountId): Promise<void> {
    const { gateway, service } = this.#parts;
    const request = new Request(`http://host.invalid/gateway/${id}/v1/me`, { signal: this.#ending.signal });
    const response = await gateway.handle(request);
    if (!response.ok) {
      await response.body?.cancel();
      // Not reached: what was said last holds.
      this.#asked.delete(id);
      return;
    }
    const me = meSchema.parse(await response.json());
    await service.assign(id, me.drives ?? []);
  }
}
