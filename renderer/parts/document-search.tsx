import { useState } from "react";
import { formatLink } from "#contract/links.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { SearchBox } from "#renderer/ui/search-box.tsx";
import "./document-search.css";

const FOUND = 30;

interface DocumentSearchProps {
  label: string;
  /** The address inside Parvis, and what the file is called. */
  onPick: (link: string, name: string) => void;
}

/** A file of the libraries that the reader has, found by its name. */
export function DocumentSearch({ label, onPick }: DocumentSearchProps) {
  const [typed, setTyped] = useState("");
  const { items } = useLiveQuery("documentSearch", { text: typed.slice(0, 200), limit: FOUND });
  return (
    <>
      <SearchBox label={label} value={typed} onChange={setTyped} />
      {typed.trim() === "" ? null : (
        <ul className="plain-list document-search">
          {items.map(({ key, item, scope, place }) => (
            <li key={key}>
              <button
                type="button"
                className="document-search__row"
                onClick={() => onPick(formatLink({ kind: "document", scope, itemId: item.id }), item.name)}
              >
                <span>{item.name}</span>
                <span className="document-search__place">{place.name}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
