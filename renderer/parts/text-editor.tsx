import { useId, useRef, useState, type ClipboardEvent, type KeyboardEvent, type RefObject } from "react";
import type { ConversationId } from "#contract/ids.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { applyCompletion } from "#renderer/kit/completion.ts";
import { editField, selectedIn } from "#renderer/kit/field-edits.ts";
import type { Named } from "#renderer/kit/mentions.ts";
import { useSettings } from "#renderer/kit/settings-context.tsx";
import { applyMark, continueLine, indentItems, isInFence } from "#renderer/kit/text-edits.ts";
import { CompletionList, optionId } from "./completion-list.tsx";
import { markOfKey } from "./mark-keys.ts";
import { pasteInto } from "./paste.ts";
import { TextMirror } from "./text-mirror.tsx";
import { toNamed, useCompletion, type CompletionItem } from "./use-completion.ts";
import "./text-editor.css";

export interface TextEditorProps {
  value: string;
  label: string;
  placeholder?: string;
  onChange: (value: string) => void;
  onSubmit: () => void;
  onCancel?: () => void;
  /** ↑ in an empty text. */
  onUpWhenEmpty?: () => void;
  /** Something was named by completion; the text says it by its label. */
  onName: (named: Named) => void;
  /** Files were pasted. */
  onFiles?: (files: File[]) => void;
  onBlur?: () => void;
  inputRef: RefObject<HTMLTextAreaElement | null>;
  describedBy?: string;
  /** Where the text goes: whose groups and circles can be named. */
  conversationId?: ConversationId;
  /** A text of several paragraphs: Enter begins a line, only Ctrl+Enter sends. */
  isLong?: boolean;
}

/** A text with completion, Markdown shown as it is typed, lists that go on, and the person's own way of sending. */
export function TextEditor(props: TextEditorProps) {
  const { value, label, placeholder = "", onChange, onName, inputRef, describedBy, isLong = false } = props;
  const listId = useId();
  const { t } = useTranslation();
  const settings = useSettings();
  const sendKey = isLong ? "ctrlEnter" : settings.sendKey;
  const [caret, setCaret] = useState(value.length);
  const [dismissed, setDismissed] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const isShiftHeld = useRef(false);
  const { query, items } = useCompletion({
    text: value,
    caret,
    isOff: dismissed === value,
    conversationId: props.conversationId,
  });
  const isOpen = query !== null && items.length > 0;
  const activeIndex = Math.min(active, items.length - 1);

  const pick = (item: CompletionItem) => {
    const field = inputRef.current;
    if (query === null || field === null) return;
    const named = toNamed(item);
    if (named !== null) onName(named);
    const circle = item.kind === "circle" ? `@${t(`composer.${item.circle}`)}` : "";
    const next = applyCompletion(value, query, item.kind === "emoji" ? item.emoji : (named?.label ?? circle));
    editField(field, { text: next.text, start: next.caret, end: next.caret });
    setActive(0);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    isShiftHeld.current = event.shiftKey;
    if (event.nativeEvent.isComposing) return;
    if ((isOpen && onCompletionKey(event)) || onEditKey(event) || onLeaveKey(event)) event.preventDefault();
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

  /** Marks, lists and new lines: whether the key was for one of them. */
  function onEditKey(event: KeyboardEvent<HTMLTextAreaElement>): boolean {
    const field = event.currentTarget;
    const selected = selectedIn(field);
    const mark = markOfKey(event);
    if (mark !== null) {
      editField(field, applyMark(selected, mark));
      return true;
    }
    const isPlainTab = event.key === "Tab" && !event.ctrlKey && !event.metaKey && !event.altKey;
    const edited = isPlainTab
      ? indentItems(selected, event.shiftKey)
      : event.key === "Enter" && !isSending(event, selected.text, selected.start)
        ? continueLine(selected)
        : null;
    if (edited === null) return false;
    editField(field, edited);
    return true;
  }

  function isSending(event: KeyboardEvent, text: string, at: number): boolean {
    if (event.shiftKey) return false;
    if (event.ctrlKey || event.metaKey) return true;
    return sendKey === "enter" && !isInFence(text, at);
  }

  function onLeaveKey(event: KeyboardEvent<HTMLTextAreaElement>): boolean {
    const { value: text, selectionStart } = event.currentTarget;
    if (event.key === "Escape" && props.onCancel !== undefined) {
      props.onCancel();
      return true;
    }
    if (event.key === "ArrowUp" && text === "" && props.onUpWhenEmpty !== undefined) {
      props.onUpWhenEmpty();
      return true;
    }
    if (event.key !== "Enter" || !isSending(event, text, selectionStart)) return false;
    props.onSubmit();
    return true;
  }

  const onPaste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const files = pasteInto(event, isShiftHeld.current);
    if (files.length > 0) props.onFiles?.(files);
  };

  return (
    <div className="text-editor">
      {isOpen ? <CompletionList id={listId} items={items} active={activeIndex} onPick={pick} /> : null}
      <div className="text-editor__scroll">
        <TextMirror text={value} placeholder={placeholder} />
        <textarea
          ref={inputRef}
          className="text-editor__input"
          form="unkept"
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
          onKeyUp={(event) => {
            isShiftHeld.current = event.shiftKey;
          }}
          onPaste={onPaste}
          onBlur={props.onBlur}
          onChange={(event) => {
            setCaret(event.target.selectionStart);
            setActive(0);
            onChange(event.target.value);
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        />
      </div>
    </div>
  );
}
