import { Fragment, memo, useState, type ReactNode } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { personIdSchema } from "#contract/ids.ts";
import type { PersonBrief } from "#contract/views/message-view.ts";
import { useOpenExternal } from "#renderer/kit/host-context.tsx";
import { isOnlyEmoji, parseMarkdown, type MarkdownNode } from "#renderer/kit/markdown.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useRowTabIndex } from "./row-focus.ts";
import "./message-text.css";

interface MessageTextProps {
  body: string;
  mentioned: readonly PersonBrief[];
}

/** A message's text, drawn element by element from its parsed tree. */
export const MessageText = memo(function MessageText({ body, mentioned }: MessageTextProps) {
  if (isOnlyEmoji(body)) return <p className="message-text message-text--emoji">{body.trim()}</p>;
  return (
    <div className="message-text" dir="auto">
      {draw(parseMarkdown(body), mentioned)}
    </div>
  );
});

function draw(nodes: readonly MarkdownNode[], mentioned: readonly PersonBrief[]): ReactNode {
  return nodes.map((node, index) => (
    // oxlint-disable-next-line react/no-array-index-key -- the nodes of one text never move
    <Fragment key={index}>{drawNode(node, mentioned)}</Fragment>
  ));
}

function drawNode(node: MarkdownNode, mentioned: readonly PersonBrief[]): ReactNode {
  switch (node.type) {
    case "text":
      return node.text;
    case "break":
      return <br />;
    case "rule":
      return <hr className="message-text__rule" />;
    case "code":
      return <code className="message-text__code">{node.text}</code>;
    case "codeBlock":
      return <CodeBlock text={node.text} language={node.language} />;
    case "mention":
      return (
        <MentionChip personId={node.personId} person={mentioned.find(({ id }) => id === node.personId)} />
      );
    case "everyone":
      return <EveryoneChip />;
    case "link":
      return <TextLink url={node.url}>{draw(node.children, mentioned)}</TextLink>;
    case "list":
      return node.isOrdered ? (
        <ol start={node.start}>{draw(node.children, mentioned)}</ol>
      ) : (
        <ul>{draw(node.children, mentioned)}</ul>
      );
    case "item":
      return <li>{draw(node.children, mentioned)}</li>;
    // A heading in a message is a strong line, not a heading of the page: it would break its outline.
    case "heading":
      return <p className="message-text__heading">{draw(node.children, mentioned)}</p>;
    case "paragraph":
      return <p>{draw(node.children, mentioned)}</p>;
    case "strong":
      return <strong>{draw(node.children, mentioned)}</strong>;
    case "emphasis":
      return <em>{draw(node.children, mentioned)}</em>;
    case "strike":
      return <s>{draw(node.children, mentioned)}</s>;
    case "quote":
      return <blockquote>{draw(node.children, mentioned)}</blockquote>;
  }
}

function TextLink({ url, children }: { url: string | null; children: ReactNode }) {
  const openExternal = useOpenExternal();
  const tabIndex = useRowTabIndex();
  if (url === null) return children;
  return (
    <a
      href={url}
      rel="noreferrer noopener"
      target="_blank"
      title={url}
      tabIndex={tabIndex}
      onClick={(event) => {
        event.preventDefault();
        openExternal(url);
      }}
    >
      {children}
    </a>
  );
}

function MentionChip({ personId, person }: { personId: string; person: PersonBrief | undefined }) {
  const { t } = useTranslation();
  const openSide = useView((state) => state.openSide);
  const tabIndex = useRowTabIndex();
  const id = personIdSchema.safeParse(personId);
  if (person === undefined || !id.success) return <span className="mention">@{t("person.unknown")}</span>;
  return (
    <button
      type="button"
      className="mention"
      tabIndex={tabIndex}
      onClick={() => openSide({ kind: "person", personId: id.data })}
    >
      @{person.displayName}
    </button>
  );
}

function EveryoneChip() {
  const { t } = useTranslation();
  return <span className="mention mention--everyone">@{t("composer.everyone")}</span>;
}

function CodeBlock({ text, language }: { text: string; language: string }) {
  const { t } = useTranslation();
  const [isCopied, setCopied] = useState(false);
  const copy = () => {
    void navigator.clipboard.writeText(text).then(() => setCopied(true));
  };
  return (
    <figure className="code-block">
      <figcaption className="code-block__head">
        <span>{language}</span>
        <button type="button" className="code-block__copy" onClick={copy}>
          {isCopied ? t("action.copied") : t("action.copy")}
        </button>
      </figcaption>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a box that scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
    </figure>
  );
}
