import { Fragment, lazy, memo, Suspense, useState, type ReactNode } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { PersonBrief } from "#contract/views/message-view.ts";
import { useOpenExternal } from "#renderer/kit/host-context.tsx";
import { isOnlyEmoji, parseMarkdown, placesIn, type MarkdownNode } from "#renderer/kit/markdown.ts";
import { ChannelChip, CircleChip, GroupChip, MentionChip } from "./mention-chips.tsx";
import { useRowTabIndex } from "./row-focus.ts";
import "./message-text.css";

const LinkCards = lazy(() => import("./link-card.tsx").then((module) => ({ default: module.LinkCards })));
const PlaceLink = lazy(() => import("./link-card.tsx").then((module) => ({ default: module.PlaceLink })));

interface MessageTextProps {
  body: string;
  mentioned: readonly PersonBrief[];
  /** Groups and channels named in the body, by id. */
  names?: Readonly<Record<string, string>>;
  /** A post or an article: headings are headings, below this level of the page's own. */
  headingsUnder?: 1 | 2 | 3;
  /** Addresses inside Parvis stay links: where a card would be too much (quotes, cards). */
  hasNoCards?: boolean;
}

/** `depths`: those of the text's headings, the outermost first: a text may begin with a small one. */
type Drawing = Omit<MessageTextProps, "body"> & { depths: readonly number[] };

/** A message's text, drawn element by element from its parsed tree. */
export const MessageText = memo(function MessageText({ body, ...drawing }: MessageTextProps) {
  if (isOnlyEmoji(body)) return <p className="message-text message-text--emoji">{body.trim()}</p>;
  const nodes = parseMarkdown(body);
  const places = drawing.hasNoCards === true || !body.includes("parvis://") ? [] : placesIn(nodes);
  const isLong = drawing.headingsUnder !== undefined;
  return (
    <>
      <div className={isLong ? "message-text message-text--long" : "message-text"} dir="auto">
        {draw(nodes, { ...drawing, depths: isLong ? headingDepths(nodes) : [] })}
      </div>
      {places.length === 0 ? null : (
        <Suspense fallback={<div className="link-card link-card--waiting" />}>
          <LinkCards links={places} />
        </Suspense>
      )}
    </>
  );
});

function headingDepths(nodes: readonly MarkdownNode[]): number[] {
  const depths = new Set<number>();
  for (const node of nodes) if (node.type === "heading") depths.add(node.depth);
  return [...depths].toSorted((a, b) => a - b);
}

function draw(nodes: readonly MarkdownNode[], drawing: Drawing): ReactNode {
  return nodes.map((node, index) => (
    // oxlint-disable-next-line react/no-array-index-key -- the nodes of one text never move
    <Fragment key={index}>{drawNode(node, drawing)}</Fragment>
  ));
}

function drawNode(node: MarkdownNode, drawing: Drawing): ReactNode {
  const { mentioned, names } = drawing;
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
    case "here":
      return <CircleChip circle={node.type} />;
    case "group":
      return <GroupChip name={names?.[node.groupId]} />;
    case "channel":
      return <ChannelChip conversationId={node.conversationId} name={names?.[node.conversationId]} />;
    case "link":
      return (
        <TextLink url={node.url} host={node.host}>
          {draw(node.children, drawing)}
        </TextLink>
      );
    case "place":
      return (
        <Suspense fallback={node.link}>
          <PlaceLink link={node.link}>
            {node.children.length === 0 ? null : draw(node.children, drawing)}
          </PlaceLink>
        </Suspense>
      );
    case "list":
    case "item":
    case "heading":
    case "paragraph":
    case "strong":
    case "emphasis":
    case "strike":
    case "quote":
      return drawAround(node, drawing);
  }
}

type Around = Extract<MarkdownNode, { children: MarkdownNode[] }>;

function drawAround(node: Exclude<Around, { type: "link" | "place" }>, drawing: Drawing): ReactNode {
  const children = draw(node.children, drawing);
  switch (node.type) {
    case "list":
      return node.isOrdered ? <ol start={node.start}>{children}</ol> : <ul>{children}</ul>;
    case "item":
      return <li>{children}</li>;
    case "heading":
      return <TextHeading depth={node.depth} {...drawing} words={children} />;
    case "paragraph":
      return <p>{children}</p>;
    case "strong":
      return <strong>{children}</strong>;
    case "emphasis":
      return <em>{children}</em>;
    case "strike":
      return <s>{children}</s>;
    case "quote":
      return <blockquote>{children}</blockquote>;
  }
}

/** In a message a heading is a strong line, not a heading of the page: it would break its outline. */
function TextHeading({ depth, depths, headingsUnder, words }: Drawing & { depth: number; words: ReactNode }) {
  if (headingsUnder === undefined) return <p className="message-text__heading">{words}</p>;
  const level = Math.min(6, headingsUnder + 1 + Math.max(0, depths.indexOf(depth)));
  const size = `message-text__heading message-text__heading--${Math.min(3, depth)}`;
  switch (level) {
    case 2:
      return <h2 className={size}>{words}</h2>;
    case 3:
      return <h3 className={size}>{words}</h3>;
    case 4:
      return <h4 className={size}>{words}</h4>;
    case 5:
      return <h5 className={size}>{words}</h5>;
    default:
      return <h6 className={size}>{words}</h6>;
  }
}

interface TextLinkProps {
  url: string | null;
  host: string | null;
  children: ReactNode;
}

function TextLink({ url, host, children }: TextLinkProps) {
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
      <bdi>{children}</bdi>
      {host === null ? null : <bdi className="message-text__host">({host})</bdi>}
    </a>
  );
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
