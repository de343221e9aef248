import { memo } from "react";
import { italicKeepsWidth } from "#renderer/kit/font-facts.ts";
import { colourMarkdown } from "#renderer/kit/markdown-colours.ts";

/**
 * The text drawn under its field, letter over letter: the field shows the caret and the selection, this shows the
 * Markdown. It also gives the field its height.
 */
export const TextMirror = memo(function TextMirror({
  text,
  placeholder,
}: {
  text: string;
  placeholder: string;
}) {
  if (text === "") {
    // The room that the placeholder takes, which the field itself draws.
    return (
      <div className="text-editor__mirror text-editor__mirror--empty" aria-hidden>
        {placeholder}
      </div>
    );
  }
  return (
    <div className="text-editor__mirror" dir="auto" data-slants={italicKeepsWidth() || undefined} aria-hidden>
      {colourMarkdown(text).map(({ text: part, look }, index) =>
        look === "" ? (
          part
        ) : (
          // oxlint-disable-next-line react/no-array-index-key -- stretches have no identity but their place
          <span key={index} data-look={look}>
            {part}
          </span>
        ),
      )}
      {/* A last empty line has its height too. */}
      {"\u200b"}
    </div>
  );
});
