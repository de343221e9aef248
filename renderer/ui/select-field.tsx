import { useId } from "react";
import "./field.css";

interface SelectFieldProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
  /** The label is said, not shown: it stands beside already. */
  isLabelHidden?: boolean;
  isDisabled?: boolean;
}

/** One of several, in the system's own list. */
export function SelectField<T extends string>(props: SelectFieldProps<T>) {
  const { label, value, options, onChange, isLabelHidden = false, isDisabled = false } = props;
  const id = useId();
  const pick = (picked: string) => {
    const option = options.find((each) => each.value === picked);
    if (option !== undefined) onChange(option.value);
  };
  return (
    <div className="field">
      <label className={isLabelHidden ? "visually-hidden" : "field__label"} htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className="field__input"
        value={value}
        disabled={isDisabled}
        onChange={(event) => pick(event.target.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
