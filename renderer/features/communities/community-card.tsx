import type { CommunityView } from "#contract/views/communities.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { EmojiAvatar } from "#renderer/ui/avatar.tsx";
import { communityFacts } from "./community-words.ts";
import { JoinControl } from "./join-control.tsx";
import { StandingTags } from "./standing-tags.tsx";

/** A community in the directory. */
export function CommunityCard({ item }: { item: CommunityView }) {
  const { t } = useTranslation();
  const { space } = item;
  return (
    <article className="card-row" aria-label={space.name}>
      <EmojiAvatar emoji={space.emoji ?? "•"} size="medium" />
      <div className="card-row__words">
        <h3 className="card-row__name">
          <a className="card-row__link" href={`#/communities/${space.id}`}>
            {space.name}
          </a>
        </h3>
        {space.summary === undefined ? null : <p>{space.summary}</p>}
        <p className="card-row__facts">{communityFacts(t, item)}</p>
        <StandingTags item={item} hasTopics />
      </div>
      <div className="card-row__actions">
        <JoinControl item={item} />
      </div>
    </article>
  );
}
