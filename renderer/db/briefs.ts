import type { PersonId } from "#contract/ids.ts";
import type { PersonBrief } from "#contract/views/message-view.ts";
import { currentStatus } from "./person-view.ts";
import type { Reader } from "./reader.ts";

/** People as they appear beside what they did; each is read once for a view. */
export class Briefs {
  readonly #reader: Reader;
  readonly #known = new Map<PersonId, PersonBrief>();

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  /** Someone who is not in the directory (any more) has an empty name. */
  async get(id: PersonId): Promise<PersonBrief> {
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const person = await this.#reader.person(id);
    const presence = await this.#reader.presence(id);
    const brief: PersonBrief = {
      id,
      displayName: person?.displayName ?? "",
      photo: person?.photo ?? null,
      isGuest: person?.isGuest ?? false,
      presence: presence?.state ?? "offline",
      statusEmoji: currentStatus(this.#reader, presence)?.emoji ?? "",
    };
    this.#known.set(id, brief);
    return brief;
  }

  async all(ids: Iterable<PersonId>): Promise<PersonBrief[]> {
    const briefs: PersonBrief[] = [];
    for (const id of ids) briefs.push(await this.get(id));
    return briefs;
  }
}
