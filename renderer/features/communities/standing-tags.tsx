import type { CommunityView } from "#contract/views/communities.ts";
import { isAbove, UNMARKED } from "#contract/classification.ts";
import { ClassificationTag } from "#renderer/parts/classification-tag.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useSession } from "#renderer/kit/worker-context.tsx";

/** What is to be known at a glance: my place in it, people from outside, archived, waiting for the network. */
export function StandingTags({ item, hasTopics = false }: { item: CommunityView; hasTopics?: boolean }) {
  const { t } = useTranslation();
  const isOnline = useSession((session) => session.connection === "online");
  const { space, role, joinRequest, hasGuests, pending } = item;
  const isFailed = pending?.status === "conflict" || pending?.status === "rejected";
  const waits = [
    role === null && joinRequest?.state === "waiting" ? t("community.standing.waiting") : "",
    pending !== null && !isFailed && !isOnline ? t("outbox.waitsForNetwork") : "",
    space.deleteAt === undefined ? "" : t("community.willBeDeleted"),
  ].filter((text) => text !== "");
  const plain = [
    role === null ? "" : t(`spaces.role.${role}`),
    hasGuests ? t("guest.inside") : "",
    space.archivedAt === undefined ? "" : t("community.archived"),
    ...(hasTopics ? (space.topics ?? []) : []),
  ].filter((text) => text !== "");
  const isMarked = isAbove(space.classification, UNMARKED);
  if (waits.length + plain.length === 0 && !isFailed && !isMarked) return null;
  return (
    <div className="tags">
      {isFailed ? <span className="tag tag--loss">{t("community.notSaved")}</span> : null}
      <ClassificationTag level={space.classification} />
      {waits.map((text) => (
        <span key={text} className="tag tag--wait">
          {text}
        </span>
      ))}
      {plain.map((text) => (
        <span key={text} className="tag">
          {text}
        </span>
      ))}
    </div>
  );
}
