import type { HostEvents } from "../events.ts";
import type { Log } from "../log/log.ts";
import type { SettingsStore } from "../settings.ts";
import type { Autostart } from "./autostart.ts";

export interface AutostartKeeperOptions {
  autostart: Autostart;
  settings: SettingsStore;
  events: HostEvents;
  log: Log;
}

/** Carries the setting over to the system, at the start and with each change. Returns its dispose. */
export async function keepAutostart({
  autostart,
  settings,
  events,
  log,
}: AutostartKeeperOptions): Promise<() => Promise<void>> {
  let applied: boolean | undefined;
  let turn: Promise<void> = Promise.resolve();
  const apply = (isWanted: boolean): Promise<void> => {
    if (isWanted === applied) return turn;
    const isFirst = applied === undefined;
    applied = isWanted;
    turn = turn.then(async () => {
      try {
        const state = await autostart.state();
        // What the person switched off in the settings of their system stays off until they ask for it here.
        if (isFirst && state === "refused") return;
        if (isWanted === (state === "on")) return;
        await autostart.set(isWanted);
      } catch (error) {
        log.write("warning", `starting with the session could not be set: ${String(error)}`);
      }
    });
    return turn;
  };
  await apply((await settings.get()).autostart);
  const stop = events.subscribe((event) => {
    if (event.type === "settingsChanged") void apply(event.settings.autostart);
  });
  return async () => {
    stop();
    await turn;
  };
}
