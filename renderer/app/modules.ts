import { MessageCircle, type LucideIcon } from "lucide-react";
import type { ModuleName } from "#contract/capabilities.ts";

export interface ModuleEntry {
  name: ModuleName;
  icon: LucideIcon;
}

/** What this version can show; a module appears once the workplace has it too. */
const known: readonly ModuleEntry[] = [{ name: "messaging", icon: MessageCircle }];

export function visibleModules(offered: readonly string[]): readonly ModuleEntry[] {
  return known.filter((module) => offered.includes(module.name));
}

/** With one or two modules there is nothing to choose: the rail stays away. */
export const RAIL_FROM = 3;
