/** What the tray's icon says; each has pictures in build/resources/tray/. */
export const trayStates = ["connected", "offline", "unread", "mention", "doNotDisturb"] as const;
export type TrayState = (typeof trayStates)[number];
