import { useEffect, useRef, useState } from "react";
import type { Poll, Quote } from "#contract/entities/message.ts";
import { byteLength } from "#renderer/kit/text-words.ts";
import { useBeside, useComposerStore, type Beside, type TrayFile } from "./composer-store.ts";
import type { Later, Said } from "./message-commands.ts";
import { useAttach, type Attach } from "./use-attach.ts";
import { useCommands, useReportProblem } from "./use-commands.ts";
import { useDraft, useMessageLimit, type Draft } from "./use-draft.ts";
import { useSayScheduled } from "./use-say-scheduled.ts";
import { useTypingSignal } from "./use-typing-signal.ts";
import { placeKey, type Mutated, type Place } from "./write.ts";

export interface Sending {
  place: Place;
  /** Sends in another way than as a message of the place: a post, a comment on a comment. */
  onSend?: (body: string, said: Said) => Promise<Mutated>;
  onDidSend?: () => void;
}

export interface ComposerState {
  draft: Draft;
  beside: Beside;
  attach: Attach;
  /** Bytes over the server's limit. */
  excess: number;
  limit: number;
  canSend: boolean;
  /** Files are being measured and copied; a text that was sent meanwhile goes with them. */
  isPreparing: boolean;
  setText: (text: string) => void;
  setQuote: (quote: Quote | null) => void;
  stopTyping: () => void;
  send: () => void;
  sendLater: (later: Later) => void;
  /** No longer for later. */
  sendAtOnce: () => void;
  sendPoll: (poll: Poll) => void;
  sendVoice: (file: File, durationMs: number) => void;
}

/** What a field to write in does: its text, what stands beside it, and sending both. */
export function useComposer({ place, onSend, onDidSend }: Sending): ComposerState {
  const key = placeKey(place);
  const commands = useCommands();
  const report = useReportProblem();
  const draft = useDraft(place);
  const beside = useBeside(key);
  const attach = useAttach(place.scope, key);
  const typing = useTypingSignal(place);
  const sayScheduled = useSayScheduled();
  const isSending = useRef(false);
  /** Its sending was asked for while the text before it was still being kept. */
  const next = useRef<string | null>(null);
  const [isWanted, setWanted] = useState(false);
  const limit = useMessageLimit();
  const excess = Math.max(0, byteLength(draft.encode()) - limit);
  const isPreparing = beside.files.some(({ state }) => state === "preparing");
  const isRefused = beside.files.some(({ state }) => state === "refused");
  const hasSomething = draft.text.trim() !== "" || beside.files.length > 0;
  const canSend = hasSomething && excess === 0 && !isRefused;

  /** Empties the field at once; what could not be kept comes back into it. */
  const handOver = async (say: (body: string, said: Said) => Promise<Mutated>): Promise<boolean> => {
    if (isSending.current) return false;
    isSending.current = true;
    const { text } = draft;
    const saying = say(draft.encode().trim(), saidBeside(beside));
    draft.clear();
    typing.stop();
    useComposerStore.getState().clear(key);
    const result = await saying;
    isSending.current = false;
    if (result.ok) {
      latest.current.sendNext();
      return true;
    }
    next.current = null;
    draft.restore(text);
    useComposerStore.getState().change(key, () => beside);
    report(result.error);
    return false;
  };
  const sendNow = onSend ?? ((body: string, said: Said) => commands.sendMessage(place, body, said));
  const send = () => {
    if (!canSend) return;
    if (isPreparing) return setWanted(true);
    if (isSending.current) {
      next.current = draft.text;
      return;
    }
    setWanted(false);
    const { later } = beside;
    if (later !== null && isToCome(later.sendAt)) return sendLater(later);
    void handOver(sendNow).then((isSent) => (isSent ? onDidSend?.() : undefined));
  };
  const sendLater = (later: Later) => {
    void handOver((body, said) => commands.scheduleMessage(place, body, later, said)).then((isKept) =>
      isKept ? sayScheduled(later) : undefined,
    );
  };
  /** Only as it was asked for: whoever has gone on writing sends it when it is done. */
  const sendNext = () => {
    const wanted = next.current;
    next.current = null;
    if (wanted !== null && wanted === draft.text) send();
  };
  const latest = useRef({ send, sendNext });
  useEffect(() => {
    latest.current = { send, sendNext };
  });
  useEffect(() => {
    if (isWanted && !isPreparing) latest.current.send();
  }, [isWanted, isPreparing]);

  return {
    draft,
    beside,
    attach,
    excess,
    limit,
    canSend,
    isPreparing,
    setText: (text) => {
      draft.setText(text);
      typing.type(text);
    },
    setQuote: (quote) => useComposerStore.getState().setQuote(place, quote),
    stopTyping: typing.stop,
    send,
    sendLater,
    sendAtOnce: () => useComposerStore.getState().change(key, () => ({ later: null })),
    sendPoll: (poll) => {
      void handOver((body, said) => sendNow(body, { ...said, poll })).then((isSent) =>
        isSent ? onDidSend?.() : undefined,
      );
    },
    sendVoice: (file, durationMs) => {
      attach.add([file], { durationMs, isVoice: true });
      setWanted(true);
    },
  };
}

function saidBeside({ files, quote, poll }: Beside): Said {
  const attachments = files.flatMap(({ attachment }: TrayFile) => (attachment === null ? [] : [attachment]));
  return {
    ...(attachments.length === 0 ? {} : { attachments }),
    ...(quote === null ? {} : { quote }),
    ...(poll === null ? {} : { poll }),
  };
}

function isToCome(at: string): boolean {
  return Date.parse(at) > Date.now();
}
