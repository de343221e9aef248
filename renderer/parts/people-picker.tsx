import { Check, X } from "lucide-react";
import { useRef, useState, type KeyboardEvent } from "react";
import type { PersonId } from "#contract/ids.ts";
import type { PersonView } from "#contract/worker.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useRoving } from "#renderer/kit/use-roving.ts";
import { useLiveQuery, useWorker } from "#renderer/kit/worker-context.tsx";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { SearchBox } from "#renderer/ui/search-box.tsx";
import { EmptyState } from "#renderer/ui/note.tsx";
import "./people-picker.css";

export interface Picked {
  id: PersonId;
  name: string;
}

interface PeoplePickerProps {
  picked: readonly Picked[];
  onChange: (picked: readonly Picked[]) => void;
  /** Not offered: those who are there already. */
  without?: ReadonlySet<string>;
  hasGuests?: boolean;
}

const SHOWN = 30;

/** People found by their name, job or service and gathered above the list. */
export function PeoplePicker({ picked, onChange, without, hasGuests = false }: PeoplePickerProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const worker = useWorker();
  const asked = { text: typed, limit: SHOWN + picked.length };
  const { items, status } = useLiveQuery("people", asked);
  const onRove = useRoving();
  const list = useRef<HTMLUListElement>(null);
  const isOffered = ({ person }: PersonView) =>
    without?.has(person.id) !== true && (hasGuests || person.isGuest !== true);
  const found = items.filter(isOffered);
  const toggle = ({ person }: PersonView) => {
    const rest = picked.filter(({ id }) => id !== person.id);
    const isPicked = rest.length < picked.length;
    onChange(isPicked ? rest : [...rest, { id: person.id, name: person.displayName }]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const first = list.current?.querySelector<HTMLElement>("[data-roving]");
    if (event.key === "ArrowDown") first?.focus();
    if (event.key !== "Enter") return;
    // The form around it is not sent while one looks for people.
    event.preventDefault();
    void pickFirst();
  };
  /** Of what the words that are typed now find: whoever types fast does not have to wait for the list. */
  const pickFirst = async () => {
    const [first] =
      status === "loading" ? (await worker.once("people", asked)).items.filter(isOffered) : found;
    if (first !== undefined) toggle(first);
    setTyped((now) => (now === asked.text ? "" : now));
  };
  return (
    <>
      <PickedChips picked={picked} onChange={onChange} />
      <SearchBox
        label={t("newConversation.searchPerson")}
        value={typed}
        onChange={setTyped}
        onKeyDown={onKeyDown}
      />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows move between its buttons */}
      <ul ref={list} className="plain-list pick-list" aria-label={t("switcher.results")} onKeyDown={onRove}>
        {found.map((view, index) => (
          <li key={view.key}>
            <PickRow
              view={view}
              isStop={index === 0}
              isPicked={picked.some(({ id }) => id === view.person.id)}
              onToggle={toggle}
            />
          </li>
        ))}
      </ul>
      {found.length === 0 && status === "ready" ? (
        <EmptyState>{t("newConversation.nobody")}</EmptyState>
      ) : null}
    </>
  );
}

function PickedChips({ picked, onChange }: Pick<PeoplePickerProps, "picked" | "onChange">) {
  const { t } = useTranslation();
  if (picked.length === 0) return null;
  return (
    <ul className="plain-list chips" aria-label={t("newConversation.picked")}>
      {picked.map(({ id, name }) => (
        <li key={id}>
          <button
            type="button"
            className="chip"
            aria-label={t("newConversation.remove", { name })}
            onClick={() => onChange(picked.filter((each) => each.id !== id))}
          >
            {name}
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
        <span className="person-row__name">{person.displayName}</span>
        <span className="person-row__job">
          {[person.jobTitle, person.service].filter((part) => part !== undefined).join(" · ")}
        </span>
      </span>
      {isPicked ? <Check size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden /> : null}
    </button>
  );
}
