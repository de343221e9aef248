import { useId, type ReactNode } from "react";
import { FieldFrame } from "./field-frame.tsx";
import "./form.css";

interface TextAreaProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: string;
  rows?: number;
  maxLength?: number;
  required?: boolean;
  placeholder?: string;
}

/** Several lines of text. */
export function TextArea({ label, value, onChange, hint, rows = 4, ...rest }: TextAreaProps) {
  return (
    <FieldFrame label={label} hint={hint}>
      {(tied) => (
        <textarea
          {...rest}
          {...tied}
          rows={rows}
          {...(rest.required === true ? {} : { form: "unkept" })}
          className="field__input field__input--long"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </FieldFrame>
  );
}

interface CheckBoxProps {
  label: ReactNode;
  isChecked: boolean;
  onChange: (isChecked: boolean) => void;
  hint?: string;
  isDisabled?: boolean;
}

export function CheckBox({ label, isChecked, onChange, hint, isDisabled = false }: CheckBoxProps) {
  const id = useId();
  return (
    <div className="check">
      <input
        id={id}
        className="check__box"
        type="checkbox"
        checked={isChecked}
        disabled={isDisabled}
        onChange={(event) => onChange(event.target.checked)}
        {...(hint === undefined ? {} : { "aria-describedby": `${id}-hint` })}
      />
      <span className="check__words">
        <label htmlFor={id}>{label}</label>
        {hint === undefined ? null : (
          <span className="field__hint" id={`${id}-hint`}>
            {hint}
          </span>
        )}
      </span>
    </div>
  );
}

interface SelectFieldProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
  hint?: string;
  /** The label is said, not shown: in a row of filters. */
  isLabelHidden?: boolean;
  isDisabled?: boolean;
}

/** One of a list that is too long for buttons: the system's own list, which every keyboard and reader knows. */
export function SelectField<T extends string>(props: SelectFieldProps<T>) {
  const { label, value, options, onChange, hint, isLabelHidden = false, isDisabled = false } = props;
  const pick = (picked: string) => {
    const option = options.find((candidate) => candidate.value === picked);
    if (option !== undefined) onChange(option.value);
  };
  return (
    <FieldFrame label={label} hint={hint} isLabelHidden={isLabelHidden}>
      {(tied) => (
        <select
          {...tied}
          className="field__input field__input--select"
          disabled={isDisabled}
          value={value}
          onChange={(event) => pick(event.target.value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </FieldFrame>
  );
}

/** Fields that belong together, under one name. */
export function FieldGroup({ label, hint, children }: { label: string; hint?: string; children: ReactNode }) {
  const id = useId();
  return (
    <fieldset className="field-group" {...(hint === undefined ? {} : { "aria-describedby": id })}>
      <legend className="field__label">{label}</legend>
      {hint === undefined ? null : (
        <p className="field__hint" id={id}>
          {hint}
        </p>
      )}
      {children}
    </fieldset>
  );
}
