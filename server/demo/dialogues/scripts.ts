import type { SpaceScript } from "../script.ts";
import { hrScripts, townScripts } from "./agents.ts";
import { craftScripts } from "./crafts.ts";
import { itScripts } from "./it.ts";
import { animatorScripts, comScripts, managerScripts } from "./office.ts";
import { eventScripts, projectScripts } from "./project.ts";
import { roadScripts } from "./roads.ts";
import { socialScripts } from "./social.ts";
import { welcomeScripts } from "./welcome.ts";

/** By space key. */
export const spaceScripts: Record<string, SpaceScript> = {
  accueil: welcomeScripts,
  it: itScripts,
  social: socialScripts,
  routes: roadScripts,
  metiers: craftScripts,
  animateurs: animatorScripts,
  cadres: managerScripts,
  chantier: projectScripts,
  fete: eventScripts,
  rh: hrScripts,
  communes: townScripts,
  com: comScripts,
};
