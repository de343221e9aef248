import { Type } from "lucide-react";
import { lazy, Suspense, useEffect, useId, useState, type RefObject } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { editField, insertInField, selectedIn } from "#renderer/kit/field-edits.ts";
import { formatNumber } from "#renderer/kit/number-words.ts";
import { applyMark, type MarkName } from "#renderer/kit/text-edits.ts";
import { IconButton } from "#renderer/ui/button.tsx";
import type { Beside } from "./composer-store.ts";
import { ComposerTools, type Extra } from "./composer-tools.tsx";
import { SendButton } from "./send-button.tsx";
import { TextEditor } from "./text-editor.tsx";
import { useComposer, type Sending } from "./use-composer.ts";
import "./composer.css";

const MarkBar = lazy(() => import("./mark-bar.tsx").then((module) => ({ default: module.MarkBar })));
const UploadTray = lazy(() => import("./upload-tray.tsx").then((module) => ({ default: module.UploadTray })));
const QuoteStrip = lazy(() => import("./quote-view.tsx").then((module) => ({ default: module.QuoteStrip })));
const LaterStrip = lazy(() => import("./later-strip.tsx").then((module) => ({ default: module.LaterStrip })));
const VoiceRecorder = lazy(() =>
  import("./voice-recorder.tsx").then((module) => ({ default: module.VoiceRecorder })),
);
const PollDialog = lazy(() => import("./poll-dialog.tsx").then((module) => ({ default: module.PollDialog })));

export interface ComposerProps extends Sending {
  /** Whom or where one writes to: « Écrire à Anne », « Écrire dans #travaux ». */
  label: string;
  inputRef: RefObject<HTMLTextAreaElement | null>;
  onEditLast?: () => void;
  /** What this field does not offer. */
  without?: readonly Extra[];
}

const NOTHING: readonly Extra[] = [];

/** A field to write in, with everything that can stand beside a text. */
export function Composer({ label, inputRef, onEditLast, without = NOTHING, ...sending }: ComposerProps) {
  const { t } = useTranslation();
  const hintId = useId();
  const composer = useComposer(sending);
  const { place } = sending;
  const { draft, beside, excess, limit, canSend, isPreparing } = composer;
  const [hasMarks, setMarks] = useState(false);
  const [open, setOpen] = useState<"voice" | "poll" | null>(null);
  useFocusOn(beside, inputRef);

  const mark = (name: MarkName) => {
    const field = inputRef.current;
    if (field !== null) editField(field, applyMark(selectedIn(field), name));
  };
  return (
    <form
      autoComplete="off"
      className="composer"
      data-over={excess > 0 || undefined}
      onSubmit={(event) => {
        event.preventDefault();
        composer.send();
      }}
    >
      <Suspense fallback={null}>
        {beside.quote === null ? null : (
          <QuoteStrip quote={beside.quote} onRemove={() => composer.setQuote(null)} />
        )}
        {beside.later === null ? null : <LaterStrip later={beside.later} onRemove={composer.sendAtOnce} />}
        {hasMarks ? <MarkBar onMark={mark} /> : null}
      </Suspense>
      <TextEditor
        value={draft.text}
        label={label}
        placeholder={label}
        inputRef={inputRef}
        conversationId={place.conversationId}
        onChange={composer.setText}
        onSubmit={composer.send}
        onName={draft.addName}
        onFiles={composer.attach.add}
        onBlur={composer.stopTyping}
        describedBy={hintId}
        {...(onEditLast === undefined ? {} : { onUpWhenEmpty: onEditLast })}
      />
      <Suspense fallback={null}>
        {beside.files.length === 0 ? null : (
          <UploadTray attaching={composer.attach.attaching} files={beside.files} />
        )}
        {open === "voice" ? (
          <VoiceRecorder onClose={() => setOpen(null)} onSend={composer.sendVoice} />
        ) : null}
        {open === "poll" ? (
          <PollDialog onClose={() => setOpen(null)} onPut={(poll) => composer.sendPoll(poll)} />
        ) : null}
      </Suspense>
      <div className="composer__row">
        <ComposerTools
          without={without}
          isRecording={open === "voice"}
          onFiles={composer.attach.add}
          onVoice={() => setOpen(open === "voice" ? null : "voice")}
          onPoll={() => setOpen("poll")}
          onEmoji={(emoji) =>
            inputRef.current === null ? undefined : insertInField(inputRef.current, emoji)
          }
        >
          <IconButton
            icon={Type}
            label={t("composer.marks")}
            isPressed={hasMarks}
            onPress={() => setMarks(!hasMarks)}
          />
        </ComposerTools>
        <span className="composer__status" role="status">
          {isPreparing ? t("attachment.preparing") : ""}
        </span>
        <SendButton
          place={place}
          canSend={canSend}
          onSend={composer.send}
          {...(sending.onSend === undefined && !without.includes("schedule")
            ? { onSchedule: composer.sendLater }
            : {})}
        />
      </div>
      <p id={hintId} className={excess > 0 ? "composer__over" : "visually-hidden"}>
        {excess > 0 ? <OverLimit excess={excess} limit={limit} /> : t("composer.hint")}
      </p>
    </form>
  );
}

/** Whoever asks to quote, or to write for later, goes on writing. */
function useFocusOn({ quote, later }: Beside, inputRef: RefObject<HTMLTextAreaElement | null>): void {
  const begun = quote?.messageId ?? later?.sendAt;
  useEffect(() => {
    if (begun !== undefined) inputRef.current?.focus();
  }, [begun, inputRef]);
}

function OverLimit({ excess, limit }: { excess: number; limit: number }) {
  const { t, i18n } = useTranslation();
  const words = { excess: formatNumber(excess, i18n.language), limit: formatNumber(limit, i18n.language) };
  return <>{t("composer.tooLong", { ...words, count: excess })}</>;
}
