import { LogOut } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { ConversationId } from "#contract/ids.ts";
import type { ConversationSummary, PersonView } from "#contract/worker.ts";
import { matchesWords } from "#renderer/kit/text-words.ts";
import { useRoving } from "#renderer/kit/use-roving.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { Button, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { SearchBox } from "#renderer/ui/search-box.tsx";
import { GuestTag, StatusEmoji } from "#renderer/parts/person-marks.tsx";
import { useConversationCommands } from "./use-conversation-commands.ts";
import { SideHead } from "./side-head.tsx";
import { useCommands, useReportProblem } from "#renderer/parts/use-commands.ts";

const FILTER_FROM = 8;

/** What a conversation is about and who is in it. */
export function DetailsView({ conversationId }: { conversationId: ConversationId }) {
  const { t } = useTranslation();
  const { info } = useLiveQuery("conversation", { conversationId });
  const { items } = useLiveQuery("members", { conversationId });
  const [typed, setTyped] = useState("");
  const shown = items.filter(({ person }) =>
    matchesWords(`${person.displayName} ${person.jobTitle ?? ""} ${person.service ?? ""}`, typed),
  );
  const space = info?.summary?.space ?? null;
  const topic = info?.summary?.topic ?? "";
  return (
    <>
      <SideHead title={t("details.heading")} {...(space === null ? {} : { subtitle: space.name })} />
      <div className="side-body">
        {topic === "" ? null : <p>{topic}</p>}
        {info?.summary === undefined || info.summary === null ? null : <KeepButtons summary={info.summary} />}
        <h3>{t("details.members", { count: info?.memberCount ?? items.length })}</h3>
        {items.length > FILTER_FROM ? (
          <SearchBox label={t("details.filter")} value={typed} onChange={setTyped} />
        ) : null}
        <PersonList people={shown} />
        {space === null || info?.role === null ? null : <LeaveSpace space={space} />}
      </div>
    </>
  );
}

const KEPT = new Set(["rename", "people", "channel", "archive", "leave"]);

/** What its menu says about the conversation itself. */
function KeepButtons({ summary }: { summary: ConversationSummary }) {
  const commands = useConversationCommands(summary)().filter(({ id }) => KEPT.has(id));
  if (commands.length === 0) return null;
  return (
    <div className="note__actions">
      {commands.map(({ id, label, icon: Icon, run }) => (
        <Button key={id} onPress={run}>
          <Icon size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
          {label}
        </Button>
      ))}
    </div>
  );
}

function LeaveSpace({
  space,
}: {
  space: { id: Parameters<ReturnType<typeof useCommands>["leaveSpace"]>[0]; name: string };
}) {
  const { t } = useTranslation();
  const commands = useCommands();
  const report = useReportProblem();
  const leave = () => {
    void commands.leaveSpace(space.id).then((result) => {
      if (result.ok) useView.getState().closeSide();
      else report(result.error);
    });
  };
  return (
    <div>
      <Button onPress={leave}>
        <LogOut size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
        {t("spaces.leaveNamed", { name: space.name })}
      </Button>
    </div>
  );
}

function PersonList({ people }: { people: readonly PersonView[] }) {
  const onRove = useRoving({ hasTypeToFind: true });
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows move between its buttons
    <ul className="plain-list person-list" onKeyDown={onRove}>
      {people.map((view, index) => (
        <li key={view.key}>
          <PersonRow view={view} isStop={index === 0} />
        </li>
      ))}
    </ul>
  );
}

function PersonRow({ view, isStop }: { view: PersonView; isStop: boolean }) {
  const { t } = useTranslation();
  const { person, presence } = view;
  const open = () => useView.getState().openSide({ kind: "person", personId: person.id });
  return (
    <button
      type="button"
      className="person-row"
      data-roving={person.displayName}
      tabIndex={isStop ? 0 : -1}
      onClick={open}
    >
      <Avatar person={{ ...person, photo: person.photo ?? null, presence }} hasPresence />
      <span className="person-row__words">
        <span className="person-row__name">
          {person.displayName} <StatusEmoji emoji={view.status?.emoji ?? ""} /> <GuestTag person={person} />
          {view.role === "animator" ? <span className="tag">{t("details.animator")}</span> : null}
        </span>
        <span className="person-row__job">{person.jobTitle ?? person.service ?? ""}</span>
      </span>
      <span className="visually-hidden">{t(`presence.${presence}`)}</span>
    </button>
  );
}
