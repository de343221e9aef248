import { placeSettingSchema, type PlaceSetting } from "#contract/entities/preferences.ts";
import { personIdSchema, type PersonId } from "#contract/ids.ts";
import { parseScope } from "#contract/scope.ts";
import type { IsoTime } from "#contract/time.ts";
import type { Envelope } from "#contract/envelope.ts";
import type { StoreLookups } from "../store/store.ts";
import type { Place } from "./conversations.ts";

/** What one person wants to hear of one place. */
export interface PlaceWish {
  level: "all" | "mentions" | "none";
  isMuted: boolean;
}

/** What everyone wants of one place: the conversation's setting first, then its space's, then what is usual there. */
export class PlaceWishes {
  readonly #conversation: ReadonlyMap<PersonId, PlaceSetting>;
  readonly #space: ReadonlyMap<PersonId, PlaceSetting>;
  readonly #usual: PlaceWish["level"];
  readonly #now: IsoTime;

  private constructor(rows: { conversation: Envelope[]; space: Envelope[] }, place: Place, now: IsoTime) {
    this.#conversation = byPerson(rows.conversation);
    this.#space = byPerson(rows.space);
    this.#usual = "spaceId" in place ? "mentions" : "all";
    this.#now = now;
  }

  static async read(find: StoreLookups, place: Place, now: IsoTime): Promise<PlaceWishes> {
    const conversation = await find.ofEveryone("placeSetting", place.conversationId);
    const space = "spaceId" in place ? await find.ofEveryone("placeSetting", place.spaceId) : [];
    return new PlaceWishes({ conversation, space }, place, now);
  }

  of(personId: PersonId): PlaceWish {
    const [conversation, space] = [this.#conversation.get(personId), this.#space.get(personId)];
    const saysOfMuting = conversation !== undefined && isAboutMuting(conversation) ? conversation : space;
    return {
      level: conversation?.notify ?? space?.notify ?? this.#usual,
      isMuted: saysOfMuting !== undefined && this.#isMuted(saysOfMuting),
    };
  }

  /** Those who chose to hear of every message. */
  wantingAll(): PersonId[] {
    const people = new Set([...this.#conversation.keys(), ...this.#space.keys()]);
    return [...people].filter((personId) => this.of(personId).level === "all");
  }

  #isMuted({ isMuted, mutedUntil }: PlaceSetting): boolean {
    if (isMuted === false) return false;
    return mutedUntil === undefined ? isMuted === true : mutedUntil > this.#now;
  }
}

function isAboutMuting({ isMuted, mutedUntil }: PlaceSetting): boolean {
  return isMuted !== undefined || mutedUntil !== undefined;
}

function byPerson(rows: readonly Envelope[]): Map<PersonId, PlaceSetting> {
  return new Map(
    rows.map((row) => [personIdSchema.parse(parseScope(row.scope).id), placeSettingSchema.parse(row.data)]),
  );
}
