import { Check, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { PersonView } from "#contract/worker.ts";
import { useRoving } from "#renderer/kit/use-roving.ts";
import { useLiveQuery, useSession } from "#renderer/kit/worker-context.tsx";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { SearchBox } from "#renderer/ui/search-box.tsx";
import { EmptyState } from "#renderer/ui/note.tsx";
import { GuestTag } from "#renderer/parts/person-marks.tsx";

const LIMIT = 50;

interface PeoplePickerProps {
  picked: readonly PersonView[];
  onPick: (picked: readonly PersonView[]) => void;
  /** Those who are there already. */
  except?: ReadonlySet<string>;
}

/** People of the directory, found by name and chosen with a click or Enter. */
export function PeoplePicker({ picked, onPick, except }: PeoplePickerProps) {
  const { t } = useTranslation();
  const me = useSession((session) => session.me?.id);
  const [typed, setTyped] = useState("");
  const { items, status } = useLiveQuery("people", { text: typed, limit: LIMIT });
  const onRove = useRoving();
  const isPicked = (view: PersonView) => picked.some(({ key }) => key === view.key);
  const toggle = (view: PersonView) =>
    onPick(isPicked(view) ? picked.filter(({ key }) => key !== view.key) : [...picked, view]);
  const offered = items.filter(
    ({ person }) => person.id !== me && person.isDeactivated !== true && except?.has(person.id) !== true,
  );
  return (
    <>
      <SearchBox label={t("newConversation.whom")} value={typed} onChange={setTyped} />
      <PickedPeople people={picked} onRemove={toggle} />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows move between its buttons */}
      <ul className="plain-list person-list person-list--pick" onKeyDown={onRove}>
        {offered.map((view, index) => (
          <li key={view.key}>
            <PickRow view={view} isStop={index === 0} isPicked={isPicked(view)} onToggle={toggle} />
          </li>
        ))}
      </ul>
      {offered.length === 0 && status === "ready" ? (
        <EmptyState>{t("newConversation.nobody")}</EmptyState>
      ) : null}
    </>
  );
}

function PickedPeople({
  people,
  onRemove,
}: {
  people: readonly PersonView[];
  onRemove: (view: PersonView) => void;
}) {
  const { t } = useTranslation();
  if (people.length === 0) return null;
  return (
    <ul className="plain-list picked" aria-label={t("newConversation.picked")}>
      {people.map((view) => (
        <li key={view.key}>
          <button
            type="button"
            className="picked__chip"
            aria-label={t("newConversation.remove", { name: view.person.displayName })}
            onClick={() => onRemove(view)}
          >
            {view.person.displayName}
            <X size={14} strokeWidth={ICON_STROKE} aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  );
}

interface PickRowProps {
  view: PersonView;
  isStop: boolean;
  isPicked: boolean;
  onToggle: (view: PersonView) => void;
}

function PickRow({ view, isStop, isPicked, onToggle }: PickRowProps) {
  const { person, presence } = view;
  return (
    <button
      type="button"
      className="person-row"
      aria-pressed={isPicked}
      data-roving={person.displayName}
      tabIndex={isStop ? 0 : -1}
      onClick={() => onToggle(view)}
    >
      <Avatar person={{ ...person, photo: person.photo ?? null, presence }} hasPresence />
      <span className="person-row__words">
        <span className="person-row__name">
          {person.displayName} <GuestTag person={person} />
        </span>
        <span className="person-row__job">
          {[person.jobTitle, person.service].filter((part) => part !== undefined).join(" · ")}
        </span>
      </span>
      {isPicked ? <Check size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden /> : null}
    </button>
  );
}
