import { ChartBar, Mic, Paperclip, Smile } from "lucide-react";
import { useRef, useState, type ReactNode } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { IconButton } from "#renderer/ui/button.tsx";
import { EmojiButton } from "./emoji-button.tsx";

export type Extra = "files" | "voice" | "poll" | "schedule";

interface ComposerToolsProps {
  without: readonly Extra[];
  isRecording: boolean;
  onFiles: (files: File[]) => void;
  onVoice: () => void;
  onPoll: () => void;
  onEmoji: (emoji: string) => void;
  children: ReactNode;
}

/** What can be put beside or into the text. */
export function ComposerTools(props: ComposerToolsProps) {
  const { without, isRecording, onFiles, onVoice, onPoll, onEmoji, children } = props;
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [isPicking, setPicking] = useState(false);
  const has = (extra: Extra) => !without.includes(extra);
  return (
    <div className="composer__tools">
      {has("files") ? (
        <>
          <IconButton icon={Paperclip} label={t("attachment.add")} onPress={() => input.current?.click()} />
          <input
            ref={input}
            type="file"
            multiple
            hidden
            aria-label={t("attachment.add")}
            onChange={(event) => {
              onFiles([...(event.target.files ?? [])]);
              // The same file can be chosen again.
              event.target.value = "";
            }}
          />
        </>
      ) : null}
      {has("voice") ? (
        <IconButton icon={Mic} label={t("voice.record")} isPressed={isRecording} onPress={onVoice} />
      ) : null}
      {has("poll") ? <IconButton icon={ChartBar} label={t("poll.create")} onPress={onPoll} /> : null}
      {children}
      <EmojiButton
        icon={Smile}
        label={t("emoji.choose")}
        isOpen={isPicking}
        onOpenChange={setPicking}
        onPick={onEmoji}
      />
    </div>
  );
}
