import { useId, useLayoutEffect, useRef, useState } from "react";

interface NameFieldProps {
  label: string;
  name: string;
  /** The ending stays unselected, so that typing keeps it. */
  isFolder: boolean;
  /** What is wrong with a name, in words. */
  explain: (name: string) => string | null;
  /** Null: given up. */
  onDone: (name: string | null) => void;
}

/** A name written in its place: Enter keeps it, Escape gives it up, going elsewhere keeps what can be kept. */
export function NameField({ label, name, isFolder, explain, onDone }: NameFieldProps) {
  const [typed, setTyped] = useState(name);
  const field = useRef<HTMLInputElement>(null);
  const isOver = useRef(false);
  const faultId = useId();
  const fault = typed === name ? null : explain(typed);
  useLayoutEffect(() => {
    const dot = isFolder ? -1 : name.lastIndexOf(".");
    field.current?.focus();
    field.current?.setSelectionRange(0, dot > 0 ? dot : name.length);
    field.current?.scrollIntoView({ block: "nearest" });
  }, [name, isFolder]);
  const end = (next: string | null) => {
    if (isOver.current) return;
    isOver.current = true;
    onDone(next === name ? null : next);
  };
  return (
    <span className="name-field">
      <input
        ref={field}
        className="field__input name-field__input"
        aria-label={label}
        aria-invalid={fault !== null}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => end(fault === null ? typed : null)}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Escape") {
            event.preventDefault();
            end(null);
          }
          if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
          event.preventDefault();
          if (fault === null) end(typed);
        }}
        {...(fault === null ? {} : { "aria-describedby": faultId })}
      />
      <span className="name-field__fault" id={faultId} role="alert" hidden={fault === null}>
        {fault}
      </span>
    </span>
  );
}
