import {
  Bold,
  Code,
  Italic,
  List,
  SendHorizontal,
  Smile,
  Strikethrough,
  TextQuote,
  Type,
} from "lucide-react";
import { useId, useRef, useState, type RefObject } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { byteLength } from "#renderer/kit/text-words.ts";
import { formatNumber } from "#renderer/kit/number-words.ts";
import { useSession } from "#renderer/kit/worker-context.tsx";
import { IconButton } from "#renderer/ui/button.tsx";
import type { Place } from "./commands.ts";
import { EmojiButton } from "./emoji-button.tsx";
import { applyMark, TextEditor, type MarkName } from "./text-editor.tsx";
import { useCommands, useReportProblem } from "./use-commands.ts";
import { useDraft } from "./use-draft.ts";
import "./composer.css";

interface ComposerProps {
  place: Place;
  /** Whom or where one writes to: « Écrire à Anne », « Écrire dans #travaux ». */
  label: string;
  inputRef: RefObject<HTMLTextAreaElement | null>;
  onDidSend?: () => void;
  onEditLast?: () => void;
}

const LIMIT_BYTES = 40_000;

export function Composer({ place, label, inputRef, onDidSend, onEditLast }: ComposerProps) {
  const { t } = useTranslation();
  const hintId = useId();
  const commands = useCommands();
  const report = useReportProblem();
  const draft = useDraft(place);
  const [hasMarks, setMarks] = useState(false);
  const [isPicking, setPicking] = useState(false);
  const sending = useRef(false);
  const limit = useSession((session) => session.capabilities?.limits.messageBytes ?? LIMIT_BYTES);
  const excess = Math.max(0, byteLength(draft.encode()) - limit);
  const canSend = draft.text.trim() !== "" && excess === 0;

  const send = () => {
    if (!canSend || sending.current) return;
    const { text } = draft;
    sending.current = true;
    const sent = commands.sendMessage(place, draft.encode().trim());
    draft.clear();
    void sent.then((result) => {
      sending.current = false;
      if (result.ok) return onDidSend?.();
      draft.restore(text);
      return report(result.error);
    });
  };
  const insertEmoji = (emoji: string) => {
    const input = inputRef.current;
    const at = input?.selectionStart ?? draft.text.length;
    draft.setText(draft.text.slice(0, at) + emoji + draft.text.slice(input?.selectionEnd ?? at));
    requestAnimationFrame(() => {
      input?.focus();
      input?.setSelectionRange(at + emoji.length, at + emoji.length);
    });
  };
  const mark = (name: MarkName) => {
    if (inputRef.current !== null) draft.setText(applyMark(inputRef.current, name));
  };
  return (
    <form
      className="composer"
      data-over={excess > 0 || undefined}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {hasMarks ? <MarkBar onMark={mark} /> : null}
      <div className="composer__row">
        <TextEditor
          value={draft.text}
          label={label}
          placeholder={label}
          inputRef={inputRef}
          onChange={draft.setText}
          onSubmit={send}
          onName={draft.addName}
          describedBy={hintId}
          {...(onEditLast === undefined ? {} : { onUpWhenEmpty: onEditLast })}
        />
        <div className="composer__tools">
          <IconButton
            icon={Type}
            label={t("composer.marks")}
            isPressed={hasMarks}
            onPress={() => setMarks(!hasMarks)}
          />
          <EmojiButton
            icon={Smile}
            label={t("emoji.choose")}
            isOpen={isPicking}
            onOpenChange={setPicking}
            onPick={insertEmoji}
          />
          <IconButton
            icon={SendHorizontal}
            label={t("composer.send")}
            tone={canSend ? "primary" : "plain"}
            isDisabled={!canSend}
            onPress={send}
          />
        </div>
      </div>
      <p id={hintId} className={excess > 0 ? "composer__over" : "visually-hidden"}>
        {excess > 0 ? <OverLimit excess={excess} limit={limit} /> : t("composer.hint")}
      </p>
    </form>
  );
}

function OverLimit({ excess, limit }: { excess: number; limit: number }) {
  const { t, i18n } = useTranslation();
  const words = { excess: formatNumber(excess, i18n.language), limit: formatNumber(limit, i18n.language) };
  return <>{t("composer.tooLong", { ...words, count: excess })}</>;
}

const MARK_BUTTONS = [
  { name: "bold", icon: Bold, shortcut: "Ctrl+B" },
  { name: "italic", icon: Italic, shortcut: "Ctrl+I" },
  { name: "strike", icon: Strikethrough, shortcut: "Ctrl+Maj+X" },
  { name: "code", icon: Code, shortcut: "Ctrl+E" },
  { name: "quote", icon: TextQuote },
  { name: "list", icon: List },
] as const;

function MarkBar({ onMark }: { onMark: (name: MarkName) => void }) {
  const { t } = useTranslation();
  return (
    <div className="composer__marks" role="toolbar" aria-label={t("composer.marks")}>
      {MARK_BUTTONS.map((button) => (
        <IconButton
          key={button.name}
          icon={button.icon}
          label={t(`composer.mark.${button.name}`)}
          onPress={() => onMark(button.name)}
          {...("shortcut" in button ? { shortcut: button.shortcut } : {})}
        />
      ))}
    </div>
  );
}
