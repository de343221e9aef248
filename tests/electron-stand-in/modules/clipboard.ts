import type * as Electron from "electron";

/** https://www.electronjs.org/docs/latest/api/clipboard: one of its own, not the system's. */
const kept = { text: "", items: [] as Electron.ClipboardItem[] };

export const clipboard = {
  readText: async () => kept.text,
  async writeText(text: string): Promise<void> {
    kept.text = text;
  },
  read: async () => kept.items,
  async write(items: Electron.ClipboardItem[]): Promise<void> {
    kept.items = items;
  },
  has: async (type: string) => type === "text/plain" && kept.text !== "",
  clear(): void {
    kept.text = "";
    kept.items = [];
  },
} satisfies Pick<Electron.Clipboard, "readText" | "writeText" | "read" | "write" | "has" | "clear">;
