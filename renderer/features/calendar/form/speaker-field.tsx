import { useEffect, useId, useState } from "react";
import { MOST_SPEAKER, type ProgrammeItem } from "#contract/icalendar/programme.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import type { DraftAttendee } from "./draft-people.ts";
import { speakerOf, speakersOffered, type Speaker } from "./speakers.ts";

interface SpeakerFieldProps {
  item: ProgrammeItem;
  /** Of the item. */
  name: string;
  guests: readonly DraftAttendee[];
  onChange: (item: ProgrammeItem) => void;
}

/** Any name; those who are invited and the people of the workplace are offered by the browser's own list. */
export function SpeakerField({ item, name, guests, onChange }: SpeakerFieldProps) {
  const { t } = useTranslation();
  const [isFocused, setFocused] = useState(false);
  const [isTyped, setTyped] = useState(false);
  const list = useId();
  const written = item.speaker?.name ?? "";
  return (
    <>
      <input
        className="field__input programme-item__speaker"
        autoComplete="off"
        aria-label={t("programme.speakerOf", { name })}
        placeholder={t("programme.speaker")}
        maxLength={MOST_SPEAKER}
        value={written}
        list={list}
        onFocus={() => setFocused(true)}
        onBlur={() => {
          setFocused(false);
          setTyped(false);
        }}
        onChange={(event) => {
          const { speaker: _, ...rest } = item;
          const { value } = event.target;
          setTyped(true);
          onChange(value === "" ? rest : { ...rest, speaker: { name: value } });
        }}
        // Enter would send the form around.
        onKeyDown={(event) => {
          if (event.key === "Enter") event.preventDefault();
        }}
      />
      <datalist id={list}>
        {isFocused ? (
          <Offers
            written={written}
            guests={guests}
            isOpen={isTyped && item.speaker?.address === undefined}
            onKnown={(speaker) => onChange({ ...item, speaker })}
          />
        ) : null}
      </datalist>
    </>
  );
}

interface OffersProps {
  written: string;
  guests: readonly DraftAttendee[];
  /** Who is meant was not found yet. */
  isOpen: boolean;
  onKnown: (speaker: Speaker) => void;
}

const OFFERED = 8;

function Offers({ written, guests, isOpen, onKnown }: OffersProps) {
  const { items } = useLiveQuery("people", { text: written.slice(0, 200), limit: OFFERED });
  const offered = speakersOffered(written, guests, items);
  const known = isOpen ? speakerOf(written, offered) : undefined;
  useEffect(() => {
    if (known !== undefined) onKnown(known);
  }, [known, onKnown]);
  return (
    <>
      {[...new Set(offered.map((each) => each.name))].map((each) => (
        <option key={each}>{each}</option>
      ))}
    </>
  );
}
