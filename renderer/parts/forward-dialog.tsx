import { useRef, useState } from "react";
import type { Quote } from "#contract/entities/message.ts";
import type { MessageView, PersonBrief } from "#contract/views/message-view.ts";
import type { ConversationSummary } from "#contract/worker.ts";
import { ok } from "#contract/result.ts";
import type { Scope } from "#contract/scope.ts";
import { usePersonName } from "#renderer/kit/person-words.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { encodeMentions, type Named } from "#renderer/kit/mentions.ts";
import { formatList } from "#renderer/kit/number-words.ts";
import { matchesWords } from "#renderer/kit/text-words.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useRoving } from "#renderer/kit/use-roving.ts";
import { useLiveQuery, useWorker } from "#renderer/kit/worker-context.tsx";
import { useBlobUrl } from "#renderer/ui/avatar.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { SearchBox } from "#renderer/ui/search-box.tsx";
import { copyFiles } from "./copy-files.ts";
import { QuoteView } from "./quote-view.tsx";
import { TextEditor } from "./text-editor.tsx";
import { useCommands, useReportProblem } from "./use-commands.ts";
import { useMentionWords } from "./use-mention-words.ts";
import "./forward-dialog.css";

/** What carries a message along: its words as they are now. A message that only carried another passes that one on. */
export function toQuote(kind: Quote["kind"], scope: Scope, view: MessageView): Quote {
  const { message } = view;
  if (kind !== "quote" && message.body === "" && message.quote !== undefined) return message.quote;
  return {
    kind,
    scope,
    conversationId: message.conversationId,
    messageId: message.id,
    authorId: message.authorId,
    sentAt: message.sentAt,
    ...(message.post?.title === undefined ? {} : { title: message.post.title }),
    body: message.body.slice(0, 20_000),
  };
}

interface ForwardDialogProps {
  /** Where the message stands. */
  scope: Scope;
  view: MessageView;
  onClose: () => void;
}

/** Sends a message on to another conversation, with a word of one's own. */
export function ForwardDialog({ scope, view, onClose }: ForwardDialogProps) {
  const { t } = useTranslation();
  const commands = useCommands();
  const report = useReportProblem();
  const circleWords = useMentionWords();
  const input = useRef<HTMLTextAreaElement>(null);
  const [target, setTarget] = useState<ConversationSummary | null>(null);
  const [text, setText] = useState("");
  const client = useWorker();
  const blobUrl = useBlobUrl();
  const [isSending, setSending] = useState(false);
  const [named, setNamed] = useState<readonly Named[]>([]);
  const quote = toQuote("forward", scope, view);
  const nameOf = useConversationName();
  const send = async (to: ConversationSummary): Promise<void> => {
    setSending(true);
    const { attachments = [] } = view.message;
    // Who reads there may not read here: the files go along as copies.
    const files =
      to.scope === scope
        ? ok([...attachments])
        : await copyFiles(attachments, { client, blobUrl, to: to.scope });
    const words = encodeMentions(text, named, circleWords).trim();
    const result = files.ok
      ? await commands.sendMessage(to, words, { quote, attachments: files.value })
      : files;
    setSending(false);
    if (!result.ok) return report(result.error);
    useToasts.getState().show({ tone: "plain", text: t("forward.done", { name: nameOf(to) }) });
    return onClose();
  };
  const submit = () => (target === null || isSending ? undefined : void send(target));
  return (
    <Dialog title={t("forward.title")} onClose={onClose}>
      <DialogBody>
        <ConversationPicker chosen={target} onChoose={setTarget} nameOf={nameOf} />
        <div className="forward__words">
          <TextEditor
            value={text}
            label={t("forward.words")}
            placeholder={t("forward.words")}
            inputRef={input}
            onChange={setText}
            onSubmit={submit}
            onName={(one) => setNamed([...named, one])}
            {...(target === null ? {} : { conversationId: target.conversationId })}
          />
        </div>
        <QuoteView
          quote={quote}
          author={view.quoteAuthor ?? view.author}
          mentioned={view.mentioned}
          names={view.names}
        />
        <DialogActions>
          <Button tone="quiet" onPress={onClose}>
            {t("action.cancel")}
          </Button>
          <Button tone="primary" isDisabled={target === null || isSending} onPress={submit}>
            {t("forward.send")}
          </Button>
        </DialogActions>
      </DialogBody>
    </Dialog>
  );
}

function useConversationName(): (summary: ConversationSummary) => string {
  const { t, i18n } = useTranslation();
  const nameOf = usePersonName();
  return ({ name, kind, members }) => {
    if (name !== "") return kind === "channel" ? `#${name}` : name;
    const names = members.map((person: PersonBrief) => nameOf(person));
    return names.length === 0 ? t("conversation.alone") : formatList(names, i18n.language);
  };
}

interface ConversationPickerProps {
  chosen: ConversationSummary | null;
  onChoose: (summary: ConversationSummary) => void;
  nameOf: (summary: ConversationSummary) => string;
}

const MOST_SHOWN = 30;

function ConversationPicker({ chosen, onChoose, nameOf }: ConversationPickerProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const onKeyDown = useRoving();
  const { items } = useLiveQuery("conversations", {});
  const shown = items
    .filter(({ canPost, isArchived }) => canPost && !isArchived)
    .filter((item) => typed.trim() === "" || matchesWords(`${nameOf(item)} ${item.space?.name ?? ""}`, typed))
    .slice(0, MOST_SHOWN);
  const stop = shown.some(({ key }) => key === chosen?.key) ? chosen?.key : shown[0]?.key;
  return (
    <div className="forward__picker">
      <SearchBox label={t("forward.to")} value={typed} onChange={setTyped} />
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- its options take the focus (roving) */}
      <div className="forward__list" role="listbox" aria-label={t("forward.to")} onKeyDown={onKeyDown}>
        {shown.map((item) => (
          <button
            key={item.key}
            type="button"
            role="option"
            className="forward__item"
            data-roving={nameOf(item)}
            tabIndex={item.key === stop ? 0 : -1}
            aria-selected={item.key === chosen?.key}
            onClick={() => onChoose(item)}
          >
            <span>{nameOf(item)}</span>
            <span className="completion__hint">{item.space?.name ?? ""}</span>
          </button>
        ))}
        {shown.length === 0 ? <p className="completion__hint">{t("forward.none")}</p> : null}
      </div>
    </div>
  );
}
