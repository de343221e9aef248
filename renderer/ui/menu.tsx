import { Check, ChevronRight, type LucideIcon } from "lucide-react";
import { Fragment, useLayoutEffect, useRef, type ReactNode } from "react";
import { createPortal } from "react-dom";
import { Menu, MenuItem, MenuTrigger, SubmenuTrigger } from "react-aria-components/Menu";
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
  shortcut?: string | undefined;
  isDanger?: boolean;
  /** A line is drawn before it. */
  isApart?: boolean;
  /** One of a choice: said whether it is the one. All commands of such a menu have it. */
  isOn?: boolean;
  /** Opens these instead of running. */
  items?: Command[];
}

/** A command that opens a menu of its own. */
export function submenu(command: Omit<Command, "run" | "items">, items: Command[]): Command {
  return { ...command, items, run: () => undefined };
}

interface MenuButtonProps {
  button: ReactNode;
  commands: Command[];
  label: string;
  /** For a button that is only there at times, and stays while its menu is open. */
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
}

export function MenuButton({ button, commands, label, ...opening }: MenuButtonProps) {
  return (
    <MenuTrigger {...opening}>
      {button}
      <Popover className="popover" offset={4}>
        <CommandMenu commands={commands} label={label} />
      </Popover>
    </MenuTrigger>
  );
}

/** A menu whose commands are only found out once it is open: `children` is a `CommandMenu`. */
export function LazyMenuButton({ button, children }: { button: ReactNode; children: ReactNode }) {
  return (
    <MenuTrigger>
      {button}
      <Popover className="popover" offset={4}>
        {children}
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
      {/* In the body: within a row that is contained or virtual, "fixed" would not mean the window. */}
      {createPortal(<span ref={anchor} className="menu-anchor" />, document.body)}
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

export function CommandMenu({
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
      {...choiceOf(commands)}
      {...(onClose === undefined ? {} : { onClose })}
    >
      {commands.map((command) => (
        <Fragment key={command.id}>
          {command.isApart === true ? <Separator className="menu__line" /> : null}
          <CommandItem command={command} {...(onClose === undefined ? {} : { onClose })} />
        </Fragment>
      ))}
    </Menu>
  );
}

/** A menu in which one thing is chosen says which one it is. */
function choiceOf(commands: Command[]) {
  if (!commands.some((command) => command.isOn !== undefined)) return {};
  const selectedKeys = commands.filter((command) => command.isOn === true).map(({ id }) => id);
  return { selectionMode: "single" as const, selectedKeys, shouldCloseOnSelect: true };
}

function CommandItem({ command, onClose }: { command: Command; onClose?: () => void }) {
  if (command.items === undefined) return <CommandLine command={command} />;
  // A menu at the pointer has no trigger that closes the whole: what was chosen in the second closes the first.
  const closing = ({ run, ...rest }: Command): Command => ({
    ...rest,
    run: () => {
      onClose?.();
      run();
    },
  });
  return (
    <SubmenuTrigger>
      <CommandLine command={command} />
      <Popover className="popover" {...besideOrBelow()}>
        <CommandMenu commands={command.items.map(closing)} label={command.label} />
      </Popover>
    </SubmenuTrigger>
  );
}

/** A narrow window has no room beside a menu: the second one lies over the first. */
function besideOrBelow() {
  return matchMedia("(max-width: 37.5em)").matches ? { placement: "bottom end" as const } : {};
}

function CommandLine({ command }: { command: Command }) {
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
      {command.isOn === true ? (
        <Check size={ICON_SIZE} strokeWidth={ICON_STROKE} className="menu__end" aria-hidden />
      ) : null}
      {command.items === undefined ? null : (
        <ChevronRight size={ICON_SIZE} strokeWidth={ICON_STROKE} className="menu__end" aria-hidden />
      )}
    </MenuItem>
  );
}
