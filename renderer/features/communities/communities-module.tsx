import { lazy, type ComponentType } from "react";
import { spaceIdSchema } from "#contract/ids.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { CommunityListView } from "./community-list-view.tsx";
import { DirectoryView } from "./directory-view.tsx";
import { SpacePage } from "./space-page.tsx";

const NewCommunityView = lazy(() =>
  import("./new-community-view.tsx").then((m) => ({ default: m.NewCommunityView })),
);
const RequestsView = lazy(() => import("./requests-view.tsx").then((m) => ({ default: m.RequestsView })));
const AdministrationView = lazy(() =>
  import("./administration-view.tsx").then((m) => ({ default: m.AdministrationView })),
);

/** The list pane of the module. */
export function CommunitiesList() {
  return <CommunityListView />;
}

/** Pages beside those of spaces, by the first word of their address. */
const pages: Readonly<Record<string, ComponentType>> = {
  new: NewCommunityView,
  requests: RequestsView,
  administration: AdministrationView,
};

/** The content pane: `SPACE/TAB`, one of the pages, or the directory. */
export function CommunitiesContent() {
  const [first = "", tab] = useView((state) => state.path);
  const spaceId = spaceIdSchema.safeParse(first);
  if (spaceId.success) return <SpacePage key={spaceId.data} spaceId={spaceId.data} tab={tab ?? null} />;
  const Page = pages[first] ?? DirectoryView;
  return <Page />;
}
