import { scopeSchema, type Scope } from "#contract/scope.ts";
import { z } from "zod";
import type { BlockStore } from "./block-store.ts";
import type { KeptScopes } from "./kept-scopes.ts";

/** Changes with the state of each scope's sync and history. */
export const POSITION_STREAM = "*/position";

const positionSchema = z.object({
  /** Where sync goes on; absent before the first mark. */
  cursor: z.string().optional(),
  /** Every change up to this one is in the cache; 0 while the snapshot is incomplete. */
  seq: z.int(),
  isComplete: z.boolean(),
  /** Key behind the oldest message of the snapshot when history has older ones, else empty. Rows before it have gaps. */
  floor: z.string(),
});
export type Position = z.infer<typeof positionSchema>;

const historySchema = z.object({
  /** Key of the oldest message fetched without a gap. */
  floor: z.string(),
  hasOlder: z.boolean(),
});
export type HistoryPosition = z.infer<typeof historySchema>;

/** Key of a scope's latest seq in the log, where it may be ahead of the position. */
export function seqKey(scope: string): string {
  return `seq/${scope}`;
}

/** How far each scope, and each conversation's history, is in the cache. Written with the store's next commit. */
export class Positions {
  readonly #store: BlockStore;
  readonly #scopes = new Map<Scope, Position>();
  readonly #history = new Map<string, HistoryPosition>();
  readonly #damaged = new Set<Scope>();
  /** What was here once and is not on disk, for it is above the ceiling. */
  readonly #unkept = new Set<Scope>();
  readonly #kept: KeptScopes;

  constructor(store: BlockStore, kept: KeptScopes) {
    this.#store = store;
    this.#kept = kept;
  }

  load(meta: ReadonlyMap<string, unknown>): void {
    for (const [key, value] of meta) {
      const slash = key.indexOf("/");
      const kind = key.slice(0, slash);
      const rest = key.slice(slash + 1);
      if (kind === "scope") this.#loadScope(rest, value);
      if (kind === "damaged") this.#loadDamaged(rest);
      if (kind === "partial" && value === true) this.#loadPartial(rest);
      if (kind === "unkept") this.#loadUnkept(rest);
      const history = kind === "history" ? historySchema.safeParse(value) : undefined;
      if (history?.success === true) this.#history.set(rest, history.data);
    }
    for (const [key, value] of meta) {
      if (key.startsWith("seq/") && typeof value === "number") this.#advanceLoaded(key.slice(4), value);
    }
  }

  scopes(): Scope[] {
    return [...this.#scopes.keys()];
  }

  get(scope: Scope): Position | undefined {
    return this.#scopes.get(scope);
  }

  set(scope: Scope, position: Position): void {
    this.#scopes.set(scope, position);
    this.#store.setMeta(`scope/${scope}`, position);
    this.#store.setMeta(seqKey(scope), undefined);
    this.#setUnkept(scope, this.#kept.isAbove(scope));
  }

  /** The scope is kept from now on, or no longer: what is known of it goes to disk, or away from there. */
  rewrite(scope: Scope): void {
    const position = this.#scopes.get(scope);
    if (position === undefined) return;
    this.set(scope, position);
    this.setDamaged(scope, this.#damaged.has(scope));
    for (const [name, history] of this.#history)
      if (name.startsWith(`${scope}/`)) this.#store.setMeta(`history/${name}`, history);
  }

  /** Nothing of it may be here, although the reader is in it: it is fetched anew. */
  drop(scope: Scope): void {
    this.delete(scope);
    this.#setUnkept(scope, true);
  }

  /** Scopes of the reader that are not on disk. */
  unkept(): Scope[] {
    return [...this.#unkept];
  }

  /** Not on disk, and not come since the start. */
  isAway(scope: Scope): boolean {
    return this.#unkept.has(scope) && this.#scopes.get(scope)?.isComplete !== true;
  }

  /** A live change moved the scope on; the caller writes `seqKey` with it. */
  advance(scope: Scope, seq: number): void {
    const position = this.#scopes.get(scope);
    if (position !== undefined && seq > position.seq) this.#scopes.set(scope, { ...position, seq });
  }

  /** Rows of the scope were lost here: it must be read again whole, be it after a restart. */
  isDamaged(scope: Scope): boolean {
    return this.#damaged.has(scope);
  }

  setDamaged(scope: Scope, isDamaged: boolean): void {
    if (isDamaged) this.#damaged.add(scope);
    else this.#damaged.delete(scope);
    this.#store.setMeta(`damaged/${scope}`, isDamaged ? true : undefined);
  }

  delete(scope: Scope): void {
    this.#scopes.delete(scope);
    this.setDamaged(scope, false);
    this.#setUnkept(scope, false);
    this.#store.setMeta(`scope/${scope}`, undefined);
    this.#store.setMeta(seqKey(scope), undefined);
    this.deleteHistory(scope);
  }

  history(scope: Scope, conversationId: string): HistoryPosition | undefined {
    return this.#history.get(`${scope}/${conversationId}`);
  }

  setHistory(scope: Scope, conversationId: string, position: HistoryPosition): void {
    const name = `${scope}/${conversationId}`;
    this.#history.set(name, position);
    this.#store.setMeta(`history/${name}`, position);
  }

  deleteHistory(scope: Scope): void {
    for (const name of this.#history.keys()) {
      if (!name.startsWith(`${scope}/`)) continue;
      this.#history.delete(name);
      this.#store.setMeta(`history/${name}`, undefined);
    }
  }

  /** Key before which a conversation's messages have gaps: they are not shown until history has reached them. */
  floor(scope: Scope, conversationId: string): string {
    const position = this.#scopes.get(scope);
    if (position?.isComplete !== true) return "";
    return this.history(scope, conversationId)?.floor ?? position.floor;
  }

  hasOlder(scope: Scope, conversationId: string): boolean {
    const history = this.history(scope, conversationId);
    if (history !== undefined) return history.hasOlder;
    return (this.#scopes.get(scope)?.floor ?? "") !== "";
  }

  #loadScope(name: string, value: unknown): void {
    const scope = scopeSchema.safeParse(name);
    const position = positionSchema.safeParse(value);
    if (scope.success && position.success) this.#scopes.set(scope.data, position.data);
  }

  #loadDamaged(name: string): void {
    const scope = scopeSchema.safeParse(name);
    if (scope.success) this.#damaged.add(scope.data);
  }

  /** Rows of it were left out: they come with the whole, or never again. */
  #loadPartial(name: string): void {
    const scope = scopeSchema.safeParse(name);
    if (scope.success) this.setDamaged(scope.data, true);
    this.#store.setMeta(`partial/${name}`, undefined);
  }

  #loadUnkept(name: string): void {
    const scope = scopeSchema.safeParse(name);
    if (scope.success) this.#unkept.add(scope.data);
  }

  #setUnkept(scope: Scope, isUnkept: boolean): void {
    if (isUnkept === this.#unkept.has(scope)) return;
    if (isUnkept) this.#unkept.add(scope);
    else this.#unkept.delete(scope);
    this.#store.setMeta(`unkept/${scope}`, isUnkept ? true : undefined);
  }

  #advanceLoaded(name: string, seq: number): void {
    const scope = scopeSchema.safeParse(name);
    if (scope.success) this.advance(scope.data, seq);
  }
}
