import { Hash, Plus } from "lucide-react";
import type { ConversationSummary } from "#contract/worker.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useRoving } from "#renderer/kit/use-roving.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { Button, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { Count, EmptyState } from "#renderer/ui/note.tsx";
import { wallId } from "#contract/ids.ts";
import { PageSection } from "./page-frame.tsx";
import type { OpenCommunity } from "./space-page.tsx";

/** The space's conversations, what waits in them, and the archived ones. */
export function ChannelsTab({ community: { view, canManage } }: { community: OpenCommunity }) {
  const { t } = useTranslation();
  const { space, role } = view;
  const wall = wallId(space.id);
  const { items, status } = useLiveQuery("conversations", {});
  const own = items.filter((item) => item.space?.id === space.id && item.conversationId !== wall);
  const byName = own.toSorted((a, b) => a.name.localeCompare(b.name));
  const open = byName.filter(({ isArchived }) => !isArchived);
  const archived = byName.filter(({ isArchived }) => isArchived);
  const canCreate = (canManage || role === "member") && space.archivedAt === undefined;
  const create = () =>
    useView.getState().openDialog({ kind: "createChannel", spaceId: space.id, spaceName: space.name });
  const button = (
    <Button onPress={create}>
      <Plus size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
      {t("community.newChannel")}
    </Button>
  );
  return (
    <>
      <PageSection title={t("community.function.channels")} action={canCreate ? button : null}>
        {open.length === 0 && status === "ready" ? (
          <EmptyState>{t("community.noChannels")}</EmptyState>
        ) : (
          <ChannelList channels={open} />
        )}
      </PageSection>
      {archived.length === 0 ? null : (
        <PageSection title={t("community.archivedChannels")} hint={t("community.archivedChannelsHint")}>
          <ChannelList channels={archived} />
        </PageSection>
      )}
    </>
  );
}

function ChannelList({ channels }: { channels: readonly ConversationSummary[] }) {
  const { t } = useTranslation();
  const onRove = useRoving({ hasTypeToFind: true });
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows move between its buttons
    <ul className="plain-list" onKeyDown={onRove}>
      {channels.map((channel, index) => (
        <li key={channel.key}>
          <button
            type="button"
            className="channel-row"
            data-roving={channel.name}
            tabIndex={index === 0 ? 0 : -1}
            onClick={() => useView.getState().openConversation(channel.conversationId)}
          >
            <Hash size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
            <span className="channel-row__words">
              <span className="channel-row__name">{channel.name}</span>
              {channel.topic === "" ? null : <span className="channel-row__topic">{channel.topic}</span>}
            </span>
            <Count
              value={channel.unread}
              isWaiting={channel.mentions > 0}
              label={t("community.unread", { count: channel.unread })}
            />
          </button>
        </li>
      ))}
    </ul>
  );
}
