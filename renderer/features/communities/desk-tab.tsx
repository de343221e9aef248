import { deskScope } from "#contract/scope.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { EmptyState } from "#renderer/ui/note.tsx";
import { DeskArticles } from "./desk-articles.tsx";
import { DeskReports } from "./desk-reports.tsx";
import { GuestInvitations } from "./guest-invitations.tsx";
import { JoinRequests } from "./join-requests.tsx";
import type { OpenCommunity } from "./space-page.tsx";

/** What those who run a space decide: who comes in, who from outside, what was reported, what will be published. */
export function DeskTab({ community }: { community: OpenCommunity }) {
  const { t } = useTranslation();
  const { id: spaceId } = community.view.space;
  const { items, info, status } = useLiveQuery("desk", { scope: deskScope(spaceId) });
  return (
    <>
      {status === "ready" && info?.waiting === 0 ? (
        <EmptyState>{t("community.desk.nothing")}</EmptyState>
      ) : null}
      <JoinRequests items={items} spaceId={spaceId} />
      <DeskReports items={items} scope={deskScope(spaceId)} />
      <DeskArticles items={items} spaceId={spaceId} />
      <GuestInvitations items={items} community={community} />
    </>
  );
}
