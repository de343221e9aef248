import { ADMINISTRATION } from "#contract/scope.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { EmptyState, SkeletonRows } from "#renderer/ui/note.tsx";
import { DeskReports } from "./desk-reports.tsx";
import { PageFrame, PageSection } from "./page-frame.tsx";
import { SpaceRequestCard } from "./space-request-card.tsx";
import { useWho } from "./use-who.ts";

/** Communities that were asked for: one's own and, for administrators, those to decide. */
export function RequestsView() {
  const { t } = useTranslation();
  const { isAdministrator } = useWho();
  return (
    <PageFrame title={isAdministrator ? t("request.all") : t("request.mine")}>
      {isAdministrator ? <RequestsToDecide /> : null}
      <OwnRequests isAlone={!isAdministrator} />
    </PageFrame>
  );
}

function RequestsToDecide() {
  const { t } = useTranslation();
  const { items, status } = useLiveQuery("spaceRequests", { of: "everyone" });
  const { items: desk } = useLiveQuery("desk", { scope: ADMINISTRATION });
  const waiting = items.filter(({ request }) => request.state === "waiting");
  const decided = items.filter(({ request }) => request.state !== "waiting");
  return (
    <>
      <PageSection title={t("request.toDecide")}>
        {status === "loading" ? <SkeletonRows count={3} /> : null}
        {status === "ready" && waiting.length === 0 ? (
          <EmptyState>{t("request.noneToDecide")}</EmptyState>
        ) : null}
        <ul className="plain-list cards">
          {waiting.map((item) => (
            <li key={item.key}>
              <SpaceRequestCard item={item} canDecide />
            </li>
          ))}
        </ul>
      </PageSection>
      <DeskReports items={desk} scope={ADMINISTRATION} />
      {decided.length === 0 ? null : (
        <PageSection title={t("request.decided")}>
          <ul className="plain-list cards">
            {decided.map((item) => (
              <li key={item.key}>
                <SpaceRequestCard item={item} />
              </li>
            ))}
          </ul>
        </PageSection>
      )}
    </>
  );
}

function OwnRequests({ isAlone }: { isAlone: boolean }) {
  const { t } = useTranslation();
  const { isGuest } = useWho();
  const { items, status } = useLiveQuery("spaceRequests", { of: "me" });
  if (items.length === 0) {
    if (!isAlone || status !== "ready") return null;
    return (
      <EmptyState
        action={
          isGuest ? null : (
            <Button onPress={() => useView.getState().go("communities", "new")}>{t("community.ask")}</Button>
          )
        }
      >
        {t("request.none")}
      </EmptyState>
    );
  }
  return (
    <PageSection title={t("request.mine")}>
      <ul className="plain-list cards">
        {items.map((item) => (
          <li key={item.key}>
            <SpaceRequestCard item={item} canWithdraw />
          </li>
        ))}
      </ul>
    </PageSection>
  );
}
