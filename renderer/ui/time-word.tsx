import { useDateWords } from "#renderer/kit/i18n.ts";

interface TimeWordProps {
  iso: string;
  form?: "time" | "short" | "ago" | "day" | "full";
  text?: string;
}

/** A moment in few words, with the whole date on hover. */
export function TimeWord({ iso, form = "short", text }: TimeWordProps) {
  const words = useDateWords();
  return (
    <time dateTime={iso} title={words.full(iso)}>
      {text ?? words[form](iso)}
    </time>
  );
}
