import { Forward, Quote as QuoteIcon, X } from "lucide-react";
import type { Quote } from "#contract/entities/message.ts";
import type { PersonBrief } from "#contract/views/message-view.ts";
import { usePersonName } from "#renderer/kit/person-words.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { plainText } from "#renderer/kit/markdown.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { IconButton, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import { MessageText } from "./message-text.tsx";
import { openObject } from "./open-object.ts";
import { useRowTabIndex } from "./row-focus.ts";
import "./quote-view.css";

interface QuoteViewProps {
  quote: Quote;
  author: PersonBrief | null;
  mentioned?: readonly PersonBrief[];
  names?: Readonly<Record<string, string>>;
}

const NOBODY: readonly PersonBrief[] = [];
const NO_NAMES: Readonly<Record<string, string>> = {};

/** A message carried along by another: as it was then, with the way to where it stands. */
export function QuoteView({ quote, author, mentioned = NOBODY, names = NO_NAMES }: QuoteViewProps) {
  const { t } = useTranslation();
  const tabIndex = useRowTabIndex();
  const nameOf = usePersonName();
  const { info } = useLiveQuery("conversation", { conversationId: quote.conversationId });
  const place = info?.summary?.name ?? "";
  const name = author === null ? t("person.unknown") : nameOf(author);
  const Icon = quote.kind === "quote" ? QuoteIcon : Forward;
  return (
    <figure className="quote">
      <figcaption className="quote__head">
        <Icon size={14} strokeWidth={ICON_STROKE} aria-hidden />
        {author === null ? null : <Avatar person={author} size="small" />}
        <span className="quote__author">{t(`quote.${quote.kind}`, { name })}</span>
        {place === "" ? null : <span>{place}</span>}
        <TimeWord iso={quote.sentAt} />
        <button
          type="button"
          className="quote__open"
          tabIndex={tabIndex}
          onClick={() =>
            openObject({
              kind: "message",
              scope: quote.scope,
              conversationId: quote.conversationId,
              messageId: quote.messageId,
            })
          }
        >
          {t("quote.open")}
        </button>
      </figcaption>
      {quote.title === undefined ? null : <p className="quote__title">{quote.title}</p>}
      <div className="quote__body">
        <MessageText body={quote.body} mentioned={mentioned} names={names} hasNoCards />
      </div>
    </figure>
  );
}

interface QuoteStripProps {
  quote: Quote;
  onRemove: () => void;
}

/** What is quoted, above the text that answers it. */
export function QuoteStrip({ quote, onRemove }: QuoteStripProps) {
  const { t } = useTranslation();
  const nameOf = usePersonName();
  const { info } = useLiveQuery("person", { personId: quote.authorId });
  const person = info?.view?.person;
  const name = person === undefined ? t("person.unknown") : nameOf(person);
  return (
    <div className="quote-strip" role="group" aria-label={t("quote.quote", { name })}>
      <QuoteIcon size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
      <p className="quote-strip__words">
        <strong>{name}</strong> <span>{quote.title ?? excerptOf(quote.body)}</span>
      </p>
      <IconButton icon={X} label={t("quote.remove")} onPress={onRemove} />
    </div>
  );
}

const EXCERPT = 160;

function excerptOf(body: string): string {
  const line = plainText(body.slice(0, 4 * EXCERPT));
  return line.length > EXCERPT ? `${line.slice(0, EXCERPT)}…` : line;
}
