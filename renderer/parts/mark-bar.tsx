import {
  Bold,
  Code,
  Italic,
  Link,
  List,
  ListOrdered,
  SquareCode,
  Strikethrough,
  TextQuote,
  type LucideIcon,
} from "lucide-react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { MarkName } from "#renderer/kit/text-edits.ts";
import { IconButton } from "#renderer/ui/button.tsx";
import { keyWords } from "./mark-keys.ts";

const BUTTONS: readonly [name: MarkName, icon: LucideIcon][] = [
  ["bold", Bold],
  ["italic", Italic],
  ["strike", Strikethrough],
  ["link", Link],
  ["code", Code],
  ["codeBlock", SquareCode],
  ["quote", TextQuote],
  ["list", List],
  ["numbered", ListOrdered],
];

/** Marks for those who do not know Markdown: each does to the selection what it says, and undoes it again. */
export function MarkBar({ onMark }: { onMark: (name: MarkName) => void }) {
  const { t } = useTranslation();
  return (
    <div className="composer__marks" role="toolbar" aria-label={t("composer.marks")}>
      {BUTTONS.map(([name, icon]) => (
        <IconButton
          key={name}
          icon={icon}
          label={t(`composer.mark.${name}`)}
          shortcut={keyWords(name, t("composer.shift"))}
          onPress={() => onMark(name)}
        />
      ))}
    </div>
  );
}
