import { useId } from "react";
import "./check-field.css";

interface CheckFieldProps {
  label: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  hint?: string;
  isDisabled?: boolean;
}

/** One yes or no. */
export function CheckField({ label, isOn, onChange, hint, isDisabled = false }: CheckFieldProps) {
  const id = useId();
  return (
    <div className="check-field">
      <input
        id={id}
        type="checkbox"
        className="check-field__box"
        checked={isOn}
        disabled={isDisabled}
        onChange={(event) => onChange(event.target.checked)}
        {...(hint === undefined ? {} : { "aria-describedby": `${id}-hint` })}
      />
      <label htmlFor={id} className="check-field__label">
        {label}
      </label>
      {hint === undefined ? null : (
        <span id={`${id}-hint`} className="check-field__hint">
          {hint}
        </span>
      )}
    </div>
  );
}
