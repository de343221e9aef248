import { useId, type ReactNode } from "react";
import "./field.css";

interface FieldFrameProps {
  label: string;
  hint?: string | undefined;
  /** The label is said, not shown: it stands beside already, or in a row of filters. */
  isLabelHidden?: boolean;
  /** The control itself, with what ties it to its label and hint. */
  children: (tied: { id: string; "aria-describedby"?: string }) => ReactNode;
}

/** What stands around a control that is written or chosen in: its label above, its hint below. */
export function FieldFrame({ label, hint, isLabelHidden = false, children }: FieldFrameProps) {
  const id = useId();
  return (
    <div className="field">
      <label className={isLabelHidden ? "visually-hidden" : "field__label"} htmlFor={id}>
        {label}
      </label>
      {children(hint === undefined ? { id } : { id, "aria-describedby": `${id}-hint` })}
      {hint === undefined ? null : (
        <span className="field__hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
    </div>
  );
}
