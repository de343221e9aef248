import { userInfo } from "node:os";
import { z } from "zod";
import { driveIdSchema, libraryDriveId, newDriveSchema } from "#contract/drives.ts";
import type { AccountId } from "#contract/account.ts";
import { naturalId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import type { Scope } from "#contract/scope.ts";
import type { AccountService } from "../accounts/account-service.ts";
import type { Policies } from "../policy/policies.ts";
import { kindOfAddress, parseDriveAddress, type AddressRules } from "./drive-address.ts";
import type { AddedDrive, DriveChoice, DrivesContent } from "./drives-file.ts";
import type { DriveDefinition } from "./open-drive.ts";

const givenSchema = z.object({
  name: newDriveSchema.shape.name,
  kind: newDriveSchema.shape.kind.optional(),
  address: newDriveSchema.shape.address,
  username: newDriveSchema.shape.username,
});
export type GivenDrive = z.infer<typeof givenSchema>;

export interface SourceParts {
  policies: Policies;
  accounts: Pick<AccountService, "list" | "serverUrl">;
  rules: AddressRules;
  onNotice: (message: string) => void;
}

/** What should be there of what everybody gave, as the person chose it to look. */
export function wantedDrives(
  { drives, choices, libraries, assigned }: DrivesContent,
  { policies, accounts, rules, onNotice }: SourceParts,
): DriveDefinition[] {
  const known = new Set(accounts.list().flatMap(({ id, state }) => (state === "signedOut" ? [] : [id])));
  return withoutDoubles([
    ...policyDrives(policies.get("Drives") ?? [], rules, onNotice),
    ...assigned
      .filter(({ accountId }) => known.has(accountId))
      .flatMap((one) => assignedDrives(one.accountId, one.drives, rules)),
    ...drives.map(addedDrive),
    ...libraries
      .filter(({ accountId }) => known.has(accountId))
      .map(({ accountId, scope }) => libraryDrive(accountId, scope, accounts.serverUrl(accountId))),
  ]).map((definition) => asChosen(definition, choices[definition.id]));
}

function asChosen(definition: DriveDefinition, choice: DriveChoice = {}): DriveDefinition {
  const { name = definition.name, username = "" } = choice;
  return { ...definition, name, username: username === "" ? definition.username : username };
}

/** One entry of the policy `Drives`: `Name=address`, or a JSON text. Undefined: it is neither. */
function parsePolicyDrive(text: string): GivenDrive | undefined {
  if (text.trimStart().startsWith("{")) return givenSchema.safeParse(parseJson(text)).data;
  const at = text.indexOf("=");
  if (at < 1) return undefined;
  return givenSchema.safeParse({ name: text.slice(0, at), address: text.slice(at + 1) }).data;
}

/** Those of an organisation's list that can be used; what is wrong with the others is said. */
function policyDrives(
  entries: readonly string[],
  rules: AddressRules,
  onProblem: (message: string) => void,
): DriveDefinition[] {
  return entries.flatMap((text, index) => {
    const given = parsePolicyDrive(text);
    const made = given === undefined ? undefined : giveDrive("policy", null, given, rules);
    if (made === undefined)
      onProblem(
        `Entry ${index + 1} of the policy Drives is no drive: write “Name=address”, or its JSON form.`,
      );
    return made === undefined ? [] : [made];
  });
}

/** Those that a workplace assigned; what cannot be used here is left out. */
function assignedDrives(
  accountId: AccountId,
  given: readonly GivenDrive[],
  rules: AddressRules,
): DriveDefinition[] {
  return given.flatMap((one) => giveDrive("workplace", accountId, one, rules) ?? []);
}

export function addedDrive(added: AddedDrive): DriveDefinition {
  return { ...added, origin: "person", accountId: null, username: null, scope: null };
}

export function libraryDrive(accountId: AccountId, scope: Scope, serverUrl: string): DriveDefinition {
  return {
    id: libraryDriveId(accountId, scope),
    name: scope,
    kind: "library",
    address: `${serverUrl}/`,
    origin: "workplace",
    accountId,
    username: null,
    scope,
  };
}

/** Of two with one address, the first stays: an organisation's comes before a person's. */
function withoutDoubles(drives: readonly DriveDefinition[]): DriveDefinition[] {
  const seen = new Set<string>();
  return drives.filter((drive) => {
    const key = addressKey(drive);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Libraries of one workplace differ by whose they are. */
export function addressKey({ address, scope }: Pick<DriveDefinition, "address" | "scope">): string {
  return `${address.toLowerCase().replace(/[\\/]+$/, "")} ${scope ?? ""}`;
}

function giveDrive(
  origin: "policy" | "workplace",
  accountId: AccountId | null,
  { name, kind, address, username }: GivenDrive,
  rules: AddressRules,
): DriveDefinition | undefined {
  const own = address.replaceAll("%USERNAME%", () => userInfo().username);
  const used = kind ?? kindOfAddress(own);
  try {
    const parsed = parseDriveAddress(used, own, rules);
    const id = driveIdSchema.parse(naturalId("drive", origin, accountId ?? "", parsed));
    return {
      id,
      name,
      kind: used,
      address: parsed,
      origin,
      accountId,
      username: username ?? null,
      scope: null,
    };
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
