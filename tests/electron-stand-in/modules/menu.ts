import { EventEmitter } from "node:events";
import type * as Electron from "electron";
import { createEvent } from "../event.ts";
import { roles } from "./menu-roles.ts";

/** https://www.electronjs.org/docs/latest/api/menu and /menu-item */

type ItemOptions = Electron.MenuItemConstructorOptions;
let lastCommand = 0;

export class MenuItem {
  readonly id: string;
  readonly type: string;
  readonly role: string | undefined;
  readonly accelerator: string | undefined;
  readonly submenu: Menu | null;
  readonly commandId = ++lastCommand;
  readonly options: ItemOptions;
  readonly icon: ItemOptions["icon"];
  label: string;
  sublabel: string;
  toolTip: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  /** As the application gave it; `click` below is what a person's click does. */
  readonly #onClick: ItemOptions["click"];

  constructor(options: ItemOptions) {
    const { role, type, submenu } = options;
    const known = role === undefined ? undefined : roles[role.toLowerCase()];
    // https://www.electronjs.org/docs/latest/api/menu-item#roles
    if (role !== undefined && known === undefined) throw new Error(`Unknown menu role: ${role}`);
    if (type === "submenu" && submenu === undefined) throw new Error("Invalid submenu");
    if (options.accelerator !== undefined) checkAccelerator(options.accelerator);
    this.options = options;
    this.id = options.id ?? "";
    this.role = role;
    this.submenu =
      submenu === undefined
        ? (known?.submenu && Menu.buildFromTemplate(known.submenu.map(toOptions))) || null
        : Array.isArray(submenu)
          ? Menu.buildFromTemplate(submenu)
          : Menu.checked(submenu);
    this.type = type ?? (this.submenu === null ? "normal" : "submenu");
    this.label = options.label ?? known?.label ?? "";
    this.sublabel = options.sublabel ?? "";
    this.toolTip = options.toolTip ?? "";
    this.accelerator = options.accelerator ?? known?.accelerator;
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.icon = options.icon;
    this.#onClick = options.click;
  }

  /** Called by Electron, and by tests as Playwright's documentation does: `item.click()`. */
  click(event?: object, window?: unknown, contents?: unknown): void {
    if (!this.enabled) return;
    if (this.type === "checkbox") this.checked = !this.checked;
    if (this.type === "radio") this.checked = true;
    const pressed = event ?? createEvent({ triggeredByAccelerator: false });
    if (this.role !== undefined && this.#onClick === undefined) roles[this.role.toLowerCase()]?.act?.();
    else Reflect.apply(this.#onClick ?? (() => undefined), this, [this, window, pressed, contents]);
  }
}

function toOptions(role: string): ItemOptions {
  return role === ""
    ? { type: "separator" }
    : Object.assign({ label: roles[role.toLowerCase()]?.label ?? role }, { role } as object);
}

/** https://www.electronjs.org/docs/latest/tutorial/keyboard-shortcuts#accelerators */
function checkAccelerator(accelerator: string): void {
  const parts = accelerator.replace(/\+\+$/, "+Plus").split("+");
  const key = parts.pop() ?? "";
  const areModifiers = parts.every((part) =>
    /^(command|cmd|control|ctrl|commandorcontrol|cmdorctrl|alt|option|altgr|shift|super|meta)$/i.test(part),
  );
  const isKey =
    /^(.|f([1-9]|1\d|2[0-4])|plus|space|tab|capslock|numlock|scrolllock|backspace|delete|insert|return|enter|up|down|left|right|home|end|pageup|pagedown|escape|esc|volumeup|volumedown|volumemute|medianexttrack|mediaprevioustrack|mediastop|mediaplaypause|printscreen|num\w+)$/i.test(
      key,
    );
  if (!areModifiers || !isKey)
    throw new TypeError(`Error processing argument: invalid accelerator "${accelerator}"`);
}

const NOTHING: ItemOptions = {};
let applicationMenu: Menu | null = null;

export class Menu extends EventEmitter {
  readonly items: MenuItem[] = [];
  /** Every menu that was popped up, the last one last. */
  static readonly standInPopups: { menu: Menu; options: Electron.PopupOptions | undefined }[] = [];

  append(item: MenuItem): void {
    this.insert(this.items.length, item);
  }
  insert(position: number, item: MenuItem): void {
    if (!(item instanceof MenuItem)) throw new TypeError("Invalid item");
    this.items.splice(position, 0, item);
  }
  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }
  popup(options?: Electron.PopupOptions): void {
    Menu.standInPopups.push({ menu: this, options });
    this.emit("menu-will-show", createEvent());
  }
  closePopup(): void {
    this.emit("menu-will-close", createEvent());
    const last = Menu.standInPopups.findLast((one) => one.menu === this);
    last?.options?.callback?.();
  }

  static checked(menu: unknown): Menu {
    if (menu instanceof Menu) return menu;
    throw new Error("Invalid Menu");
  }
  /** https://www.electronjs.org/docs/latest/api/menu#menubuildfromtemplatetemplate */
  static buildFromTemplate(template: (ItemOptions | Electron.MenuItem)[]): Menu {
    if (!Array.isArray(template))
      throw new TypeError("Invalid template for Menu: Menu template must be an array");
    const menu = new Menu();
    for (const one of template) {
      if (
        typeof one !== "object" ||
        one === null ||
        !("label" in one || "role" in one || ("type" in one && one.type === "separator") || "submenu" in one)
      )
        throw new TypeError("Invalid template for MenuItem: must have at least one of label, role or type");
      menu.append(one instanceof MenuItem ? one : new MenuItem(Object.assign({ ...NOTHING }, one)));
    }
    return menu;
  }
  static setApplicationMenu(menu: Menu | null): void {
    if (menu !== null) Menu.checked(menu);
    applicationMenu = menu;
  }
  static getApplicationMenu(): Menu | null {
    return applicationMenu;
  }
  static sendActionToFirstResponder(): void {}
}
