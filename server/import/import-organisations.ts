import { organisationSchema } from "#contract/entities/organisation.ts";
import { naturalId, organisationIdSchema, type OrganisationId } from "#contract/ids.ts";
import { DIRECTORY } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import type { RowWrite, StoreTransaction } from "../store/store.ts";

/**
 * The organisations that lists name. One that is not known yet is made, with an id that follows from its name, so that it
 * is found again after an administrator has renamed it; one that they removed does not come back.
 */
export class ImportedOrganisations {
  readonly #byName = new Map<string, OrganisationId>();
  readonly #standing = new Set<OrganisationId>();
  readonly #removed = new Set<OrganisationId>();
  readonly #made: RowWrite[] = [];
  readonly #nowMs: number;

  private constructor(nowMs: number) {
    this.#nowMs = nowMs;
  }

  static async read(
    tx: StoreTransaction,
    names: Iterable<string>,
    nowMs: number,
  ): Promise<ImportedOrganisations> {
    const known = new ImportedOrganisations(nowMs);
    for (const row of await tx.list(DIRECTORY, "organisation")) {
      const { id, name } = organisationSchema.parse(row.data);
      known.#standing.add(id);
      known.#byName.set(plain(name), id);
    }
    for (const name of names) {
      const id = idOf(name);
      const row = await tx.get(DIRECTORY, "organisation", id);
      if (row?.op === "delete") known.#removed.add(id);
    }
    return known;
  }

  /** Rows of those that `find` had to make. */
  get made(): readonly RowWrite[] {
    return this.#made;
  }

  /** Undefined of one that was removed here. */
  find(name: string): OrganisationId | undefined {
    const known = this.#byName.get(plain(name));
    if (known !== undefined) return known;
    const id = idOf(name);
    if (this.#removed.has(id)) return undefined;
    this.#byName.set(plain(name), id);
    if (this.#standing.has(id)) return id;
    this.#standing.add(id);
    const data = { id, name: name.trim(), createdAt: toIsoTime(this.#nowMs) };
    this.#made.push({ scope: DIRECTORY, collection: "organisation", id, op: "put", data });
    return id;
  }
}

function idOf(name: string): OrganisationId {
  return organisationIdSchema.parse(naturalId("organisation", plain(name)));
}

/** The same however it is spaced, accented or capitalised. */
function plain(name: string): string {
  const letters = name.normalize("NFD").replaceAll(/\p{M}/gu, "");
  return letters.toLowerCase().replaceAll(/\s+/g, " ").trim();
}
