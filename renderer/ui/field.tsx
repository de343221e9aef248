import type { ComponentProps } from "react";
import { Label } from "react-aria-components/Label";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import { FieldFrame } from "./field-frame.tsx";
import "./field.css";

interface TextFieldProps extends Omit<ComponentProps<"input">, "onChange" | "value"> {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: string;
}

export function TextField({ label, value, onChange, hint, ...rest }: TextFieldProps) {
  return (
    <FieldFrame label={label} hint={hint}>
      {(tied) => (
        <input
          autoComplete="off"
          {...rest}
          {...tied}
          className="field__input"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </FieldFrame>
  );
}

interface ChoicesProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
  isDisabled?: boolean;
}

export function Choices<T extends string>(props: ChoicesProps<T>) {
  const { label, value, options, onChange, isDisabled = false } = props;
  const onPick = (picked: string) => {
    const option = options.find((candidate) => candidate.value === picked);
    if (option !== undefined) onChange(option.value);
  };
  return (
    <RadioGroup className="choices" value={value} onChange={onPick} isDisabled={isDisabled}>
      <Label className="field__label">{label}</Label>
      <div className="choices__row">
        {options.map((option) => (
          <Radio key={option.value} value={option.value} className="choice">
            {option.label}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
