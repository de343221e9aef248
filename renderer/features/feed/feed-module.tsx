import { lazy, Suspense, useState } from "react";
import { FeedDialogs } from "./feed-dialogs.tsx";
import { FeedListPane } from "./feed-list-pane.tsx";
import { useFeedRoute, type FeedRoute } from "./feed-route.ts";
import { HomeFeed } from "./home-feed.tsx";
import { PostPage } from "./post-page.tsx";

const ArticlePage = lazy(() => import("./article-page.tsx").then((m) => ({ default: m.ArticlePage })));
const DraftsPage = lazy(() => import("./drafts-page.tsx").then((m) => ({ default: m.DraftsPage })));

/** The list pane of the module. */
export function FeedList() {
  return <FeedListPane />;
}

type ListRoute = Extract<FeedRoute, { kind: "list" }>;

/** The content pane of the module. A list that was open stays behind what is opened from it, where it was scrolled to. */
export function FeedContent() {
  const route = useFeedRoute();
  const list = useLastList(route);
  return (
    <>
      {list === null ? null : (
        <div className="feed-behind" hidden={route.kind !== "list"}>
          <HomeFeed key={`${list.show} ${list.spaceId ?? ""}`} show={list.show} spaceId={list.spaceId} />
        </div>
      )}
      <Suspense fallback={<div className="blank" />}>
        {route.kind === "post" ? (
          <PostPage
            key={`${route.messageId} ${route.commentId ?? ""}`}
            conversationId={route.conversationId}
            messageId={route.messageId}
            commentId={route.commentId}
          />
        ) : null}
        {route.kind === "drafts" ? <DraftsPage /> : null}
        {route.kind === "article" ? (
          <ArticlePage key={route.id} id={route.id} spaceId={route.spaceId} />
        ) : null}
      </Suspense>
      <FeedDialogs />
    </>
  );
}

function useLastList(route: FeedRoute): ListRoute | null {
  const [last, setLast] = useState<ListRoute | null>(route.kind === "list" ? route : null);
  if (route.kind === "list" && route !== last) setLast(route);
  return route.kind === "list" ? route : last;
}
