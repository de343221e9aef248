import type { LucideIcon } from "lucide-react";
import { Fragment, useLayoutEffect, useRef, type ReactNode } from "react";
import { Menu, MenuItem, MenuTrigger } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import { Separator } from "react-aria-components/Separator";
import { ICON_SIZE, ICON_STROKE } from "./button.tsx";
import "./menu.css";

/** One command, the same in a toolbar, a menu and a context menu. */
export interface Command {
  id: string;
  label: string;
  icon: LucideIcon;
  run: () => void;
  shortcut?: string;
  isDanger?: boolean;
  /** A line is drawn before it. */
  isApart?: boolean;
}

export function MenuButton({
  button,
  commands,
  label,
}: {
  button: ReactNode;
  commands: Command[];
  label: string;
}) {
  return (
    <MenuTrigger>
      {button}
      <Popover className="popover" offset={4}>
        <CommandMenu commands={commands} label={label} />
      </Popover>
    </MenuTrigger>
  );
}

export interface ContextMenuProps {
  /** Place of the pointer, or of the row when the menu was asked for by keyboard. */
  at: { x: number; y: number };
  commands: Command[];
  label: string;
  onClose: () => void;
}

export function ContextMenu({ at, commands, label, onClose }: ContextMenuProps) {
  const anchor = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    anchor.current?.style.setProperty("left", `${at.x}px`);
    anchor.current?.style.setProperty("top", `${at.y}px`);
  }, [at.x, at.y]);
  const onOpenChange = (isOpen: boolean) => {
    if (!isOpen) onClose();
  };
  return (
    <>
      <span ref={anchor} className="menu-anchor" />
      <Popover
        className="popover"
        triggerRef={anchor}
        isOpen
        onOpenChange={onOpenChange}
        placement="bottom start"
        offset={2}
      >
        <CommandMenu commands={commands} label={label} onClose={onClose} />
      </Popover>
    </>
  );
}

function CommandMenu({
  commands,
  label,
  onClose,
}: {
  commands: Command[];
  label: string;
  onClose?: () => void;
}) {
  return (
    <Menu
      className="menu"
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- a menu that opens takes the focus: that is how it is used by keyboard
      autoFocus="first"
      {...(onClose === undefined ? {} : { onClose })}
    >
      {commands.map((command) => (
        <Fragment key={command.id}>
          {command.isApart === true ? <Separator className="menu__line" /> : null}
          <CommandItem command={command} />
        </Fragment>
      ))}
    </Menu>
  );
}

function CommandItem({ command }: { command: Command }) {
  const Icon = command.icon;
  return (
    <MenuItem
      id={command.id}
      textValue={command.label}
      className={command.isDanger === true ? "menu__item menu__item--danger" : "menu__item"}
      onAction={command.run}
    >
      <Icon size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
      <span>{command.label}</span>
      {command.shortcut === undefined ? null : <span className="menu__shortcut">{command.shortcut}</span>}
    </MenuItem>
  );
}
