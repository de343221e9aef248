import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
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
      isDisabled={isDisabled ?? false}
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- only dialogs pass it, where focus must land somewhere useful
      autoFocus={autoFocus ?? false}
      {...(onPress === undefined ? {} : { onPress })}
      {...(label === undefined ? {} : { "aria-label": label })}
    >
      {children}
    </AriaButton>
  );
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
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      <AriaButton
        className={`icon-button icon-button--${tone} ${className ?? ""}`}
        aria-label={label}
        isDisabled={isDisabled ?? false}
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
