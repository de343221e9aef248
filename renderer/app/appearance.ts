import { z } from "zod";
import { settingsSchema, type Settings } from "#contract/settings.ts";

/** The look of last time, so that the first paint is right before the host has answered. Nothing secret. */
const LOOK = "parvis.look";
const lookSchema = settingsSchema.pick({ language: true, theme: true, density: true });

function remembered(): z.infer<typeof lookSchema> {
  const text = localStorage.getItem(LOOK);
  if (text === null) return lookSchema.parse({});
  const look = z.string().transform(parseJson).pipe(lookSchema).safeParse(text);
  return look.success ? look.data : lookSchema.parse({});
}

function parseJson(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue("Not JSON");
    return z.NEVER;
  }
}

export function rememberedLanguage(): Settings["language"] {
  return remembered().language;
}

/** Theme and density are attributes of the page; ui/tokens.css says what they mean. */
export function applyAppearance(settings: Settings, options: { isRemembered?: boolean } = {}): void {
  const look = options.isRemembered === true ? remembered() : lookSchema.parse(settings);
  const { dataset } = document.documentElement;
  const isMoreContrast = look.theme === "system" && matchMedia("(prefers-contrast: more)").matches;
  if (isMoreContrast) dataset["theme"] = "contrast";
  else if (look.theme === "system") delete dataset["theme"];
  else dataset["theme"] = look.theme;
  dataset["density"] = look.density;
  if (options.isRemembered !== true) localStorage.setItem(LOOK, JSON.stringify(look));
}
