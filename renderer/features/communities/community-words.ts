import type { TFunction } from "i18next";
import { spaceFunctions, type SpaceFunction, type SpaceSettings } from "#contract/entities/space.ts";
import type { CommunityView } from "#contract/views/communities.ts";

export const kinds = ["community", "project", "service", "managers", "animators", "event"] as const;
export const visibilities = ["open", "onRequest", "hidden"] as const;

/** « Projet · Ouvert à tous · 12 membres · Ville » */
export function communityFacts(t: TFunction, { space, memberCount, organisations }: CommunityView): string {
  const owners = organisations.map(({ name }) => name);
  return [
    t(`spaces.kind.${space.kind}`),
    t(`spaces.visibility.${space.visibility}`),
    memberCount === null ? "" : t("spaces.members", { count: memberCount }),
    ...(owners.length === 0 ? [space.organisation ?? ""] : owners),
  ]
    .filter((fact) => fact !== "")
    .join(" · ");
}

export function isSpaceFunction(name: string): name is SpaceFunction {
  return spaceFunctions.some((each) => each === name);
}

/** Functions of a space in the order of its tabs; those that it does not name come last, off. */
export function functionsOf(functions: SpaceSettings["functions"]): { name: SpaceFunction; isOn: boolean }[] {
  if (functions === undefined) return spaceFunctions.map((name) => ({ name, isOn: true }));
  const named = functions.flatMap(({ name, isOn }) => (isSpaceFunction(name) ? [{ name, isOn }] : []));
  const missing = spaceFunctions.filter((name) => named.every((each) => each.name !== name));
  return [...named, ...missing.map((name) => ({ name, isOn: false }))];
}

/** How somebody stands to a community, for the directory and its page. */
export type Standing = "member" | "waiting" | "refused" | "open" | "askable" | "closed";

export function standingOf({ space, role, joinRequest }: CommunityView): Standing {
  if (role !== null) return "member";
  if (joinRequest?.state === "waiting") return "waiting";
  if (space.archivedAt !== undefined || space.visibility === "hidden") return "closed";
  if (space.visibility === "open") return "open";
  return joinRequest?.state === "refused" ? "refused" : "askable";
}
