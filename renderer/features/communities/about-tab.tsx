import { UNMARKED } from "#contract/classification.ts";
import type { PersonBrief } from "#contract/views/message-view.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { MessageText } from "#renderer/parts/message-text.tsx";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { EmptyState } from "#renderer/ui/note.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import { PageSection } from "./page-frame.tsx";
import type { OpenCommunity } from "./space-page.tsx";

/** What a newcomer reads first: welcome, rules, who runs it. */
export function AboutTab({ community: { view, animators } }: { community: OpenCommunity }) {
  const { t, i18n } = useTranslation();
  const { space, organisations } = view;
  const topics = space.topics ?? [];
  const owners = organisations.map(({ name }) => name);
  const isBare = space.welcome === undefined && space.rules === undefined && animators.length === 0;
  return (
    <>
      {space.welcome === undefined ? null : (
        <PageSection title={t("community.welcome")}>
          <MessageText body={space.welcome} mentioned={[]} />
        </PageSection>
      )}
      {space.rules === undefined ? null : (
        <PageSection title={t("community.rules")}>
          <MessageText body={space.rules} mentioned={[]} />
        </PageSection>
      )}
      {isBare && view.role === null ? (
        <EmptyState>{t(`community.outside.${space.visibility}`)}</EmptyState>
      ) : null}
      {animators.length === 0 ? null : (
        <PageSection title={t("community.animators")}>
          <ul className="plain-list">
            {animators.map((person) => (
              <li key={person.id}>
                <AnimatorRow person={person} />
              </li>
            ))}
          </ul>
        </PageSection>
      )}
      <PageSection title={t("community.facts")}>
        <dl className="facts">
          <dt>{t("spaces.kindLabel")}</dt>
          <dd>{t(`spaces.kind.${space.kind}`)}</dd>
          <dt>{t("spaces.visibilityLabel")}</dt>
          <dd>{t(`community.who.${space.visibility}`)}</dd>
          <dt>{t("classification.label")}</dt>
          <dd>{t(`classification.level.${space.classification ?? UNMARKED}`)}</dd>
          {owners.length === 0 ? null : (
            <>
              <dt>{t("organisation.many")}</dt>
              <dd>{new Intl.ListFormat(i18n.language).format(owners)}</dd>
            </>
          )}
          {topics.length === 0 ? null : (
            <>
              <dt>{t("community.topics")}</dt>
              <dd>{topics.join(", ")}</dd>
            </>
          )}
          <dt>{t("community.since")}</dt>
          <dd>
            <TimeWord iso={space.createdAt} form="day" />
          </dd>
        </dl>
      </PageSection>
    </>
  );
}

function AnimatorRow({ person }: { person: PersonBrief }) {
  const open = () => useView.getState().openSide({ kind: "person", personId: person.id });
  return (
    <button type="button" className="person-row" onClick={open}>
      <Avatar person={person} hasPresence />
      <span className="person-row__words">
        <span className="person-row__name">{person.displayName}</span>
      </span>
    </button>
  );
}
