import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { personIdSchema } from "#contract/ids.ts";
import { decodeMentions, encodeMentions, mentionedIds, type NamedPerson } from "#renderer/kit/completion.ts";
import { useLiveQuery, useWorker } from "#renderer/kit/worker-context.tsx";
import type { WorkerClient } from "#renderer/kit/worker-client.ts";
import type { Place } from "./commands.ts";
import { useCommands } from "./use-commands.ts";

interface Held {
  text: string;
  people: NamedPerson[];
}

/** Texts begun in this window, at once and whatever happens to the disk. The worker keeps them beyond it. */
const held = new Map<string, Held>();
const SAVE_AFTER_MS = 500;

export interface Draft {
  text: string;
  setText: (text: string) => void;
  addName: (person: NamedPerson) => void;
  /** The text as it travels. */
  encode: () => string;
  /** Empties the draft after it was handed over. */
  clear: () => void;
  /** Puts a text back that could not be handed over. */
  restore: (text: string) => void;
}

function keyOf(place: Place): string {
  return place.threadId ?? place.conversationId;
}

export function useDraft(place: Place): Draft {
  const { t } = useTranslation();
  const client = useWorker();
  const commands = useCommands();
  const key = keyOf(place);
  const everyone = t("composer.everyone");
  const [text, setShown] = useState(() => held.get(key)?.text ?? "");
  const people = useRef<NamedPerson[]>(held.get(key)?.people ?? []);
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
    void namesIn(client, storedBody).then((named) => {
      if (isStale || isTouched.current) return;
      people.current = named;
      saved.current = storedBody;
      setShown(decodeMentions(storedBody, named, everyone));
    });
    return () => {
      isStale = true;
    };
  }, [client, storedBody, everyone]);

  const encode = useCallback(
    (value: string) => encodeMentions(value, people.current, [everyone]),
    [everyone],
  );
  const latest = useRef(text);
  useEffect(() => {
    latest.current = text;
  }, [text]);
  const flush = useCallback(() => {
    clearTimeout(timer.current);
    if (!isTouched.current) return;
    const body = encode(latest.current);
    if (body === saved.current) return;
    saved.current = body;
    void commands.saveDraft(place, body);
  }, [commands, encode, place]);

  useEffect(() => {
    window.addEventListener("pagehide", flush);
    return () => {
      window.removeEventListener("pagehide", flush);
      flush();
    };
  }, [flush]);

  const setText = (value: string) => {
    isTouched.current = true;
    held.set(key, { text: value, people: people.current });
    latest.current = value;
    setShown(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(flush, SAVE_AFTER_MS);
  };
  return {
    text,
    setText,
    addName: (person) => {
      people.current = [...people.current.filter(({ personId }) => personId !== person.personId), person];
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

async function namesIn(client: WorkerClient, body: string): Promise<NamedPerson[]> {
  const found = await Promise.all(
    mentionedIds(body).map(async (id) => {
      const personId = personIdSchema.safeParse(id);
      if (!personId.success) return [];
      const { info } = await client.once("person", { personId: personId.data });
      const name = info?.view?.person.displayName;
      return name === undefined ? [] : [{ personId: id, name }];
    }),
  );
  return found.flat();
}
