import type { LucideIcon } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Button as AriaButton } from "react-aria-components/Button";
import { Tooltip, TooltipTrigger } from "react-aria-components/Tooltip";
import "./button.css";

export const ICON_SIZE = 16;
export const ICON_STROKE = 1.75;

export interface ButtonProps {
  children: ReactNode;
  onPress?: () => void;
  tone?: "plain" | "primary" | "danger" | "quiet" | "link";
  type?: "button" | "submit";
  isDisabled?: boolean;
  autoFocus?: boolean;
  /** For who does not see beside what it stands; begins with the words shown. */
  label?: string;
}

export function Button({
  children,
  onPress,
  tone = "plain",
  type = "button",
  isDisabled,
  autoFocus,
  label,
}: ButtonProps) {
  return (
    <AriaButton
      className={`button button--${tone}`}
      type={type}
      {...useAtRest(isDisabled)}
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- only dialogs pass it, where focus must land somewhere useful
      autoFocus={autoFocus ?? false}
      {...(onPress === undefined ? {} : { onPress })}
      {...(label === undefined ? {} : { "aria-label": label })}
    >
      {children}
    </AriaButton>
  );
}

/**
 * A button that is disabled while it has the focus, as by being pressed, would lose it, and with it its dialog the keys: it only
 * rests then, and is disabled once the focus has gone elsewhere.
 */
function useAtRest(isDisabled = false) {
  const [isFocused, setFocused] = useState(false);
  return {
    isDisabled: isDisabled && !isFocused,
    isPending: isDisabled && isFocused,
    onFocusChange: setFocused,
  };
}

export interface IconButtonProps {
  icon: LucideIcon;
  label: string;
  /** Shown after the label: `Ctrl+K`. */
  shortcut?: string;
  onPress?: () => void;
  tone?: "plain" | "danger" | "primary";
  isDisabled?: boolean;
  isPressed?: boolean;
  children?: ReactNode;
  className?: string;
}

export function IconButton(props: IconButtonProps) {
  const {
    icon: Icon,
    label,
    shortcut,
    onPress,
    tone = "plain",
    isDisabled,
    isPressed,
    children,
    className,
  } = props;
  const atRest = useAtRest(isDisabled);
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      <AriaButton
        className={`icon-button icon-button--${tone} ${className ?? ""}`}
        aria-label={label}
        {...atRest}
        {...(isPressed === undefined ? {} : { "aria-pressed": isPressed })}
        {...(onPress === undefined ? {} : { onPress })}
      >
        <Icon size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
        {children}
      </AriaButton>
      <HintBubble label={label} {...(shortcut === undefined ? {} : { shortcut })} />
    </TooltipTrigger>
  );
}

export function HintBubble({ label, shortcut }: { label: ReactNode; shortcut?: string }) {
  return (
    <Tooltip className="tooltip" offset={6}>
      {label}
      {shortcut === undefined ? null : <kbd>{shortcut}</kbd>}
    </Tooltip>
  );
}
