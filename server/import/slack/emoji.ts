import { readFileSync } from "node:fs";
import { z } from "zod";

const fileSchema = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

const tones: Record<string, string> = {
  "skin-tone-2": "\u{1F3FB}",
  "skin-tone-3": "\u{1F3FC}",
  "skin-tone-4": "\u{1F3FD}",
  "skin-tone-5": "\u{1F3FE}",
  "skin-tone-6": "\u{1F3FF}",
};

let known: Map<string, string> | undefined;

/** The emoji that Slack calls by this name (`thumbsup`, `wave::skin-tone-3`); undefined for a workspace's own. */
export function emojiNamed(name: string): string | undefined {
  known ??= readNames();
  const [base = "", tone = ""] = name.split("::");
  const emoji = known.get(base);
  return emoji === undefined ? undefined : emoji + (tones[tone] ?? "");
}

function readNames(): Map<string, string> {
  const url = new URL(import.meta.resolve("emojibase-data/en/shortcodes/iamcal.json"));
  const file = fileSchema.parse(JSON.parse(readFileSync(url, "utf8")));
  const names = new Map<string, string>();
  for (const [hexcode, value] of Object.entries(file)) {
    const emoji = String.fromCodePoint(...hexcode.split("-").map((part) => Number.parseInt(part, 16)));
    // pictures that are text by default need the emoji variation
    const shown =
      /^\p{Emoji_Presentation}/u.test(emoji) || emoji.includes("\uFE0F") ? emoji : `${emoji}\uFE0F`;
    for (const name of typeof value === "string" ? [value] : value) names.set(name, shown);
  }
  return names;
}
