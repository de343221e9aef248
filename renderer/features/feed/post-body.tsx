import { useState } from "react";
import type { PostView } from "#contract/views/feed.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { AttachmentsView } from "#renderer/parts/attachments-view.tsx";
import { MessageText } from "#renderer/parts/message-text.tsx";
import { PollView } from "#renderer/parts/poll-view.tsx";
import { QuoteView } from "#renderer/parts/quote-view.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { CoverPicture } from "./cover-picture.tsx";
import { openPost } from "./feed-route.ts";
import { isNews } from "./post-words.ts";
import { readingMinutes } from "./reading-time.ts";

interface PostBodyProps {
  post: PostView;
  isPage: boolean;
}

/** What a post says: a piece of news by its summary until it is opened, anything else by its text. */
export function PostBody({ post, isPage }: PostBodyProps) {
  const { view } = post;
  const { message } = view;
  const isArticle = isNews(message);
  return (
    <div className="post__body">
      {message.post?.cover === undefined ? null : <CoverPicture blobId={message.post.cover} />}
      {message.post?.title === undefined ? null : <PostTitle post={post} isPage={isPage} />}
      {isArticle ? <ArticleLine post={post} /> : null}
      {message.post?.summary === undefined ? null : <p className="post__summary">{message.post.summary}</p>}
      {isArticle && !isPage ? <ReadArticle post={post} /> : <PostText post={post} isPage={isPage} />}
      {message.quote === undefined ? null : (
        <QuoteView
          quote={message.quote}
          author={view.quoteAuthor}
          mentioned={view.mentioned}
          names={view.names}
        />
      )}
      {isArticle && !isPage ? null : <PostFiles post={post} />}
      {view.poll === null ? null : <PollView view={view} />}
    </div>
  );
}

function PostTitle({ post: { view }, isPage }: PostBodyProps) {
  const { message } = view;
  if (isPage) return <h2 className="post__title post__title--page">{message.post?.title}</h2>;
  return (
    <h3 className="post__title">
      <button
        type="button"
        className="post__open"
        onClick={() => openPost(message.conversationId, message.id)}
      >
        {message.post?.title}
      </button>
    </h3>
  );
}

/** Time to read and sections. */
function ArticleLine({ post: { view } }: { post: PostView }) {
  const { t } = useTranslation();
  const { post, body } = view.message;
  const count = readingMinutes(post?.summary, body);
  return (
    <p className="post__line">
      <span>{t("article.readingTime", { count })}</span>
      {post?.sections?.map((section) => (
        <span className="tag" key={section}>
          {section}
        </span>
      ))}
    </p>
  );
}

function ReadArticle({ post: { view } }: { post: PostView }) {
  const { t } = useTranslation();
  const { conversationId, id } = view.message;
  return (
    <p>
      <Button tone="link" onPress={() => openPost(conversationId, id)}>
        {t("article.read")}
      </Button>
    </p>
  );
}

const LONG_TEXT = 700;
const LONG_LINES = 12;

function isLong(body: string): boolean {
  return body.length > LONG_TEXT || body.split("\n").length > LONG_LINES;
}

/** A long text is folded in a list, so that one post does not hide all others. */
function PostText({ post: { view }, isPage }: PostBodyProps) {
  const { t } = useTranslation();
  const { body } = view.message;
  const [isWhole, setWhole] = useState(false);
  if (body === "") return null;
  const isFolded = !isPage && !isWhole && isLong(body);
  return (
    <>
      <div className={isFolded ? "post__text post__text--folded" : "post__text"}>
        <MessageText
          body={body}
          mentioned={view.mentioned}
          names={view.names}
          headingsUnder={isPage || view.message.post?.title === undefined ? 2 : 3}
        />
      </div>
      {isFolded ? (
        <p>
          <Button tone="link" onPress={() => setWhole(true)}>
            {t("post.readOn")}
          </Button>
        </p>
      ) : null}
    </>
  );
}

function PostFiles({ post: { view } }: { post: PostView }) {
  const { attachments } = view.message;
  if (attachments === undefined || attachments.length === 0) return null;
  return <AttachmentsView attachments={attachments} uploads={view.uploads} />;
}
