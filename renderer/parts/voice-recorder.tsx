import { SendHorizontal, Square, Trash2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useDateWords, useTranslation } from "#renderer/kit/i18n.ts";
import { clockWords } from "#renderer/kit/file-kinds.ts";
import { startRecording, type Recording, type Refusal } from "#renderer/kit/sound-recorder.ts";
import { IconButton } from "#renderer/ui/button.tsx";
import { Note } from "#renderer/ui/note.tsx";
import "./upload-tray.css";

interface VoiceRecorderProps {
  onClose: () => void;
  onSend: (file: File, durationMs: number) => void;
}

type State =
  | { step: "starting" }
  | { step: "refused"; why: Refusal }
  | { step: "recording"; recording: Recording }
  | { step: "done"; sound: Blob; durationMs: number; url: string };

/** A message spoken instead of written: recorded, listened to, sent or thrown away. */
export function VoiceRecorder({ onClose, onSend }: VoiceRecorderProps) {
  const { t } = useTranslation();
  const words = useDateWords();
  const [state, setState] = useRecorder();
  const stop = (recording: Recording) => {
    void recording.stop().then(({ sound, durationMs }) => {
      setState({ step: "done", sound, durationMs, url: URL.createObjectURL(sound) });
    });
  };
  const send = (sound: Blob, durationMs: number) => {
    const ending = sound.type.split("/")[1] ?? "webm";
    const name = t("voice.name", { when: words.full(new Date().toISOString()).replaceAll(":", ".") });
    onSend(new File([sound], `${name}.${ending}`, { type: sound.type }), durationMs);
    onClose();
  };
  return (
    <div className="recorder" role="group" aria-label={t("voice.record")}>
      {state.step === "starting" ? <p role="status">{t("voice.starting")}</p> : null}
      {state.step === "refused" ? <Note tone="wait">{t(`voice.${state.why}`)}</Note> : null}
      {state.step === "recording" ? (
        <>
          <RecordingLine recording={state.recording} />
          <IconButton icon={Square} label={t("voice.stop")} onPress={() => stop(state.recording)} />
        </>
      ) : null}
      {state.step === "done" ? (
        // oxlint-disable-next-line jsx-a11y/media-has-caption -- it has just been spoken
        <audio className="recorder__sound" controls src={state.url} aria-label={t("voice.listen")} />
      ) : null}
      <IconButton icon={Trash2} label={t("voice.delete")} tone="danger" onPress={onClose} />
      {state.step === "done" ? (
        <IconButton
          icon={SendHorizontal}
          label={t("voice.send")}
          tone="primary"
          onPress={() => send(state.sound, state.durationMs)}
        />
      ) : null}
    </div>
  );
}

function useRecorder(): [State, (state: State) => void] {
  const [state, setState] = useState<State>({ step: "starting" });
  useEffect(() => {
    let isGone = false;
    let current: Recording | undefined;
    void startRecording().then((answer) => {
      if (typeof answer === "string") return isGone ? undefined : setState({ step: "refused", why: answer });
      // Closed while the person was being asked: the microphone is let go at once.
      if (isGone) return answer.cancel();
      current = answer;
      return setState({ step: "recording", recording: answer });
    });
    return () => {
      isGone = true;
      current?.cancel();
    };
  }, []);
  const url = state.step === "done" ? state.url : null;
  useEffect(() => () => (url === null ? undefined : URL.revokeObjectURL(url)), [url]);
  return [state, setState];
}

const LOOK_EVERY_MS = 100;

function RecordingLine({ recording }: { recording: Recording }) {
  const { t } = useTranslation();
  const level = useRef<HTMLProgressElement>(null);
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => {
      // Straight to the element: ten times a second is no matter for React.
      if (level.current !== null) level.current.value = recording.level();
      setSeconds(Math.floor(recording.elapsedMs() / 1000));
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [recording]);
  return (
    <>
      <span className="recorder__dot" aria-hidden />
      <span className="visually-hidden" role="status">
        {t("voice.recording")}
      </span>
      <span className="recorder__time">{clockWords(seconds * 1000)}</span>
      <progress
        ref={level}
        className="progress recorder__level"
        max={1}
        value={0}
        aria-label={t("voice.level")}
      />
    </>
  );
}
