import { DIRECTORY } from "#contract/scope.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { EmptyState } from "#renderer/ui/note.tsx";
import { GroupsEditor } from "./groups-editor.tsx";
import { OrganisationsSection } from "./organisations-section.tsx";
import { PageFrame, PageSection } from "./page-frame.tsx";
import { TemplatesSection } from "./templates-section.tsx";
import { useWho } from "./use-who.ts";

const SECTIONS = ["organisations", "templates", "groups"] as const;

/** What administrators set for everyone: organisations, templates of communities, groups of people. */
export function AdministrationView() {
  const { t } = useTranslation();
  const { isAdministrator } = useWho();
  const wanted = useView((state) => state.path[1]);
  const current = SECTIONS.find((each) => each === wanted) ?? "organisations";
  if (!isAdministrator) {
    return (
      <PageFrame title={t("administration.title")}>
        <EmptyState>{t("administration.notYours")}</EmptyState>
      </PageFrame>
    );
  }
  return (
    <PageFrame title={t("administration.title")}>
      <nav className="page-tabs" aria-label={t("administration.title")}>
        {SECTIONS.map((section) => (
          <a
            key={section}
            className="page-tabs__tab"
            href={`#/communities/administration/${section}`}
            aria-current={section === current ? "page" : undefined}
          >
            {t(`administration.${section}.title`)}
          </a>
        ))}
      </nav>
      {current === "organisations" ? <OrganisationsSection /> : null}
      {current === "templates" ? <TemplatesSection /> : null}
      {current === "groups" ? (
        <PageSection title={t("administration.groups.title")} hint={t("administration.groups.hint")}>
          <GroupsEditor scope={DIRECTORY} spaceId={null} />
        </PageSection>
      ) : null}
    </PageFrame>
  );
}
