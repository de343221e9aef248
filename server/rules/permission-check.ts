import { membershipSchema } from "#contract/entities/membership.ts";
import { personSchema, type Person } from "#contract/entities/person.ts";
import { membershipId, spaceIdSchema, type PersonId, type SpaceId } from "#contract/ids.ts";
import { isMutationName, type Mutation } from "#contract/mutations.ts";
import { AppError } from "#contract/problem.ts";
import { DIRECTORY, parseScope, spaceScope, type Scope, type ScopeKind } from "#contract/scope.ts";
import type { StoreTransaction } from "../store/store.ts";
import { mutationRules, type Actor, type ByScope, type Rule } from "./permissions.ts";

/** Refuses what the table of permissions does not allow, before anything of the command is looked at. @throws AppError */
export async function requirePermission(
  tx: StoreTransaction,
  personId: PersonId,
  mutation: Pick<Mutation, "name" | "scope" | "args">,
): Promise<void> {
  if (!isMutationName(mutation.name)) return;
  const rule = mutationRules[mutation.name];
  const { kind, id } = parseScope(mutation.scope);
  const allowed = scopesOf(rule, mutation.args, personId);
  const wanted = allowed[kind];
  const isSomebodyElses = kind === "person" && id !== personId;
  if (wanted === undefined || isSomebodyElses) throw wrongScope(rule, kind);
  const spaceId = spaceOf(rule, mutation);
  // What is not well formed is refused as such.
  if (spaceId === null) return;
  const standing = await actorsIn(tx, personId, mutation.scope, spaceId);
  if (standing.some((actor) => wanted.includes(actor))) return;
  throw refusal(rule, standing);
}

function scopesOf(rule: Rule, args: object, personId: PersonId): ByScope {
  return rule.unless?.applies(args, personId) === true ? rule.unless.in : rule.in;
}

/** The space that the command is about, if it is about one; null when it says none. */
function spaceOf(rule: Rule, { scope, args }: Pick<Mutation, "scope" | "args">): SpaceId | undefined | null {
  const { kind, id } = parseScope(scope);
  if (kind === "space" || kind === "desk") return spaceIdSchema.safeParse(id).data ?? null;
  if (rule.bySpaceId !== true) return undefined;
  return spaceIdSchema.safeParse(Reflect.get(args, "spaceId")).data ?? null;
}

/** How a person stands to a place. */
async function actorsIn(
  tx: StoreTransaction,
  personId: PersonId,
  scope: Scope,
  spaceId: SpaceId | undefined,
): Promise<Actor[]> {
  const { kind } = parseScope(scope);
  const row = await tx.get(DIRECTORY, "person", personId);
  const person = row?.op === "put" ? personSchema.parse(row.data) : undefined;
  const standing: Actor[] = isAdministrator(person) ? ["administrator"] : [];
  const isGuest = person?.isGuest === true;
  const outside: Actor = isGuest ? "guestElsewhere" : "outsider";
  const inside: Actor = isGuest ? "guest" : "member";
  if (spaceId !== undefined) return [...standing, (await roleIn(tx, spaceId, personId)) ?? outside];
  if (kind === "conversation" || kind === "share") {
    return [...standing, (await tx.canRead(personId, scope)) ? inside : outside];
  }
  return [...standing, inside];
}

function isAdministrator(person: Person | undefined): boolean {
  return (
    person?.roles?.includes("administrator") === true &&
    person.isGuest !== true &&
    person.isDeactivated !== true
  );
}

async function roleIn(
  tx: StoreTransaction,
  spaceId: SpaceId,
  personId: PersonId,
): Promise<Actor | undefined> {
  const row = await tx.get(spaceScope(spaceId), "membership", membershipId(spaceId, personId));
  return row?.op === "put" ? membershipSchema.parse(row.data).role : undefined;
}

function wrongScope(rule: Rule, kind: ScopeKind): AppError {
  return new AppError("badRequest", {
    title: "The command names the wrong scope",
    detail: `It must be sent with the scope of its ${Object.keys(rule.in).join(" or ")}, not of its ${kind}.`,
    pointer: "scope",
  });
}

/** The same whether the place does not exist or is somebody else's. */
function refusal(rule: Rule, standing: readonly Actor[]): AppError {
  const isOutside = standing.includes("outsider") || standing.includes("guestElsewhere");
  if (isOutside && rule.hides === true) {
    return new AppError("notFound", {
      title: "This no longer exists",
      detail: "There is no such place, or you cannot see it.",
    });
  }
  const detail = isOutside
    ? "You are not a member of this place, or it does not exist."
    : standing.includes("guest")
      ? "Guests may not do this."
      : "Only those who run this place may do this.";
  return new AppError("forbidden", { title: "This is not allowed", detail });
}
