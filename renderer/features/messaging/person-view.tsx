import { BriefcaseBusiness, MessageCircle, Monitor } from "lucide-react";
import { lazy, Suspense, useState, type ReactNode } from "react";
import type { Person } from "#contract/entities/person.ts";
import { toIsoTime } from "#contract/time.ts";
import { isWorking, nextWorkingMs } from "#contract/working-hours.ts";
import { useDateWords, useTranslation, withWords } from "#renderer/kit/i18n.ts";
import type { PersonId } from "#contract/ids.ts";
import type { PersonView } from "#contract/worker.ts";
import { useOpenExternal } from "#renderer/kit/host-context.tsx";
import { useNow } from "#renderer/kit/use-now.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery, useSession } from "#renderer/kit/worker-context.tsx";
import { Avatar, PresenceDot } from "#renderer/ui/avatar.tsx";
import { Button, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { EmptyState } from "#renderer/ui/note.tsx";
import { HoursWords } from "./hours-words.tsx";
import { SideHead } from "./side-head.tsx";
import type { Later } from "#renderer/parts/message-commands.ts";
import { useHoursOf } from "#renderer/parts/use-hours-of.ts";
import { useOpenDirect } from "#renderer/parts/use-open-direct.ts";

const PersonDevices = lazy(() =>
  withWords(["desktop"], () => import("./person-devices.tsx")).then((m) => ({ default: m.PersonDevices })),
);

/** Who someone is, as on their door and in the directory. */
export function PersonPane({ personId }: { personId: PersonId }) {
  const { t } = useTranslation();
  const { status, info } = useLiveQuery("person", { personId });
  const view = info?.view ?? null;
  return (
    <>
      <SideHead title={t("person.profile")} />
      <div className="side-body">
        {view === null && status === "ready" ? <EmptyState>{t("person.unknownLong")}</EmptyState> : null}
        {view === null ? null : <ProfileCard view={view} />}
      </div>
    </>
  );
}

export function ProfileCard({ view }: { view: PersonView }) {
  const { t } = useTranslation();
  const openDirect = useOpenDirect();
  const openExternal = useOpenExternal();
  const dates = useDateWords();
  const { person, presence } = view;
  const facts = [
    { name: t("person.service"), value: person.service },
    { name: t("person.organisation"), value: person.organisation },
    { name: t("person.phone"), value: person.phone },
  ].filter(({ value }) => value !== undefined && value !== "");
  const write = (later?: Later) => {
    if (useView.getState().pane === "side") useView.getState().closeSide();
    openDirect([person.id], later === undefined ? {} : { later });
  };
  return (
    <div className="profile">
      <Avatar person={{ ...person, photo: person.photo ?? null }} size="large" />
      <div>
        <h3 className="profile__name">{person.displayName}</h3>
        {person.jobTitle === undefined ? null : <p>{person.jobTitle}</p>}
      </div>
      <span className="profile__presence">
        <PresenceDot presence={presence} />
        {t(`presence.${presence}`)}
      </span>
      {view.status === null ? null : (
        <p className="profile__status">
          {view.status.emoji} {view.status.text}
          {view.status.expiresAt === undefined ? null : (
            <span className="profile__until">
              {t("availability.statusEnds", { when: dates.full(view.status.expiresAt) })}
            </span>
          )}
        </p>
      )}
      <HoursWords person={person} />
      {person.isGuest === true ? <span className="tag">{t("person.guestLong")}</span> : null}
      {person.isDeactivated === true ? <span className="tag">{t("person.left")}</span> : null}
      <dl className="profile__facts">
        {facts.map((fact) => (
          <Fact key={fact.name} name={fact.name}>
            {fact.value}
          </Fact>
        ))}
        {person.email === undefined ? null : (
          <Fact name={t("person.email")}>
            <Button tone="link" onPress={() => openExternal(`mailto:${person.email ?? ""}`)}>
              {person.email}
            </Button>
          </Fact>
        )}
      </dl>
      <div className="profile__write">
        <Button tone="primary" onPress={() => write()}>
          <MessageCircle size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
          {t("person.write")}
        </Button>
        <WriteForHours person={person} onWrite={write} />
        <DevicesButton person={person} />
      </div>
    </div>
  );
}

/** Offered while they do not work: what is written waits until they do. */
function WriteForHours({ person, onWrite }: { person: Person; onWrite: (later: Later) => void }) {
  const { t } = useTranslation();
  const hours = useHoursOf(person);
  const nowMs = useNow();
  const nextMs = hours === null || isWorking(hours, nowMs) ? null : nextWorkingMs(hours, nowMs);
  if (nextMs === null || person.isDeactivated === true) return null;
  return (
    <Button onPress={() => onWrite({ sendAt: toIsoTime(nextMs), isDuringWorkingHours: true })}>
      <BriefcaseBusiness size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
      {t("person.writeForHours")}
    </Button>
  );
}

/** For administrators: where they are signed in, should a machine be lost. */
function DevicesButton({ person }: { person: Person }) {
  const { t } = useTranslation();
  const isAdministrator = useSession((session) => session.me?.roles?.includes("administrator") ?? false);
  const [isOpen, setOpen] = useState(false);
  if (!isAdministrator) return null;
  return (
    <>
      <Button onPress={() => setOpen(true)}>
        <Monitor size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
        {t("person.devices")}
      </Button>
      {isOpen ? (
        <Suspense fallback={null}>
          <PersonDevices person={person} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
