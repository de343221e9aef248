import { useEffect, useEffectEvent, useRef } from "react";
import type { AccountId } from "#contract/bridge.ts";
import type { TrayCommand } from "#contract/desktop/attention.ts";
import { toIsoTime } from "#contract/time.ts";
import { usePersonalSettings } from "#renderer/features/settings/use-personal-settings.ts";
import { useHostEvent } from "#renderer/kit/host-context.tsx";
import { useWorker } from "#renderer/kit/worker-context.tsx";
import { useCommands } from "#renderer/parts/use-commands.ts";

/** What the tray asks for, and what becomes of machine and network. */
export function useDeskEvents(accountId: AccountId): void {
  const client = useWorker();
  const isMetered = useRef(false);
  const run = useTrayCommand();
  const tell = (isNewWay: boolean) =>
    void client.call("network.changed", {
      isNewWay,
      isMetered: isMetered.current || isSaving(),
      isSlow: isSlow(),
    });
  useHostEvent("trayCommand", (event) => {
    if (event.accountId === accountId) run(event.command);
  });
  useHostEvent("powerChanged", ({ state }) => {
    if (state === "resume") tell(true);
  });
  useHostEvent("networkChanged", (event) => {
    isMetered.current = event.isMetered;
    tell(event.isNewWay);
  });
  const onLine = useEffectEvent(() => tell(false));
  useEffect(() => {
    onLine();
    const line = connection();
    line?.addEventListener("change", onLine);
    return () => line?.removeEventListener("change", onLine);
  }, []);
}

/** The same account in several windows: one that is told twice has written the same twice, which is once. */
function useTrayCommand(): (command: TrayCommand) => void {
  const client = useWorker();
  const commands = useCommands();
  const set = usePersonalSettings();
  return (command) => {
    switch (command.kind) {
      case "doNotDisturb": {
        const until = command.until === null ? null : toIsoTime(Date.parse(command.until));
        set("preferences.set", { doNotDisturbUntil: until });
        return;
      }
      case "presence":
        void commands.choosePresence(command.state === null ? null : { state: command.state });
        return;
      case "retry":
        void client.call("sync.retry", {});
    }
  };
}

/** Network Information API: not in every browser. */
function connection(): EventTarget | null {
  const line: unknown = Reflect.get(navigator, "connection");
  return line instanceof EventTarget ? line : null;
}

/** Whether the browser was asked to save data, or says that the network is a phone's. */
function isSaving(): boolean {
  const line = connection();
  if (line === null) return false;
  return Reflect.get(line, "saveData") === true || Reflect.get(line, "type") === "cellular";
}

/** Slower than what the browser calls 4g: 700 kbit/s, or answers that take more than a quarter of a second. */
function isSlow(): boolean {
  const line = connection();
  const speed: unknown = line === null ? undefined : Reflect.get(line, "effectiveType");
  return typeof speed === "string" && speed !== "4g";
}
