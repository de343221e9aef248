import { classificationSchema, isAbove, type Classification } from "#contract/classification.ts";
import type { CollectionName } from "#contract/collections.ts";
import type { Mutation } from "#contract/mutations.ts";
import { DIRECTORY } from "#contract/scope.ts";
import { isFields, text, type Entry, type Fields } from "./entry.ts";
import { kindOf, scopeOf } from "./streams.ts";

/** Changes when places begin or end to be kept on disk. */
export const KEPT_STREAM = "*/kept";

/** Where the level of a space is read: its own row, the one in the directory, or the write that makes it. */
type Source = "own" | "directory" | "waiting";

interface Known {
  rev: number;
  /** As it came: what is not one of the levels is above all of them. */
  level: unknown;
}

/** Rows of other scopes that carry words of a place. */
const COPIES: ReadonlySet<string> = new Set<CollectionName>([
  "draft",
  "notification",
  "savedItem",
  "scheduledMessage",
  "report",
  "article",
  "spaceRequest",
  "joinRequest",
]);

/**
 * Which places may lie on disk: those not marked above the ceiling. A space or share whose mark is not known counts as above;
 * what is not of a space is internal. Without a ceiling everything may, and nothing is looked at.
 */
export class KeptScopes {
  #ceiling: Classification | null;
  readonly #levels = new Map<string, Map<Source, Known>>();
  /** Scopes of channels and conversations. */
  readonly #places = new Map<string, string>();

  constructor(ceiling: Classification | null) {
    this.#ceiling = ceiling;
  }

  get ceiling(): Classification | null {
    return this.#ceiling;
  }

  setCeiling(ceiling: Classification | null): void {
    this.#ceiling = ceiling;
  }

  /** Whether nothing of this scope may be written. */
  isAbove(scope: string): boolean {
    if (this.#ceiling === null) return false;
    const spaceId = spaceOf(scope);
    if (spaceId === "") return isAbove(undefined, this.#ceiling);
    const known = this.#levels.get(spaceId);
    const rows = [known?.get("own"), known?.get("directory")].filter((each) => each !== undefined);
    const waiting = known?.get("waiting");
    // Two rows that differ are a change that has come half: the stricter one counts.
    const levels = rows.length > 0 || waiting === undefined ? rows : [waiting];
    return levels.length === 0 || levels.some(({ level }) => this.#isLevelAbove(level));
  }

  /** Whether a row of a scope that is kept may be written: not when it is a copy of what is above. */
  keeps(stream: string, { data }: Entry): boolean {
    if (this.#ceiling === null || !isCopy(stream)) return true;
    return !this.#namesAbove(data);
  }

  /** Whether a write carries words of a place above, or into one. */
  isWriteAbove({ name, scope, args }: Mutation): boolean {
    if (this.#ceiling === null) return false;
    if (this.isAbove(scope)) return true;
    // It stands in the directory's lane, and says what it makes.
    if (name === "space.create") return this.#isLevelAbove(args["classification"]);
    if (spaceOf(scope) !== "" || scope.startsWith("conversation:")) return false;
    return name !== "conversation.open" && this.#namesAbove(args);
  }

  /**
   * Notes what rows say of places, before they are anywhere. Returns the spaces' scopes that are now kept and were not, or
   * the other way round.
   */
  learn(stream: string, entries: readonly Entry[]): string[] {
    const kind = kindOf(stream);
    const scope = scopeOf(stream);
    if (kind === "channel" || kind === "conversation") {
      for (const { id } of entries) this.#places.set(id, scope);
      return [];
    }
    const isShare = kind === "libraryShare" && scope.startsWith("share:");
    if (kind !== "space" && !isShare) return [];
    const source = scope === DIRECTORY ? "directory" : "own";
    return entries.flatMap((entry) => {
      const known = entry.isDeleted ? undefined : entry.data["classification"];
      return this.#changed(isShare ? [scope] : [`space:${entry.id}`, `desk:${entry.id}`], () => {
        this.#note(entry, source, known);
      });
    });
  }

  /** A place that a write of the person will make. */
  learnWaiting({ name, scope, args }: Mutation): void {
    const id = text(args, "id");
    if (name === "space.create")
      this.#note({ id, rev: 0, isDeleted: false }, "waiting", args["classification"]);
    if (name === "conversation.open") this.#places.set(id, `conversation:${id}`);
    if (name === "channel.create") this.#places.set(id, scope);
  }

  /** The scope is gone: what it said of itself no longer counts. */
  forget(scope: string): void {
    if (!scope.startsWith("desk:")) this.#levels.get(spaceOf(scope))?.delete("own");
    for (const [id, each] of this.#places) if (each === scope) this.#places.delete(id);
  }

  #note(
    { id, rev, isDeleted }: Pick<Entry, "id" | "rev" | "isDeleted">,
    source: Source,
    level: unknown,
  ): void {
    const known = this.#levels.get(id) ?? new Map<Source, Known>();
    this.#levels.set(id, known);
    // An older copy that comes late says nothing.
    if ((known.get(source)?.rev ?? -1) > rev) return;
    if (isDeleted) known.delete(source);
    else known.set(source, { rev, level });
  }

  #changed(scopes: [string, ...string[]], change: () => void): string[] {
    const before = this.isAbove(scopes[0]);
    change();
    return this.isAbove(scopes[0]) === before ? [] : scopes;
  }

  #isLevelAbove(level: unknown): boolean {
    if (level === undefined) return isAbove(undefined, this.#ceiling);
    const parsed = classificationSchema.safeParse(level);
    return !parsed.success || isAbove(parsed.data, this.#ceiling);
  }

  #namesAbove(fields: Fields): boolean {
    const { object, space } = fields;
    if (isFields(object) && this.#namesAbove(object)) return true;
    // A space that is asked for says its own mark.
    if (isFields(space) && this.#isLevelAbove(space["classification"])) return true;
    const scope = text(fields, "scope");
    const spaceId = text(fields, "spaceId");
    if (scope !== "" && this.isAbove(scope)) return true;
    if (spaceId !== "" && this.isAbove(`space:${spaceId}`)) return true;
    const conversationId = text(fields, "conversationId");
    if (scope !== "" || spaceId !== "" || conversationId === "") return false;
    const place = this.#places.get(conversationId);
    // Not known yet: it may be one of a space above.
    return place === undefined || this.isAbove(place);
  }
}

/** Whether rows of this stream may be copies of what stands in another scope. */
export function isCopy(stream: string): boolean {
  return COPIES.has(kindOf(stream)) && spaceOf(scopeOf(stream)) === "";
}

export function copyKinds(): Iterable<string> {
  return COPIES;
}

/** The space that a scope belongs to, or the share that it is; empty for all else. */
function spaceOf(scope: string): string {
  if (scope.startsWith("space:") || scope.startsWith("share:")) return scope.slice(6);
  return scope.startsWith("desk:") ? scope.slice(5) : "";
}
