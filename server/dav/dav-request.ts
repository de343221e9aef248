import type { Capabilities } from "#contract/capabilities.ts";
import { createId, mutationIdSchema, type PersonId } from "#contract/ids.ts";
import type { MutationResult } from "#contract/mutations.ts";
import type { Scope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import { executeMutation } from "../mutations/executor.ts";
import type { Store } from "../store/store.ts";
import { DavError, requireApplied } from "./dav-error.ts";
import { contentEtag } from "./dav-etag.ts";
import type { DavLocks } from "./dav-locks.ts";
import { placeKey, stepsOf, type DavSteps } from "./dav-path.ts";
import { DavTree, SPACES, type Resource } from "./dav-tree.ts";
import { parseIf, submittedTokens, type ConditionList } from "./if-header.ts";

export interface DavOptions {
  store: Store;
  clock: () => number;
  limits: Capabilities["limits"];
  locks: DavLocks;
}

/** One request of one person: what it is about, what it may do. */
export class DavRequest {
  readonly options: DavOptions;
  readonly personId: PersonId;
  readonly request: Request;
  readonly steps: DavSteps;
  readonly tree: DavTree;
  readonly #lists: readonly ConditionList[];
  readonly #tokens: ReadonlySet<string>;
  #spaceIds: ReadonlyMap<string, string> = new Map();

  /** @throws DavError 400 */
  constructor(options: DavOptions, personId: PersonId, request: Request) {
    this.options = options;
    this.personId = personId;
    this.request = request;
    this.steps = stepsOf(new URL(request.url).pathname);
    this.tree = new DavTree(options.store, personId);
    this.#lists = parseIf(request.headers.get("if"));
    this.#tokens = submittedTokens(this.#lists);
  }

  /** Before anything is asked of locks. */
  async prepare(): Promise<void> {
    const named = [this.steps[0], this.header("destination"), this.header("if")];
    if (named.some((each) => each?.includes(SPACES))) this.#spaceIds = await this.tree.spaceIds();
  }

  /** How locks know a place. */
  key(steps: DavSteps = this.steps): string {
    return placeKey(steps, { personId: this.personId, spaceIds: this.#spaceIds });
  }

  header(name: string): string | null {
    return this.request.headers.get(name);
  }

  find(steps: DavSteps = this.steps): Promise<Resource> {
    return this.tree.find(steps);
  }

  /** `Depth` (RFC 4918 section 10.2). @throws DavError 400 */
  depth(usual: "0" | "1" | "infinity"): "0" | "1" | "infinity" {
    const depth = this.header("depth")?.toLowerCase() ?? usual;
    if (depth === "0" || depth === "1" || depth === "infinity") return depth;
    throw new DavError(400, "The header Depth cannot be read.");
  }

  /** The library's own writes, as everybody makes them. @throws DavError */
  async write(scope: Scope, name: string, args: Record<string, unknown>): Promise<MutationResult> {
    const { store, clock, limits } = this.options;
    const id = mutationIdSchema.parse(createId());
    const mutation = { id, name, scope, args, madeAt: toIsoTime(clock()) };
    const result = await executeMutation({ store, clock, limits }, this.personId, mutation);
    requireApplied(result);
    return result;
  }

  /** `If`, `If-Match` and `If-None-Match` of the request. @throws DavError 412 */
  async assertConditions(resource: Resource): Promise<void> {
    const etag = etagOf(resource);
    const [match, noneMatch] = [this.header("if-match"), this.header("if-none-match")];
    const isThere = resource.kind !== "missing";
    if (match !== null && !(isThere && namesTag(match, etag))) throw failed();
    if (noneMatch !== null && isThere && namesTag(noneMatch, etag)) throw failed();
    if (this.#lists.length === 0) return;
    for (const list of this.#lists) if (await this.#holds(list, resource)) return;
    throw failed();
  }

  /** Whether a lock's token came with the request. */
  isSubmitted(token: string): boolean {
    return this.#tokens.has(token);
  }

  /** Every lock that keeps others from writing there has to be one of the caller's. @throws DavError 423 */
  requireUnlocked(steps: DavSteps, { isDeep = false }: { isDeep?: boolean } = {}): void {
    const { locks } = this.options;
    const covering = [...locks.covering(this.key(steps)), ...(isDeep ? locks.within(this.key(steps)) : [])];
    for (const lock of covering) {
      // Of several that share it, the token of one is enough (RFC 4918 section 7.5).
      const peers = covering.filter(({ isShared, key }) => isShared && lock.isShared && key === lock.key);
      const isHeld = [lock, ...peers].some(
        ({ token, personId }) => personId === this.personId && this.#tokens.has(token),
      );
      if (!isHeld) throw new DavError(423, "It is locked.", "lock-token-submitted");
    }
  }

  /** Also for what adds or takes away a member (RFC 4918 section 7.4). @throws DavError 423 */
  requireFolderUnlocked(steps: DavSteps): void {
    const { locks } = this.options;
    const key = this.key(steps.slice(0, -1));
    for (const lock of locks.covering(key)) {
      if (!lock.isDeep && lock.key !== key) continue;
      if (lock.personId === this.personId && this.#tokens.has(lock.token)) continue;
      throw new DavError(423, "Its folder is locked.", "lock-token-submitted");
    }
  }

  /** Somebody has it checked out, in Parvis or by another program. @throws DavError 423 */
  requireNotCheckedOut(resource: Resource): void {
    const lock = resource.kind === "item" ? resource.item.lock : undefined;
    if (lock === undefined || lock.personId === this.personId) return;
    if (lock.expiresAt !== undefined && Date.parse(lock.expiresAt) <= this.options.clock()) return;
    throw new DavError(423, "Somebody else has it checked out.", "no-conflicting-lock");
  }

  async #holds({ resource, conditions }: ConditionList, own: Resource): Promise<boolean> {
    const steps = resource === null ? this.steps : this.#stepsOfTag(resource);
    if (steps === undefined) return conditions.every(({ isNot }) => isNot);
    const found = resource === null ? own : await this.find(steps);
    const etag = etagOf(found);
    const tokens = new Set(this.options.locks.covering(this.key(steps)).map(({ token }) => token));
    return conditions.every(({ kind, value, isNot }) => {
      const holds = kind === "token" ? tokens.has(value) : etag !== undefined && value === etag;
      return holds !== isNot;
    });
  }

  #stepsOfTag(resource: string): DavSteps | undefined {
    const url = URL.parse(resource, this.request.url);
    return url === null || !/^\/dav(\/|$)/.test(url.pathname) ? undefined : stepsOf(url.pathname);
  }
}

export function etagOf(resource: Resource): string | undefined {
  return resource.kind === "item" ? contentEtag(resource.item) : undefined;
}

function namesTag(header: string, etag: string | undefined): boolean {
  if (header.trim() === "*") return true;
  return etag !== undefined && header.split(",").some((tag) => tag.trim() === etag);
}

function failed(): DavError {
  return new DavError(412, "A condition of the request does not hold.");
}

/** The top of the door, of the spaces and of a library: neither written, moved nor removed. @throws DavError 403 */
export function requireItem(resource: Resource): Extract<Resource, { kind: "item" }> {
  if (resource.kind === "item") return resource;
  if (resource.kind === "missing") throw new DavError(404, "There is nothing of that name.");
  throw new DavError(403, "The top of a library stays where it is.");
}
