import { LogOut } from "lucide-react";
import { useState } from "react";
import { formatLink } from "#contract/links.ts";
import { spaceScope } from "#contract/scope.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useDetach } from "#renderer/parts/use-detach.ts";
import { useWriter } from "#renderer/parts/use-writer.ts";
import { EmojiAvatar, useBlobUrl } from "#renderer/ui/avatar.tsx";
import { Button, IconButton, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { ConfirmDialog } from "#renderer/ui/confirm-dialog.tsx";
import { communityFacts } from "./community-words.ts";
import { JoinControl } from "./join-control.tsx";
import type { OpenCommunity } from "./space-page.tsx";
import { StandingTags } from "./standing-tags.tsx";

/** Cover, name, and what is to be known at a glance. */
export function SpaceHeader({ community }: { community: OpenCommunity }) {
  const { t } = useTranslation();
  const detach = useDetach();
  const { view } = community;
  const { space, role } = view;
  return (
    <div className="space-head">
      {space.cover === undefined ? null : <Cover key={space.cover} blobId={space.cover} />}
      <div className="space-head__body">
        <EmojiAvatar emoji={space.emoji ?? "•"} size="medium" />
        <div className="space-head__words">
          <h2 className="space-head__name">{space.name}</h2>
          {space.summary === undefined ? null : <p>{space.summary}</p>}
          <p className="card-row__facts">{communityFacts(t, view)}</p>
          <StandingTags item={view} />
        </div>
        <div className="space-head__actions">
          <JoinControl item={view} isOnPage />
          {role === null ? null : <LeaveButton community={community} />}
          {detach(formatLink({ kind: "space", spaceId: space.id })).map(({ id, icon, label, run }) => (
            <IconButton key={id} icon={icon} label={label} onPress={run} />
          ))}
        </div>
      </div>
    </div>
  );
}

function Cover({ blobId }: { blobId: string }) {
  const blobUrl = useBlobUrl();
  const [isBroken, setBroken] = useState(false);
  if (isBroken) return null;
  // The name of the space stands below: the picture says nothing more.
  return <img className="space-head__cover" src={blobUrl(blobId)} alt="" onError={() => setBroken(true)} />;
}

function LeaveButton({ community: { view, animators } }: { community: OpenCommunity }) {
  const { t } = useTranslation();
  const { write } = useWriter();
  const [isAsked, setAsked] = useState(false);
  const { space, role } = view;
  const isLastAnimator = role === "animator" && animators.length === 1;
  const leave = async () => {
    const isKept = await write("space.leave", spaceScope(space.id), { spaceId: space.id });
    if (isKept) useView.getState().go("communities");
  };
  return (
    <>
      <Button tone="quiet" onPress={() => setAsked(true)}>
        <LogOut size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
        {t("spaces.leave")}
      </Button>
      {isAsked ? (
        <ConfirmDialog
          title={t("community.leave.title", { name: space.name })}
          action={t("spaces.leave")}
          isDisabled={isLastAnimator}
          onClose={() => setAsked(false)}
          onConfirm={() => void leave()}
        >
          <p>
            {isLastAnimator ? t("community.leave.lastAnimator") : t(`community.leave.${space.visibility}`)}
          </p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}
