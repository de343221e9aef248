import { useState } from "react";
import type { MessageView } from "#contract/views/message-view.ts";
import { decodeMentions, encodeMentions, namesOf, type Named } from "#renderer/kit/mentions.ts";
import { useMentionWords } from "#renderer/parts/use-mention-words.ts";

export interface NamedText {
  /** As it is written by hand, names in words. */
  text: string;
  setText: (text: string) => void;
  addName: (named: Named) => void;
  /** As it travels. */
  encode: () => string;
}

/** A text in which people, groups and channels can be named, begun from a message or from nothing. */
export function useNamedText(view?: Pick<MessageView, "message" | "mentioned" | "names">): NamedText {
  const words = useMentionWords();
  const [named, setNamed] = useState<readonly Named[]>(() => (view === undefined ? [] : namesOf(view)));
  const [text, setText] = useState(() => decodeMentions(view?.message.body ?? "", named, words));
  return {
    text,
    setText,
    addName: (added) => setNamed((before) => [...before.filter(({ token }) => token !== added.token), added]),
    encode: () => encodeMentions(text, named, words).trim(),
  };
}
