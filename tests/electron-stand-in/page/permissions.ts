import type { BridgeEnd } from "./bridge-end.ts";

/**
 * In the page's own world, before anything of it: what needs somebody's leave asks the shell first, and is then left to
 * Chromium, which has been told the answer. In the page as text: only types are imported here.
 */
export function guardPermissions(end: BridgeEnd): void {
  const ask = async (permission: string, mediaTypes: string[] = []): Promise<void> => {
    await end.ask("permission", permission, mediaTypes);
  };
  guardMethod(window.MediaDevices?.prototype, "getUserMedia", (constraints) =>
    ask(
      "media",
      ["video", "audio"].filter((kind) => isWanted(constraints, kind)),
    ),
  );
  const methods: [object | undefined, string, string][] = [
    [window.MediaDevices?.prototype, "getDisplayMedia", "display-capture"],
    [window.Geolocation?.prototype, "getCurrentPosition", "geolocation"],
    [window.Geolocation?.prototype, "watchPosition", "geolocation"],
    [window.Notification, "requestPermission", "notifications"],
    [window.Clipboard?.prototype, "read", "clipboard-read"],
    [window.Clipboard?.prototype, "readText", "clipboard-read"],
    [window.Clipboard?.prototype, "write", "clipboard-sanitized-write"],
    [window.Clipboard?.prototype, "writeText", "clipboard-sanitized-write"],
    [window.StorageManager?.prototype, "persist", "persistent-storage"],
    [window.Element.prototype, "requestFullscreen", "fullscreen"],
    [window.Navigator.prototype, "requestMIDIAccess", "midi"],
  ];
  for (const [owner, method, permission] of methods) guardMethod(owner, method, () => ask(permission));
}

/** The method asks before it does what it always did. */
function guardMethod(
  owner: object | undefined,
  name: string,
  question: (...args: unknown[]) => Promise<void>,
): void {
  if (owner === undefined) return;
  const original: unknown = Reflect.get(owner, name);
  if (typeof original !== "function") return;
  Object.defineProperty(owner, name, {
    configurable: true,
    value: async function asked(this: unknown, ...args: unknown[]) {
      await question(...args);
      return Reflect.apply(original, this, args);
    },
  });
}

function isWanted(constraints: unknown, kind: string): boolean {
  return typeof constraints === "object" && constraints !== null && Boolean(Reflect.get(constraints, kind));
}
