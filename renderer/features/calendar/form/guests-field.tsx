import { Mail, X } from "lucide-react";
import { useId, useState, type KeyboardEvent } from "react";
import { foldAddress } from "#contract/icalendar/people.ts";
import type { PersonView } from "#contract/worker.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useLiveQuery, useWorker } from "#renderer/kit/worker-context.tsx";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { ICON_SIZE, ICON_STROKE, IconButton } from "#renderer/ui/button.tsx";
import { FieldGroup } from "#renderer/ui/form.tsx";
import { SearchBox } from "#renderer/ui/search-box.tsx";
import type { DraftAttendee } from "./draft-people.ts";
import type { DraftFieldProps } from "./title-field.tsx";
import { searchedWords, typedAddresses, type TypedAddress } from "./typed-addresses.ts";

const SHOWN = 6;

type Offer =
  | {
      readonly kind: "person";
      readonly key: string;
      readonly view: PersonView;
      readonly email: string | undefined;
    }
  | { readonly kind: "addresses"; readonly key: string; readonly guests: readonly DraftAttendee[] };

function shownAddress({ address }: Pick<DraftAttendee, "address">): string {
  return address.replace(/^mailto:/i, "");
}

function nameOf(guest: DraftAttendee): string {
  return guest.name ?? shownAddress(guest);
}

function isAmong(guests: readonly DraftAttendee[], address: string): boolean {
  return guests.some((guest) => foldAddress(guest.address) === foldAddress(address));
}

function isSameEmail(one: string, other: string | undefined): boolean {
  return other !== undefined && foldAddress(one) === foldAddress(other);
}

function outsider({ email, name }: TypedAddress): DraftAttendee {
  return { address: `mailto:${email}`, ...(name === undefined ? {} : { name }), isOptional: false };
}

/** Those typed as addresses first, then whom the words find; without who is invited already. */
function offersOf(typed: string, found: readonly PersonView[], guests: readonly DraftAttendee[]): Offer[] {
  if (typed.trim() === "") return [];
  const addresses = typedAddresses(typed);
  // Of an address, only those whose it is.
  const meant = found.filter(
    ({ person }) =>
      addresses === undefined || addresses.some((each) => isSameEmail(each.email, person.email)),
  );
  const people = meant.map((view): Offer => ({
    kind: "person",
    key: view.person.id,
    view,
    email: view.person.email,
  }));
  const outside = (addresses ?? []).filter(
    ({ email }) => !isAmong(guests, email) && !meant.some(({ person }) => isSameEmail(email, person.email)),
  );
  const isNew = (offer: Offer) =>
    offer.kind !== "person" || offer.email === undefined || !isAmong(guests, offer.email);
  if (outside.length === 0) return people.filter(isNew);
  const asked = outside.map(outsider);
  return [{ kind: "addresses", key: "addresses", guests: asked }, ...people.filter(isNew)];
}

/** Undefined for whoever has no address to be invited at. */
function guestsOf(offer: Offer): readonly DraftAttendee[] | undefined {
  if (offer.kind === "addresses") return offer.guests;
  if (offer.email === undefined) return undefined;
  const { id, displayName } = offer.view.person;
  return [{ address: `mailto:${offer.email}`, name: displayName, personId: id, isOptional: false }];
}

/** People of the workplace, found by name, and others by their e-mail address. */
export function GuestsField({ draft, onChange }: DraftFieldProps) {
  const { t } = useTranslation();
  const { attendees } = draft;
  const keep = (next: readonly DraftAttendee[]) => onChange({ ...draft, attendees: next });
  return (
    <FieldGroup label={t("eventForm.guests.label")}>
      <GuestSearch guests={attendees} onAdd={(added) => keep([...attendees, ...added])} />
      {attendees.length === 0 ? null : (
        <ul className="plain-list draft-form__rows">
          {attendees.map((guest) => (
            <GuestRow
              key={guest.address}
              guest={guest}
              onChange={(next) => keep(attendees.flatMap((each) => (each === guest ? (next ?? []) : each)))}
            />
          ))}
        </ul>
      )}
    </FieldGroup>
  );
}

interface GuestRowProps {
  guest: DraftAttendee;
  /** Null: no longer invited. */
  onChange: (guest: DraftAttendee | null) => void;
}

function GuestRow({ guest, onChange }: GuestRowProps) {
  const { t } = useTranslation();
  const name = nameOf(guest);
  return (
    <li className="draft-form__row">
      {guest.personId === undefined ? (
        <Mail size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
      ) : (
        <Avatar person={{ id: guest.personId, displayName: name, photo: null }} size="tiny" />
      )}
      <span className="draft-form__name">
        {name}
        {guest.personId === undefined ? (
          <span className="tag draft-form__outside">{t("eventForm.guests.outside")}</span>
        ) : null}
      </span>
      <label className="draft-form__optional">
        <input
          type="checkbox"
          checked={guest.isOptional}
          aria-label={t("eventForm.guests.optionalFor", { name })}
          onChange={(event) => onChange({ ...guest, isOptional: event.target.checked })}
        />
        <span aria-hidden>{t("eventForm.guests.optional")}</span>
      </label>
      <IconButton icon={X} label={t("eventForm.guests.remove", { name })} onPress={() => onChange(null)} />
    </li>
  );
}

interface GuestSearchProps {
  guests: readonly DraftAttendee[];
  onAdd: (guests: readonly DraftAttendee[]) => void;
}

/** A field whose list stays under it (combobox of the ARIA patterns): arrows choose, Enter invites, Escape empties. */
function GuestSearch({ guests, onAdd }: GuestSearchProps) {
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

function nobodyWords(
  typed: string,
  guests: readonly DraftAttendee[],
  t: ReturnType<typeof useTranslation>["t"],
): string {
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
