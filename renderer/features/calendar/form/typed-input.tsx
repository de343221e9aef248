import { useState, type ComponentProps } from "react";

interface TypedInputProps extends Omit<ComponentProps<"input">, "onChange" | "value" | "type"> {
  type: "date" | "time" | "number";
  value: string;
  /** Only with what is a value: what is still being typed stays in the field. */
  onChange: (value: string) => void;
  isValue: (typed: string) => boolean;
}

/** A field whose half-typed content is no value yet; left so, it shows the last value again. */
export function TypedInput({ value, onChange, isValue, ...rest }: TypedInputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <input
      {...rest}
      className="field__input"
      value={typed ?? value}
      onChange={(event) => {
        const next = event.target.value;
        const isWhole = isValue(next);
        setTyped(isWhole ? null : next);
        if (isWhole) onChange(next);
      }}
      onBlur={() => setTyped(null)}
    />
  );
}

/** While a year is typed, its first digits are years too. */
export function isDay(typed: string): boolean {
  return /^[1-9]\d{3}-\d{2}-\d{2}$/.test(typed);
}

export function isClock(typed: string): boolean {
  return /^\d{2}:\d{2}$/.test(typed);
}
