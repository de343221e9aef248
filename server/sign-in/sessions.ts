import type { Device, Session } from "#contract/entities/session.ts";
import type { PersonId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { personScope } from "#contract/scope.ts";
import { toIsoTime, type IsoTime } from "#contract/time.ts";
import { findSession, isToBeWiped, sessionKey, writeSession } from "../mutations/session.ts";
import type { Store, StoreTransaction } from "../store/store.ts";

const DAY_MS = 86_400_000;

interface SignIn {
  personId: PersonId;
  sessionId: string;
}

/** The rows by which people see where they are signed in. */
export class Sessions {
  readonly #store: Pick<Store, "get" | "transaction">;
  readonly #clock: () => number;

  constructor(store: Pick<Store, "get" | "transaction">, clock: () => number) {
    this.#store = store;
    this.#clock = clock;
  }

  /** When it begins and with each refresh; written once a day, or when the device is called otherwise. */
  async seen(signIn: SignIn, device: Device | undefined): Promise<void> {
    const known = await this.#find(this.#store, signIn);
    const isRecent = known !== undefined && this.#clock() - Date.parse(known.lastSeenAt) < DAY_MS;
    const isSame = device === undefined || JSON.stringify(device) === JSON.stringify(known?.device);
    if (isRecent && isSame) return;
    await this.#change(signIn, (session, now) => ({
      id: signIn.sessionId,
      personId: signIn.personId,
      createdAt: now,
      ...session,
      ...(device === undefined ? {} : { device }),
      lastSeenAt: now,
    }));
  }

  /** It ended otherwise than by a command: its token came back, its account was closed. */
  async ended(signIn: SignIn): Promise<void> {
    await this.#change(signIn, (session, now) =>
      session === undefined ? undefined : { ...session, endedAt: session.endedAt ?? now },
    );
  }

  /** The device signed out by itself. What was ordered before stays to be seen. */
  async signedOut(signIn: SignIn): Promise<void> {
    const known = await this.#find(this.#store, signIn);
    if (known === undefined) return;
    if (known.wipeAskedAt !== undefined) return this.ended(signIn);
    await this.#store.transaction(async (tx) => {
      const key = sessionKey(signIn.personId, signIn.sessionId);
      await tx.lock(key.scope);
      await tx.write([{ ...key, op: "delete", data: { id: key.id } }]);
    });
  }

  /** @throws AppError wipeRequired */
  async requireNoOrder(signIn: SignIn): Promise<void> {
    const session = await this.#find(this.#store, signIn);
    if (session === undefined || !isToBeWiped(session)) return;
    throw new AppError("wipeRequired", {
      title: "This sign-in was ended with the order to forget everything",
      detail: "Delete all that is kept of this account on the device, then say so with POST /v1/token/wiped.",
    });
  }

  /** The device has forgotten everything. False when nobody had asked it to. */
  async wiped(signIn: SignIn): Promise<boolean> {
    const known = await this.#find(this.#store, signIn);
    if (known === undefined || !isToBeWiped(known)) return false;
    await this.#change(signIn, (session, now) =>
      session === undefined ? undefined : { ...session, wipedAt: session.wipedAt ?? now },
    );
    return true;
  }

  #find(store: Pick<StoreTransaction, "get">, { personId, sessionId }: SignIn): Promise<Session | undefined> {
    return findSession(store, personId, sessionId);
  }

  async #change(
    signIn: SignIn,
    change: (session: Session | undefined, now: IsoTime) => Session | undefined,
  ): Promise<void> {
    await this.#store.transaction(async (tx) => {
      await tx.lock(personScope(signIn.personId));
      const next = change(await this.#find(tx, signIn), toIsoTime(this.#clock()));
      if (next !== undefined) await writeSession(tx, next);
    });
  }
}
