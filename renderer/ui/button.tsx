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
  const resting = useResting(isDisabled, onPress);
  return (
    <AriaButton
      className={`button button--${tone}`}
      type={resting.isResting ? "button" : type}
      {...resting.props}
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- only dialogs pass it, where focus must land somewhere useful
      autoFocus={autoFocus ?? false}
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
function useResting(isDisabled = false, onPress?: () => void) {
  const [isFocused, setFocused] = useState(false);
  const isResting = isDisabled && isFocused;
  return {
    isResting,
    props: {
      isDisabled: isDisabled && !isFocused,
      onFocusChange: setFocused,
      ...(isResting ? { "aria-disabled": true } : onPress === undefined ? {} : { onPress }),
    },
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
  const resting = useResting(isDisabled, onPress);
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      <AriaButton
        className={`icon-button icon-button--${tone} ${className ?? ""}`}
        aria-label={label}
        {...resting.props}
        {...(isPressed === undefined ? {} : { "aria-pressed": isPressed })}
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
