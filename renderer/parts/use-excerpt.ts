import { useCallback } from "react";
import { useMentionWords } from "./use-mention-words.ts";

/** An excerpt as it is shown: those who are called all together are called so in the language of the interface. */
export function useExcerpt(): (excerpt: string) => string {
  const { everyone, here } = useMentionWords();
  return useCallback(
    (excerpt) =>
      excerpt.replaceAll(/@(everyone|here)(?![\p{L}\p{N}])/gu, (_all, circle) =>
        circle === "here" ? `@${here}` : `@${everyone}`,
      ),
    [everyone, here],
  );
}
