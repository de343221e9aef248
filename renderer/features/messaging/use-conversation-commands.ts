import {
  Archive,
  ArchiveRestore,
  Bell,
  BellOff,
  CalendarSearch,
  Folder,
  FolderInput,
  FolderMinus,
  FolderPlus,
  Info,
  Link,
  LogOut,
  MailOpen,
  Pencil,
  Pin,
  Star,
  StarOff,
  UserPlus,
  Volume2,
} from "lucide-react";
import { formatLink } from "#contract/links.ts";
import type { IsoTime } from "#contract/time.ts";
import type { ConversationSummary } from "#contract/worker.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useView, type Side } from "#renderer/kit/view-store.ts";
import { useLiveQuery, useSession } from "#renderer/kit/worker-context.tsx";
import { useCommands } from "#renderer/parts/use-commands.ts";
import { useDetach } from "#renderer/parts/use-detach.ts";
import { useWriter } from "#renderer/parts/use-writer.ts";
import { submenu, type Command } from "#renderer/ui/menu.tsx";
import { useAsk } from "./ask-store.ts";
import { inMinutes, tomorrowMorning } from "#renderer/kit/wall-clock.ts";
import { linkToShare } from "#renderer/kit/workplace-address.ts";
import { canKeepChannels } from "./conversation-words.ts";
import { useSections } from "./use-sections.ts";
import { useSettle } from "#renderer/parts/use-settle.ts";

const HOUR_MINUTES = 60;
const LEVELS = ["all", "mentions", "none"] as const;

/**
 * What can be done with one conversation: the same list in its head and in the list of conversations. Mounted only while a
 * menu is wanted.
 * @param onJump opens it at a day; only where it is open
 */
export function useConversationCommands(summary: ConversationSummary, onJump?: () => void): () => Command[] {
  const { t } = useTranslation();
  const commands = useCommands();
  const settle = useSettle();
  const place = useMutingCommands(summary);
  const move = useMoveCommands(summary);
  const keep = useKeepingCommands(summary);
  const { conversationId, unread, lastMessage } = summary;
  const show = (side: Side) => {
    if (useView.getState().conversationId !== conversationId || useView.getState().path.length > 0) {
      useView.getState().openConversation(conversationId);
    }
    useView.getState().openSide(side);
  };
  const detach = useDetach();
  const copyLink = () => {
    void navigator.clipboard.writeText(linkToShare({ kind: "conversation", conversationId }));
    useToasts.getState().show({ tone: "plain", text: t("action.copied") });
  };
  return () => {
    const list: (Command | false)[] = [
      unread > 0 &&
        lastMessage !== null && {
          id: "read",
          label: t("conversation.markRead"),
          icon: MailOpen,
          run: () => void settle(commands.markRead(conversationId, lastMessage.sentAt)),
        },
      onJump !== undefined && { id: "jump", label: t("jump.title"), icon: CalendarSearch, run: onJump },
      { id: "pins", label: t("pins.title"), icon: Pin, run: () => show({ kind: "pins" }) },
      { id: "details", label: t("details.heading"), icon: Info, run: () => show({ kind: "details" }) },
      { id: "link", label: t("conversationMenu.copyLink"), icon: Link, run: copyLink },
      ...detach(formatLink({ kind: "conversation", conversationId })),
      {
        id: "favourite",
        label: summary.isFavourite ? t("conversationMenu.unfavourite") : t("conversationMenu.favourite"),
        icon: summary.isFavourite ? StarOff : Star,
        run: () => void settle(commands.setPlace(conversationId, { isFavourite: !summary.isFavourite })),
        isApart: true,
      },
      submenu({ id: "section", label: t("conversationMenu.move"), icon: FolderInput }, move()),
      ...place(),
      ...keep(),
    ];
    return list.filter((command) => command !== false);
  };
}

