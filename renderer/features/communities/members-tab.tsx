import { MoreHorizontal, UserPlus } from "lucide-react";
import { lazy, useState } from "react";
import type { CommunityMember } from "#contract/views/communities.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { matchesWords } from "#renderer/kit/text-words.ts";
import { useRoving } from "#renderer/kit/use-roving.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { Button, IconButton, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { SearchBox } from "#renderer/ui/search-box.tsx";
import { MenuButton } from "#renderer/ui/menu.tsx";
import { EmptyState, SkeletonRows } from "#renderer/ui/note.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import { useMemberCommands } from "./member-commands.tsx";
import { PageSection } from "./page-frame.tsx";
import type { OpenCommunity } from "./space-page.tsx";

const AddPeopleDialog = lazy(() =>
  import("./add-people-dialog.tsx").then((m) => ({ default: m.AddPeopleDialog })),
);

const FILTER_FROM = 8;

/** Who belongs to it: those who run it first, then members, then people from outside. */
export function MembersTab({ community }: { community: OpenCommunity }) {
  const { t } = useTranslation();
  const { view, canManage } = community;
  const { items, status } = useLiveQuery("communityMembers", { spaceId: view.space.id });
  const [typed, setTyped] = useState("");
  const [isAdding, setAdding] = useState(false);
  const onRove = useRoving();
  const shown = items.filter(({ person }) =>
    matchesWords(`${person?.displayName ?? ""} ${person?.jobTitle ?? ""} ${person?.service ?? ""}`, typed),
  );
  const canAdd = canManage && view.space.archivedAt === undefined;
  return (
    <PageSection
      title={t("spaces.members", { count: items.length })}
      action={
        canAdd ? (
          <Button onPress={() => setAdding(true)}>
            <UserPlus size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
            {t("community.members.add")}
          </Button>
        ) : null
      }
    >
      {items.length > FILTER_FROM ? (
        <SearchBox label={t("details.filter")} value={typed} onChange={setTyped} />
      ) : null}
      {items.length === 0 && status !== "ready" ? <SkeletonRows count={6} /> : null}
      {items.length === 0 && status === "ready" ? (
        <EmptyState>{t("community.members.unknown")}</EmptyState>
      ) : null}
      {items.length > 0 && shown.length === 0 ? <EmptyState>{t("community.members.none")}</EmptyState> : null}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows move between its buttons */}
      <ul className="plain-list" aria-label={t("community.function.members")} onKeyDown={onRove}>
        {shown.map((member, index) => (
          <li key={member.key}>
            <MemberLine member={member} community={community} isStop={index === 0} />
          </li>
        ))}
      </ul>
      {isAdding ? <AddPeopleDialog community={community} onClose={() => setAdding(false)} /> : null}
    </PageSection>
  );
}

interface MemberLineProps {
  member: CommunityMember;
  community: OpenCommunity;
  isStop: boolean;
}

function MemberLine({ member, community, isStop }: MemberLineProps) {
  const { t } = useTranslation();
  const { person, membership, presence, isMe } = member;
  const name = person?.displayName ?? t("person.unknown");
  const { commands, dialog } = useMemberCommands(member, community);
  const job = [person?.jobTitle, person?.service].filter((part) => part !== undefined).join(" · ");
  return (
    <div className="member-line">
      <button
        type="button"
        className="person-row"
        data-roving={name}
        tabIndex={isStop ? 0 : -1}
        onClick={() => useView.getState().openSide({ kind: "person", personId: membership.personId })}
      >
        <Avatar
          person={{ id: membership.personId, displayName: name, photo: person?.photo ?? null, presence }}
          hasPresence
        />
        <span className="person-row__words">
          <span className="person-row__name">{isMe ? t("person.youNamed", { name }) : name}</span>
          <span className="person-row__job">{job}</span>
        </span>
        <span className="visually-hidden">{t(`presence.${presence}`)}</span>
        <MemberTags member={member} />
      </button>
      {commands.length === 0 ? null : (
        <MenuButton
          label={t("community.members.commands", { name })}
          commands={commands}
          button={<IconButton icon={MoreHorizontal} label={t("community.members.commands", { name })} />}
        />
      )}
      {dialog}
    </div>
  );
}

function MemberTags({ member: { membership, person, pending } }: { member: CommunityMember }) {
  const { t } = useTranslation();
  const { role, expiresAt } = membership;
  const isFailed = pending?.status === "conflict" || pending?.status === "rejected";
  return (
    <span className="tags">
      {role === "animator" ? <span className="tag">{t("community.role.animator")}</span> : null}
      {role === "guest" || person?.isGuest === true ? (
        <span className="tag tag--wait">
          {t("guest.external")}
          {expiresAt === undefined ? null : (
            <>
              {" "}
              · {t("guest.until")} <TimeWord iso={expiresAt} form="day" />
            </>
          )}
        </span>
      ) : null}
      {person?.isDeactivated === true ? <span className="tag">{t("person.left")}</span> : null}
      {isFailed ? <span className="tag tag--loss">{t("community.notSaved")}</span> : null}
      {pending !== null && !isFailed ? <span className="tag">{t("outbox.status.waiting")}</span> : null}
    </span>
  );
}
