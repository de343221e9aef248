import { useMemo } from "react";
import { parse } from "sugar-high/core";
import { languages } from "sugar-high/lang";
import { useTranslation } from "#renderer/kit/i18n.ts";

/** Beyond that colours take longer than they help. */
const MOST_LETTERS = 150_000;
const MOST_LINES = 5000;

interface Token {
  type: string;
  value: string;
}

interface CodeViewProps {
  text: string;
  language: string | null;
}

/** A program as it is written, with the numbers of its lines. Colours are classes; nothing of it is markup. */
export function CodeView({ text, language }: CodeViewProps) {
  const { t } = useTranslation();
  const lines = useMemo(() => colour(text, language), [text, language]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a box that scrolls must be reachable by keyboard
    <pre className="preview__text preview__code" tabIndex={0} aria-label={t("preview.content")} dir="ltr">
      {lines.map((tokens, line) => (
        // oxlint-disable-next-line react/no-array-index-key -- a text that is only shown
        <code key={line} className="code-line">
          {tokens.map((token, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- the same
            <span key={at} className={`token token--${token.type}`}>
              {token.value}
            </span>
          ))}
          {"\n"}
        </code>
      ))}
    </pre>
  );
}

function colour(text: string, language: string | null): readonly (readonly Token[])[] {
  const plain = () => text.split(/\r?\n/, MOST_LINES).map((value) => [{ type: "plain", value }]);
  if (language === null || text.length > MOST_LETTERS) return plain();
  try {
    return parse(text, languages.find(({ id }) => id === language)?.config)
      .lines.slice(0, MOST_LINES)
      .map(({ tokens }) => tokens.filter(({ value }) => value !== "\n"));
  } catch {
    // A text that the colours cannot follow is shown without them.
    return plain();
  }
}
