import { useEffect, useRef } from "react";
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
  useHostEvent("trayCommand", (event) => {
    if (event.accountId === accountId) run(event.command);
  });
  useHostEvent("powerChanged", ({ state }) => {
    if (state === "resume")
      void client.call("network.changed", { isNewWay: true, isMetered: isMetered.current });
  });
  useHostEvent("networkChanged", (event) => {
    isMetered.current = event.isMetered || isSaving();
    void client.call("network.changed", { isNewWay: event.isNewWay, isMetered: isMetered.current });
  });
  useEffect(() => {
    if (!isSaving()) return;
    isMetered.current = true;
    void client.call("network.changed", { isNewWay: false, isMetered: true });
  }, [client]);
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

/** Whether the browser was asked to save data, or says that the network is a phone's. */
function isSaving(): boolean {
  const connection: unknown = Reflect.get(navigator, "connection");
  if (typeof connection !== "object" || connection === null) return false;
  return Reflect.get(connection, "saveData") === true || Reflect.get(connection, "type") === "cellular";
}
