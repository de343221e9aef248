import { useEffect, useRef, useState } from "react";
import type { MessageView } from "#contract/views/message-view.ts";
import type { PostPlace } from "#contract/views/feed.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { TextEditor } from "#renderer/parts/text-editor.tsx";
import { useCommands, useReportProblem } from "#renderer/parts/use-commands.ts";
import { Button } from "#renderer/ui/button.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { useNamedText } from "./use-named-text.ts";

interface PostEditorProps {
  view: MessageView;
  place: PostPlace;
}

/** A post or comment of one's own, changed where it stands. */
export function PostEditor({ view, place }: PostEditorProps) {
  const { t } = useTranslation();
  const commands = useCommands();
  const report = useReportProblem();
  const { message } = view;
  const [title, setTitle] = useState(message.post?.title ?? "");
  const { text, setText, addName, encode } = useNamedText(view);
  const input = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    input.current?.focus();
    input.current?.setSelectionRange(input.current.value.length, input.current.value.length);
  }, []);
  const close = () => {
    useView.getState().startEditing(null);
    document.querySelector<HTMLElement>(`[data-post="${message.id}"]`)?.focus();
  };
  // A post can be its files, its poll or what it shares.
  const mayBeEmpty =
    message.poll !== undefined || message.quote !== undefined || (message.attachments?.length ?? 0) > 0;
  const isEmpty = text.trim() === "" && !mayBeEmpty;
  const save = () => {
    if (isEmpty) return;
    const body = encode();
    if (body === message.body && title.trim() === (message.post?.title ?? "")) return close();
    void commands.editMessage(place.scope, message, body, changedPost(message.post, title)).then((result) => {
      if (result.ok) close();
      else report(result.error);
    });
  };
  return (
    <form
      autoComplete="off"
      className="post-editor"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {message.post === undefined ? null : (
        <TextField label={t("post.title")} value={title} maxLength={300} onChange={setTitle} />
      )}
      <TextEditor
        value={text}
        label={t("post.text")}
        inputRef={input}
        onChange={setText}
        onSubmit={save}
        onCancel={close}
        onName={addName}
      />
      <div className="post-editor__actions">
        <Button tone="quiet" onPress={close}>
          {t("action.cancel")}
        </Button>
        <Button tone="primary" type="submit" isDisabled={isEmpty}>
          {t("action.save")}
        </Button>
      </div>
    </form>
  );
}

type PostPart = MessageView["message"]["post"];

function changedPost(post: PostPart, title: string): { post?: NonNullable<PostPart> } {
  if (post === undefined) return {};
  const { title: _before, ...rest } = post;
  return { post: title.trim() === "" ? rest : { ...rest, title: title.trim() } };
}
