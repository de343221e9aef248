import { Mail, Users } from "lucide-react";
import { useId, useState, type KeyboardEvent } from "react";
import { DIRECTORY } from "#contract/scope.ts";
import { useTranslation, type Spoken } from "#renderer/kit/i18n.ts";
import { useLiveQuery, useSession, useWorker } from "#renderer/kit/worker-context.tsx";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { SearchBox } from "#renderer/ui/search-box.tsx";
import type { DraftAttendee } from "./draft-people.ts";
import { groupOffersOf, guestsFrom, peopleOf, type GroupOffer } from "./group-offers.ts";
import { guestsOf, isAmong, offersOf, shownAddress, type Offer } from "./guest-offers.ts";
import { searchedWords, typedAddresses } from "./typed-addresses.ts";

const SHOWN = 6;

interface GuestSearchProps {
  guests: readonly DraftAttendee[];
  onAdd: (guests: readonly DraftAttendee[]) => void;
}

/** A field whose list stays under it (combobox of the ARIA patterns): arrows choose, Enter invites, Escape empties. */
export function GuestSearch({ guests, onAdd }: GuestSearchProps) {
  const { t } = useTranslation();
  const id = useId();
  const worker = useWorker();
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState(0);
  const asked = { text: searchedWords(typed), limit: SHOWN + guests.length };
  const { items, status } = useLiveQuery("people", asked);
  const me = useSession((session) => session.me?.id);
  const { items: spaces } = useLiveQuery("spaces", {});
  const { items: groups } = useLiveQuery("groupsOf", { scope: DIRECTORY });
  const many = groupOffersOf(typed, spaces, groups);
  const offers = [...offersOf(typed, items, guests).slice(0, SHOWN - many.length), ...many];
  const [added, setAdded] = useState<Added | null>(null);
  const at = Math.min(active, Math.max(0, offers.length - 1));
  const write = (text: string) => {
    setTyped(text);
    setActive(0);
    setAdded(null);
  };
  const addMany = async (offer: GroupOffer) => {
    if (me === undefined) return;
    const found = guestsFrom(await peopleOf(worker, offer), { guests, me });
    write("");
    setAdded({ name: offer.name, count: found.guests.length, withoutAddress: found.withoutAddress });
    onAdd(found.guests);
  };
  const add = (offer: Offer | GroupOffer | undefined) => {
    if (offer === undefined) return;
    if (offer.kind === "group") {
      void addMany(offer);
      return;
    }
    const one = guestsOf(offer);
    if (one === undefined) return;
    write("");
    onAdd(one);
  };
  /** Whoever types fast does not have to wait for the list. */
  const addActive = async () => {
    if (status === "ready") {
      add(offers[at]);
      return;
    }
    const found = await worker.once("people", asked);
    add([...offersOf(typed, found.items, guests).slice(0, SHOWN - many.length), ...many][at]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (typed.trim() === "") return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : offers.length - 1;
      setActive(offers.length === 0 ? 0 : (at + step) % offers.length);
    } else if (event.key === "Escape") write("");
    else if (event.key === "Enter") void addActive();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const isOpen = typed.trim() !== "";
  const isNobody = isOpen && offers.length === 0 && status === "ready";
  return (
    <div className="draft-form__search">
      <SearchBox
        label={t("eventForm.guests.find")}
        value={typed}
        onChange={write}
        onKeyDown={onKeyDown}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={isOpen && offers.length > 0}
        aria-controls={`${id}-list`}
        aria-describedby={`${id}-said`}
        {...(offers.length > 0 ? { "aria-activedescendant": `${id}-${at}` } : {})}
      />
      <p id={`${id}-said`} className={saidClass(isNobody, added)} role="status">
        {isNobody
          ? nobodyWords(typed, guests, t)
          : isOpen
            ? t("eventForm.guests.count", { count: offers.length })
            : addedWords(added, t)}
      </p>
      <div
        id={`${id}-list`}
        className="draft-form__offers"
        role="listbox"
        aria-label={t("eventForm.guests.found")}
        hidden={offers.length === 0}
      >
        {offers.map((offer, index) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are those of the field above
          <div
            key={offer.key}
            id={`${id}-${index}`}
            className="draft-form__offer"
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            aria-disabled={offer.kind !== "group" && guestsOf(offer) === undefined}
            // The field keeps the focus.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => add(offer)}
          >
            <OfferWords offer={offer} />
          </div>
        ))}
      </div>
    </div>
  );
}

/** A group that was taken in: what became of it. */
interface Added {
  readonly name: string;
  readonly count: number;
  readonly withoutAddress: number;
}

function saidClass(isNobody: boolean, added: Added | null): string {
  if (isNobody) return "draft-form__fault";
  return added === null ? "visually-hidden" : "field__hint";
}

function addedWords(added: Added | null, t: Spoken["t"]): string {
  if (added === null) return "";
  const { count, name, withoutAddress } = added;
  const invited = t("eventForm.guests.groupAdded", { count, name });
  if (withoutAddress === 0) return invited;
  return `${invited} ${t("eventForm.guests.groupWithout", { count: withoutAddress })}`;
}

function nobodyWords(typed: string, guests: readonly DraftAttendee[], t: Spoken["t"]): string {
  const there = typedAddresses(typed)?.find(({ email }) => isAmong(guests, email));
  if (there === undefined) return t("eventForm.guests.notFound");
  return t("eventForm.guests.already", { name: there.name ?? there.email });
}

function OfferWords({ offer }: { offer: Offer | GroupOffer }) {
  const { t } = useTranslation();
  if (offer.kind === "group") {
    return (
      <>
        <Users size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
        <span className="draft-form__name">
          {offer.name}
          <span className="field__hint">
            {offer.members === null
              ? t("eventForm.guests.inviteAll")
              : t("eventForm.guests.inviteMembers", { count: offer.members })}
          </span>
        </span>
      </>
    );
  }
  if (offer.kind === "addresses") {
    const address = offer.guests.map(shownAddress).join(", ");
    return (
      <>
        <Mail size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
        <span className="draft-form__name">{t("eventForm.guests.addAddress", { address })}</span>
      </>
    );
  }
  const { person } = offer.view;
  return (
    <>
      <Avatar person={{ ...person, photo: person.photo ?? null }} size="small" />
      <span className="draft-form__name">
        {person.displayName}
        <span className="field__hint">
          {offer.email === undefined
            ? t("eventForm.guests.noAddress")
            : [person.jobTitle, person.service].filter((part) => part !== undefined).join(" · ")}
        </span>
      </span>
    </>
  );
}
