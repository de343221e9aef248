import { useEffect, useRef, useState } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { MessageView } from "#contract/views/message-view.ts";
import { decodeMentions, encodeMentions, namesOf, type Named } from "#renderer/kit/mentions.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { Button } from "#renderer/ui/button.tsx";
import { usePlace } from "#renderer/parts/place-context.ts";
import { TextEditor } from "#renderer/parts/text-editor.tsx";
import { useCommands, useReportProblem } from "#renderer/parts/use-commands.ts";
import { useMentionWords } from "#renderer/parts/use-mention-words.ts";

/** The text of one's own message, edited where it stands. */
export function EditBox({ view }: { view: MessageView }) {
  const { t } = useTranslation();
  const { scope } = usePlace();
  const commands = useCommands();
  const report = useReportProblem();
  const words = useMentionWords();
  const [named, setNamed] = useState<readonly Named[]>(() => namesOf(view));
  const [text, setText] = useState(() => decodeMentions(view.message.body, named, words));
  const input = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    input.current?.focus();
    input.current?.setSelectionRange(input.current.value.length, input.current.value.length);
  }, []);
  const close = () => {
    useView.getState().startEditing(null);
    document.querySelector<HTMLElement>(`[data-message="${view.message.id}"]`)?.focus();
  };
  const save = () => {
    const body = encodeMentions(text, named, words).trim();
    if (body === "" || body === view.message.body) return close();
    void commands.editMessage(scope, view.message, body).then((result) => {
      if (result.ok) close();
      else report(result.error);
    });
  };
  return (
    <div className="edit-box">
      <TextEditor
        value={text}
        label={t("message.editLabel")}
        inputRef={input}
        onChange={setText}
        onSubmit={save}
        onCancel={close}
        conversationId={view.message.conversationId}
        onName={(one) => setNamed([...named, one])}
      />
      <div className="edit-box__actions">
        <Button tone="quiet" onPress={close}>
          {t("action.cancel")}
        </Button>
        <Button tone="primary" onPress={save} isDisabled={text.trim() === ""}>
          {t("action.save")}
        </Button>
      </div>
    </div>
  );
}