/** Silence, and what of it comes into the inbox. */
function useMutingCommands(summary: ConversationSummary): () => Command[] {
  const { t } = useTranslation();
  const commands = useCommands();
  const settle = useSettle();
  const level = useNoticeLevel(summary);
  const { conversationId, isMuted } = summary;
  const set = (changes: Parameters<typeof commands.setPlace>[1]) =>
    void settle(commands.setPlace(conversationId, changes));
  return () => {
    const nowMs = Date.now();
    const mute = (id: "hour" | "tomorrow" | "ever", mutedUntil: IsoTime | null): Command => ({
      id,
      label: t(`conversationMenu.muteFor.${id}`),
      icon: BellOff,
      run: () => set({ isMuted: true, mutedUntil }),
    });
    const unmute: Command = {
      id: "unmute",
      label: t("conversationMenu.unmute"),
      icon: Volume2,
      run: () => set({ isMuted: false, mutedUntil: null }),
    };
    const times = [
      mute("hour", inMinutes(nowMs, HOUR_MINUTES)),
      mute("tomorrow", tomorrowMorning(nowMs)),
      mute("ever", null),
    ];
    const levels = LEVELS.map((each) => ({
      id: each,
      label: t(`conversationMenu.level.${each}`),
      icon: Bell,
      isOn: level === each,
      run: () => set({ notify: each }),
    }));
    return [
      isMuted ? unmute : submenu({ id: "mute", label: t("conversationMenu.mute"), icon: BellOff }, times),
      submenu({ id: "notify", label: t("conversationMenu.notify"), icon: Bell }, levels),
    ];
  };
}

/** What the person chose for this conversation, what they chose for its space, otherwise what is usual. */
function useNoticeLevel({ conversationId, kind, space }: ConversationSummary): (typeof LEVELS)[number] {
  const { items } = useLiveQuery("placeSettings", {});
  const of = (id: string | undefined) => items.find(({ key }) => key === id)?.setting.notify;
  return of(conversationId) ?? of(space?.id) ?? (kind === "channel" ? "mentions" : "all");
}

/** Into one of one's own sections, a new one, or none. */
function useMoveCommands({ conversationId, sectionId }: ConversationSummary): () => Command[] {
  const { t } = useTranslation();
  const commands = useCommands();
  const settle = useSettle();
  const { sections, create } = useSections();
  const move = (to: typeof sectionId) => void settle(commands.setPlace(conversationId, { sectionId: to }));
  return () => [
    ...sections.map((section) => ({
      id: section.id,
      label: section.name,
      icon: Folder,
      isOn: section.id === sectionId,
      run: () => move(section.id),
    })),
    {
      id: "none",
      label: t("sections.none"),
      icon: FolderMinus,
      isOn: sectionId === null,
      run: () => move(null),
    },
    {
      id: "new",
      label: t("sections.create"),
      icon: FolderPlus,
      isApart: true,
      run: () => create((id) => move(id)),
    },
  ];
}

/** What changes the conversation itself: of a group for its people, of a channel for those who animate its space. */
function useKeepingCommands(summary: ConversationSummary): () => Command[] {
  const { t } = useTranslation();
  const { write } = useWriter();
  const me = useSession((session) => session.me);
  const { items: spaces } = useLiveQuery("spaces", {});
  const { conversationId: id, kind, scope, space, name, isArchived } = summary;
  const isAdministrator = me?.roles?.includes("administrator") ?? false;
  const inSpace = spaces.find((item) => item.space.id === space?.id);
  const openAsk = useAsk((state) => state.open);
  const rename = () =>
    openAsk({
      kind: "text",
      title: t("conversationMenu.rename"),
      label: t("conversationMenu.groupName"),
      value: name,
      maxLength: 200,
      isOptional: true,
      onSave: (text) => void write("conversation.update", scope, { id, name: text }),
    });
  const leave = async () => {
    if (me === null || !(await write("conversation.update", scope, { id, removeIds: [me.id] }))) return;
    useView.getState().closeSide();
    useView.getState().showPane("list");
  };
  const group: Command[] = [
    { id: "rename", label: t("conversationMenu.rename"), icon: Pencil, run: rename, isApart: true },
    {
      id: "people",
      label: t("groupPeople.title"),
      icon: UserPlus,
      run: () => openAsk({ kind: "addPeople", summary }),
    },
    {
      id: "leave",
      label: t("conversationMenu.leave"),
      icon: LogOut,
      run: () => void leave(),
      isDanger: true,
      isApart: true,
    },
  ];
  const archive = () => {
    if (space === null) return;
    void write("channel.archive", scope, { id, spaceId: space.id, isArchived: !isArchived });
  };
  const channel: Command[] = [
    {
      id: "channel",
      label: t("conversationMenu.editChannel"),
      icon: Pencil,
      run: () => openAsk({ kind: "channel", summary }),
      isApart: true,
    },
    {
      id: "archive",
      label: isArchived ? t("conversationMenu.restore") : t("conversationMenu.archive"),
      icon: isArchived ? ArchiveRestore : Archive,
      run: archive,
    },
  ];
  return () => {
    if (kind === "group") return group;
    const canKeep = inSpace !== undefined && canKeepChannels(inSpace, isAdministrator);
    return kind === "channel" && canKeep ? channel : [];
  };
}
