import { useEffect, useRef, useState } from "react";
import type { ScheduledMessage } from "#contract/entities/scheduled-message.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { decodeMentions, encodeMentions, mentionsIn, type Named } from "#renderer/kit/mentions.ts";
import { useWorker } from "#renderer/kit/worker-context.tsx";
import { findNames } from "#renderer/parts/find-names.ts";
import { TextEditor } from "#renderer/parts/text-editor.tsx";
import { useMentionWords } from "#renderer/parts/use-mention-words.ts";
import { useWriter } from "#renderer/parts/use-writer.ts";
import { Button } from "#renderer/ui/button.tsx";
import { SkeletonRows } from "#renderer/ui/note.tsx";
import { scheduleArgs } from "./schedule-args.ts";

interface EditorProps {
  scheduled: ScheduledMessage;
  onClose: () => void;
}

/** The text of a message that waits, with the names of those it names. */
export function ScheduledEditor({ scheduled, onClose }: EditorProps) {
  const client = useWorker();
  const [named, setNamed] = useState<readonly Named[] | null>(null);
  const { conversationId, body } = scheduled;
  useEffect(() => {
    let isStale = false;
    void findNames(client, conversationId, body).then((found) => {
      if (!isStale) setNamed(found);
    });
    return () => {
      isStale = true;
    };
  }, [client, conversationId, body]);
  if (named === null) return <SkeletonRows count={1} />;
  return <Editor scheduled={scheduled} onClose={onClose} first={named} />;
}

function Editor({ scheduled, onClose, first }: EditorProps & { first: readonly Named[] }) {
  const { t } = useTranslation();
  const words = useMentionWords();
  const { write, mine } = useWriter();
  const [named, setNamed] = useState(first);
  const [text, setText] = useState(() => decodeMentions(scheduled.body, first, words));
  const input = useRef<HTMLTextAreaElement>(null);
  useEffect(() => input.current?.focus(), []);
  const isEmpty = text.trim() === "" && scheduled.body !== "";
  const save = async () => {
    if (isEmpty) return;
    const body = encodeMentions(text, named, words).trim();
    const args = { ...scheduleArgs(scheduled), body, mentions: mentionsIn(body) };
    if (body === scheduled.body || (await write("message.schedule", mine, args))) onClose();
  };
  return (
    <div className="edit-box card__edit">
      <TextEditor
        value={text}
        label={t("scheduled.edit")}
        inputRef={input}
        onChange={setText}
        onSubmit={() => void save()}
        onCancel={onClose}
        conversationId={scheduled.conversationId}
        onName={(one) => setNamed([...named, one])}
      />
      <div className="edit-box__actions">
        <Button tone="quiet" onPress={onClose}>
          {t("action.cancel")}
        </Button>
        <Button tone="primary" onPress={() => void save()} isDisabled={isEmpty}>
          {t("action.save")}
        </Button>
      </div>
    </div>
  );
}
