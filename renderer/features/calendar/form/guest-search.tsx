import { Mail } from "lucide-react";
import { useId, useState, type KeyboardEvent } from "react";
import { useTranslation, type Spoken } from "#renderer/kit/i18n.ts";
import { useLiveQuery, useWorker } from "#renderer/kit/worker-context.tsx";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { SearchBox } from "#renderer/ui/search-box.tsx";
import type { DraftAttendee } from "./draft-people.ts";
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
  const offers = offersOf(typed, items, guests).slice(0, SHOWN);
  const at = Math.min(active, Math.max(0, offers.length - 1));
  const write = (text: string) => {
    setTyped(text);
    setActive(0);
  };
  const add = (offer: Offer | undefined) => {
    const added = offer === undefined ? undefined : guestsOf(offer);
    if (added === undefined) return;
    write("");
    onAdd(added);
  };
  /** Whoever types fast does not have to wait for the list. */
  const addActive = async () => {
    if (status === "ready") {
      add(offers[at]);
      return;
    }
    const found = await worker.once("people", asked);
    add(offersOf(typed, found.items, guests)[at]);
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
      <p id={`${id}-said`} className={isNobody ? "draft-form__fault" : "visually-hidden"} role="status">
        {isNobody
          ? nobodyWords(typed, guests, t)
          : isOpen
            ? t("eventForm.guests.count", { count: offers.length })
            : ""}
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
            aria-disabled={guestsOf(offer) === undefined}
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

function nobodyWords(typed: string, guests: readonly DraftAttendee[], t: Spoken["t"]): string {
  const there = typedAddresses(typed)?.find(({ email }) => isAmong(guests, email));
  if (there === undefined) return t("eventForm.guests.notFound");
  return t("eventForm.guests.already", { name: there.name ?? there.email });
}

function OfferWords({ offer }: { offer: Offer }) {
  const { t } = useTranslation();
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
