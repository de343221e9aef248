import { useEffect, useRef, useState } from "react";
import { wallId, type SpaceId } from "#contract/ids.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { editField, selectedIn } from "#renderer/kit/field-edits.ts";
import { decodeMentions, encodeMentions, type Named } from "#renderer/kit/mentions.ts";
import { applyMark } from "#renderer/kit/text-edits.ts";
import { useWorker } from "#renderer/kit/worker-context.tsx";
import { findNames } from "#renderer/parts/find-names.ts";
import { MarkBar } from "#renderer/parts/mark-bar.tsx";
import { TextEditor } from "#renderer/parts/text-editor.tsx";
import { useMentionWords } from "#renderer/parts/use-mention-words.ts";

interface ArticleBodyFieldProps {
  spaceId: SpaceId;
  /** As it travels; read once: the field keeps its own text. */
  initial: string;
  onChange: (body: string) => void;
  onFiles: (files: File[]) => void;
  onSubmit: () => void;
}

/** The text of an article, with marks and names, as messages are written. */
export function ArticleBodyField({ spaceId, initial, onChange, onFiles, onSubmit }: ArticleBodyFieldProps) {
  const { t } = useTranslation();
  const client = useWorker();
  const words = useMentionWords();
  const conversationId = wallId(spaceId);
  const [named, setNamed] = useState<readonly Named[]>([]);
  const [text, setText] = useState(() => decodeMentions(initial, [], words));
  const isTouched = useRef(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    let isStale = false;
    void findNames(client, conversationId, initial).then((found) => {
      if (isStale || isTouched.current) return;
      setNamed(found);
      setText(decodeMentions(initial, found, words));
    });
    return () => {
      isStale = true;
    };
  }, [client, conversationId, initial, words]);
  const change = (value: string) => {
    isTouched.current = true;
    setText(value);
    onChange(encodeMentions(value, named, words));
  };
  return (
    <div className="article-body">
      <span className="field__label" aria-hidden>
        {t("article.body")}
      </span>
      <div className="article-body__box">
        <MarkBar
          onMark={(name) => {
            if (field.current !== null) editField(field.current, applyMark(selectedIn(field.current), name));
          }}
        />
        <TextEditor
          value={text}
          label={t("article.body")}
          inputRef={field}
          conversationId={conversationId}
          isLong
          onChange={change}
          onFiles={onFiles}
          onSubmit={onSubmit}
          onName={(added) => setNamed((before) => [...before, added])}
        />
      </div>
    </div>
  );
}
