import { runTool, type RunTool } from "../desktop/run-tool.ts";
import { isFreedesktop } from "./markup.ts";

/** Somebody who turns it on expects it to hold soon. */
const FRESH_MS = 10_000;

const INHIBITED = [
  "call",
  "--session",
  "--timeout=2",
  "--dest=org.freedesktop.Notifications",
  "--object-path=/org/freedesktop/Notifications",
  "--method=org.freedesktop.DBus.Properties.Get",
  "org.freedesktop.Notifications",
  "Inhibited",
];

export interface FocusModeOptions {
  platform: NodeJS.Platform;
  now: () => number;
  run?: RunTool;
}

/**
 * Whether the system is in its own "do not disturb". Windows and macOS hold notifications back by themselves, sound
 * included, and tell no application. On Linux the desktop decides about the banner, while sound and urgency are asked for by
 * the application: GNOME says it in its settings, KDE and others by the `Inhibited` property of the notification service.
 */
export class FocusMode {
  readonly #options: FocusModeOptions;
  #atMs = Number.NEGATIVE_INFINITY;
  #isOn = Promise.resolve(false);

  constructor(options: FocusModeOptions) {
    this.#options = options;
  }

  /** Never rejects: a desktop that does not say so is in none. */
  isOn(): Promise<boolean> {
    const { now, platform, run = runTool } = this.#options;
    if (!isFreedesktop(platform)) return this.#isOn;
    if (now() - this.#atMs >= FRESH_MS) {
      this.#atMs = now();
      this.#isOn = ask(run);
    }
    return this.#isOn;
  }
}

async function ask(run: RunTool): Promise<boolean> {
  const [banners, inhibited] = await Promise.all([
    run("gsettings", ["get", "org.gnome.desktop.notifications", "show-banners"]),
    run("gdbus", INHIBITED),
  ]);
  return banners === "false" || inhibited === "(<true>,)";
}
