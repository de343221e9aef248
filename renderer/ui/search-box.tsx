import { Search } from "lucide-react";
import type { ComponentProps } from "react";
import { ICON_SIZE, ICON_STROKE } from "./button.tsx";
import "./field.css";

interface SearchBoxProps extends Omit<ComponentProps<"input">, "onChange" | "value"> {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

export function SearchBox({ label, value, onChange, ...rest }: SearchBoxProps) {
  return (
    <div className="search-box">
      <Search size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
      <input
        type="text"
        autoComplete="off"
        spellCheck={false}
        placeholder={label}
        {...rest}
        className="search-box__input"
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
