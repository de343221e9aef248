import { useCallback, useEffect, useRef, useState } from "react";
import { decodeMentions, encodeMentions, type Named } from "#renderer/kit/mentions.ts";
import { byteLength } from "#renderer/kit/text-words.ts";
import { useLiveQuery, useSession, useWorker } from "#renderer/kit/worker-context.tsx";
import { findNames } from "./find-names.ts";
import { useCommands } from "./use-commands.ts";
import { useMentionWords } from "./use-mention-words.ts";
import { placeKey, type Place } from "./write.ts";

interface Held {
  text: string;
  named: Named[];
}

/** Texts begun in this window, at once and whatever happens to the disk. The worker keeps them beyond it. */
const held = new Map<string, Held>();
const LIMIT_BYTES = 40_000;
const SAVE_AFTER_MS = 500;

/** Nothing of them stays in the window, but what is too long to be kept anywhere else. */
export function forgetDrafts(): void {
  for (const [key, { text }] of held) if (byteLength(text) <= LIMIT_BYTES) held.delete(key);
}

export interface Draft {
  text: string;
  setText: (text: string) => void;
  addName: (named: Named) => void;
  /** The text as it travels. */
  encode: () => string;
  /** Empties the draft after it was handed over. */
  clear: () => void;
  /** Puts a text back that could not be handed over. */
  restore: (text: string) => void;
}

/** Bytes of a message that the server takes. */
export function useMessageLimit(): number {
  return useSession((session) => session.capabilities?.limits.messageBytes ?? LIMIT_BYTES);
}

export function useDraft(place: Place): Draft {
  const client = useWorker();
  const commands = useCommands();
  const key = placeKey(place);
  const words = useMentionWords();
  const limit = useMessageLimit();
  const [text, setShown] = useState(() => held.get(key)?.text ?? "");
  const names = useRef<Named[]>(held.get(key)?.named ?? []);
  const isTouched = useRef(held.has(key));
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const saved = useRef<string | null>(null);

  const stored = useLiveQuery("draft", {
    conversationId: place.conversationId,
    ...(place.threadId === undefined ? {} : { threadId: place.threadId }),
  });
  const storedBody = stored.info?.body ?? "";
  useEffect(() => {
    if (isTouched.current) return undefined;
    let isStale = false;
    void findNames(client, place.conversationId, storedBody).then((named) => {
      if (isStale || isTouched.current) return;
      names.current = named;
      saved.current = storedBody;
      setShown(decodeMentions(storedBody, named, words));
    });
    return () => {
      isStale = true;
    };
  }, [client, place.conversationId, storedBody, words]);

  const encode = useCallback((value: string) => encodeMentions(value, names.current, words), [words]);
  const latest = useRef(text);
  useEffect(() => {
    latest.current = text;
  }, [text]);
  const flush = useCallback(() => {
    clearTimeout(timer.current);
    if (!isTouched.current) return;
    const body = encode(latest.current);
    // A text too long to send is too long to keep on the server: it stays in this window until it is shortened.
    if (body === saved.current || byteLength(body) > limit) return;
    saved.current = body;
    void commands.saveDraft(place, body);
  }, [commands, encode, limit, place]);

  useEffect(() => {
    window.addEventListener("pagehide", flush);
    return () => {
      window.removeEventListener("pagehide", flush);
      flush();
    };
  }, [flush]);

  const setText = (value: string) => {
    isTouched.current = true;
    held.set(key, { text: value, named: names.current });
    latest.current = value;
    setShown(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(flush, SAVE_AFTER_MS);
  };
  return {
    text,
    setText,
    addName: (named) => {
      names.current = [...names.current.filter(({ token }) => token !== named.token), named];
    },
    encode: () => encode(text),
    clear: () => {
      setText("");
      if (saved.current === "" || saved.current === null) clearTimeout(timer.current);
      else flush();
      held.delete(key);
    },
    restore: (value) => setText(value),
  };
}
