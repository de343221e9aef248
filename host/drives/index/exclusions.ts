/** What nobody looks for by its name: what a system or a program keeps for itself. */
const OWN = new Set([
  "$recycle.bin",
  "system volume information",
  "recycler",
  "lost+found",
  "@eadir",
  "#recycle",
  "#snapshot",
  "thumbs.db",
  "desktop.ini",
]);

/** Hidden, of the system, a lock of an office program, or what the organisation leaves out. */
export function createExclusions(patterns: readonly string[]): (name: string) => boolean {
  const wanted = patterns.map(asExpression);
  return (name) =>
    name.startsWith(".") ||
    name.startsWith("~$") ||
    OWN.has(name.toLowerCase()) ||
    wanted.some((pattern) => pattern.test(name));
}

/** `*` for anything; whole names, without regard to case. */
function asExpression(pattern: string): RegExp {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[\\^$.|?+()[\]{}]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join(".*")}$`, "isu");
}
