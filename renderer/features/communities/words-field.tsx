import { X } from "lucide-react";
import { useState, type KeyboardEvent } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { Button, ICON_STROKE } from "#renderer/ui/button.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import "#renderer/parts/people-picker.css";

interface WordsFieldProps {
  label: string;
  hint: string;
  words: readonly string[];
  max: number;
  onChange: (words: string[]) => void;
}

const WORD_MAX = 60;

/** A short list of words: Enter or a comma adds what was typed. */
export function WordsField({ label, hint, words, max, onChange }: WordsFieldProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const add = (text: string) => {
    const fresh = text
      .split(",")
      .map((word) => word.trim().slice(0, WORD_MAX))
      .filter((word) => word !== "" && !words.includes(word));
    setTyped("");
    if (fresh.length > 0) onChange([...words, ...new Set(fresh)].slice(0, max));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || typed.trim() === "") return;
    event.preventDefault();
    add(typed);
  };
  return (
    <div className="field">
      {words.length === 0 ? null : (
        <ul className="plain-list chips" aria-label={label}>
          {words.map((word) => (
            <li key={word}>
              <button
                type="button"
                className="chip"
                aria-label={t("community.removeWord", { word })}
                onClick={() => onChange(words.filter((each) => each !== word))}
              >
                {word}
                <X size={14} strokeWidth={ICON_STROKE} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="page-form__row">
        <TextField
          label={label}
          hint={hint}
          value={typed}
          onChange={(text) => (text.endsWith(",") ? add(text) : setTyped(text))}
          onKeyDown={onKeyDown}
          onBlur={() => add(typed)}
        />
        {typed.trim() === "" ? null : <Button onPress={() => add(typed)}>{t("community.addWord")}</Button>}
      </div>
    </div>
  );
}
