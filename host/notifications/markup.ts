/** Bodies are markup by the freedesktop specification, titles are not: without this a name in angle brackets vanishes. */
export function escapeMarkup(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Whether this system shows notifications by that specification. */
export function isFreedesktop(platform: NodeJS.Platform): boolean {
  return platform !== "win32" && platform !== "darwin";
}
