import { organisationSchema, type Organisation } from "#contract/entities/organisation.ts";
import { personSchema, type Person } from "#contract/entities/person.ts";
import { preferencesSchema, type NoticeLevel, type Preferences } from "#contract/entities/preferences.ts";
import type { NotificationKind } from "#contract/entities/notification.ts";
import type { Envelope } from "#contract/envelope.ts";
import type { PersonId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { quietReason } from "#contract/quiet.ts";
import { DIRECTORY, personScope } from "#contract/scope.ts";
import type { BackendReader } from "./backend-reader.ts";

/**
 * Whether the person wants something announced now: their preferences, their working hours and those their organisation
 * imposes. Read once, then kept by the live changes. While the workplace cannot be asked, nothing is held back.
 */
export class QuietWatch {
  readonly #personId: PersonId;
  readonly #reader: BackendReader;
  readonly #signal: AbortSignal;
  #preferences: Preferences | undefined;
  #person: Person | undefined;
  readonly #organisations = new Map<string, Organisation>();
  #loading: Promise<void> | undefined;

  constructor(personId: PersonId, reader: BackendReader, signal: AbortSignal) {
    this.#personId = personId;
    this.#reader = reader;
    this.#signal = signal;
  }

  /** Remembers what a live change tells. */
  note({ collection, id, op, data }: Envelope): void {
    const isPut = op === "put";
    if (collection === "preferences" && id === this.#personId) {
      this.#preferences = isPut ? preferencesSchema.safeParse(data).data : undefined;
    } else if (collection === "person" && id === this.#personId && isPut) {
      this.#person = personSchema.safeParse(data).data ?? this.#person;
    } else if (collection === "organisation") {
      const organisation = isPut ? organisationSchema.safeParse(data).data : undefined;
      if (organisation === undefined) this.#organisations.delete(id);
      else this.#organisations.set(id, organisation);
    }
  }

  /** The person's own wish, as far as it is not over. */
  doNotDisturbUntil(nowMs: number): string | null {
    const until = this.#preferences?.doNotDisturbUntil;
    return until !== undefined && Date.parse(until) > nowMs ? until : null;
  }

  /** The same for whatever kind. */
  async isQuiet(nowMs: number): Promise<boolean> {
    await this.#load();
    return this.isQuietAt(nowMs);
  }

  async isAnnounced(kind: NotificationKind, nowMs: number): Promise<boolean> {
    await this.#load();
    return !this.isKnownQuiet(kind, nowMs);
  }

  /** The same by what is known so far, without asking: quiet may have ended by the time that an answer comes. */
  isKnownQuiet(kind: NotificationKind, nowMs: number): boolean {
    const level: NoticeLevel = this.#preferences?.notices?.[kind] ?? "all";
    return level !== "all" || this.isQuietAt(nowMs);
  }

  /** Do not disturb or quiet hours, by what is known so far. */
  isQuietAt(nowMs: number): boolean {
    const organisationId = this.#person?.organisationId ?? "";
    const input = {
      preferences: this.#preferences,
      person: this.#person,
      organisation: this.#organisations.get(organisationId),
    };
    return quietReason(input, nowMs) !== null;
  }

  async #load(): Promise<void> {
    this.#loading ??= this.#read();
    try {
      await this.#loading;
    } catch (error) {
      // Asked again with the next notification.
      this.#loading = undefined;
      if (!(error instanceof AppError)) throw error;
    }
  }

  async #read(): Promise<void> {
    const take = (row: Envelope): boolean => {
      this.note(row);
      return true;
    };
    await this.#reader.rows(personScope(this.#personId), this.#signal, take);
    try {
      await this.#reader.rows(DIRECTORY, this.#signal, take);
    } catch (error) {
      // Guests do not read the directory: they have no organisation here.
      if (!(error instanceof AppError)) throw error;
    }
  }
}
