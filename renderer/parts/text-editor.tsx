import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { applyCompletion, prefixLines, toggleMark, type NamedPerson } from "#renderer/kit/completion.ts";
import { useSettings } from "#renderer/kit/settings-context.tsx";
import { CompletionList, optionId } from "./completion-list.tsx";
import { useCompletion, type CompletionItem } from "./use-completion.ts";
import "./composer.css";

export interface TextEditorProps {
  value: string;
  label: string;
  placeholder?: string;
  onChange: (value: string) => void;
  onSubmit: () => void;
  onCancel?: () => void;
  /** ↑ in an empty text. */
  onUpWhenEmpty?: () => void;
  onName: (person: NamedPerson) => void;
  inputRef: RefObject<HTMLTextAreaElement | null>;
  describedBy?: string;
}

const MARKS: Record<string, string> = { b: "**", i: "*", e: "`" };

/** A text with completion of people and emoji, Markdown shortcuts, and the person's own way of sending. */
export function TextEditor(props: TextEditorProps) {
  const { value, label, placeholder, onChange, onName, inputRef, describedBy } = props;
  const { t } = useTranslation();
  const listId = useId();
  const { sendKey } = useSettings();
  const [caret, setCaret] = useState(value.length);
  const [dismissed, setDismissed] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const nextCaret = useRef<[number, number] | null>(null);
  const { query, items } = useCompletion(value, caret, dismissed === value);
  const isOpen = query !== null && items.length > 0;
  const activeIndex = Math.min(active, items.length - 1);

  useLayoutEffect(() => {
    const input = inputRef.current;
    // Only once the text that the place belongs to is in the field.
    if (nextCaret.current === null || input?.value !== value) return;
    input.setSelectionRange(...nextCaret.current);
    nextCaret.current = null;
  }, [value, inputRef]);

  const put = (text: string, start: number, end = start) => {
    nextCaret.current = [start, end];
    setCaret(end);
    onChange(text);
  };
  const pick = (item: CompletionItem) => {
    if (query === null) return;
    if (item.kind === "person") onName({ personId: item.person.id, name: item.person.displayName });
    const insert =
      item.kind === "emoji"
        ? item.emoji
        : `@${item.kind === "person" ? item.person.displayName : t("composer.everyone")}`;
    const next = applyCompletion(value, query, insert);
    put(next.text, next.caret);
    setActive(0);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (isOpen && onCompletionKey(event)) return event.preventDefault();
    if (onMark(event)) return event.preventDefault();
    if (event.key === "Escape" && props.onCancel !== undefined) {
      event.preventDefault();
      return props.onCancel();
    }
    if (event.key === "ArrowUp" && value === "" && props.onUpWhenEmpty !== undefined) {
      event.preventDefault();
      return props.onUpWhenEmpty();
    }
    if (event.key !== "Enter" || event.shiftKey) return undefined;
    const isSend = sendKey === "enter" ? true : event.ctrlKey || event.metaKey;
    if (!isSend) return undefined;
    event.preventDefault();
    return props.onSubmit();
  };

  function onCompletionKey(event: KeyboardEvent): boolean {
    const item = items[activeIndex];
    switch (event.key) {
      case "ArrowDown":
        setActive((activeIndex + 1) % items.length);
        return true;
      case "ArrowUp":
        setActive((activeIndex - 1 + items.length) % items.length);
        return true;
      case "Enter":
      case "Tab":
        if (item !== undefined && !event.shiftKey) pick(item);
        return item !== undefined && !event.shiftKey;
      case "Escape":
        setDismissed(value);
        return true;
      default:
        return false;
    }
  }

  function onMark(event: KeyboardEvent<HTMLTextAreaElement>): boolean {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return false;
    const mark = event.shiftKey ? (event.key.toLowerCase() === "x" ? "~~" : undefined) : MARKS[event.key];
    if (mark === undefined) return false;
    const { selectionStart, selectionEnd } = event.currentTarget;
    const next = toggleMark(value, selectionStart, selectionEnd, mark);
    put(next.text, next.caret, next.end);
    return true;
  }

  return (
    <div className="text-editor">
      {isOpen ? <CompletionList id={listId} items={items} active={activeIndex} onPick={pick} /> : null}
      <textarea
        ref={inputRef}
        className="text-editor__input"
        rows={1}
        dir="auto"
        value={value}
        aria-label={label}
        placeholder={placeholder}
        aria-autocomplete="list"
        aria-describedby={describedBy}
        aria-controls={isOpen ? listId : undefined}
        aria-activedescendant={isOpen ? optionId(listId, activeIndex) : undefined}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setCaret(event.target.selectionStart);
          setActive(0);
          onChange(event.target.value);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
      />
    </div>
  );
}

export type MarkName = "bold" | "italic" | "strike" | "code" | "quote" | "list";

const BUTTON_MARKS: Record<MarkName, { mark?: string; prefix?: string }> = {
  bold: { mark: "**" },
  italic: { mark: "*" },
  strike: { mark: "~~" },
  code: { mark: "`" },
  quote: { prefix: "> " },
  list: { prefix: "- " },
};

/** Does what a toolbar button says to the selection of a text field; returns the new text. */
export function applyMark(input: HTMLTextAreaElement, name: MarkName): string {
  const { value, selectionStart, selectionEnd } = input;
  const { mark, prefix } = BUTTON_MARKS[name];
  const next =
    mark === undefined
      ? prefixLines(value, selectionStart, selectionEnd, prefix ?? "")
      : toggleMark(value, selectionStart, selectionEnd, mark);
  requestAnimationFrame(() => {
    input.focus();
    input.setSelectionRange(next.caret, next.end);
  });
  return next.text;
}
