/** Values of type TEXT (RFC 5545 section 3.3.11). */

export function escapeText(text: string): string {
  return text
    .replaceAll("\\", "\\\\")
    .replaceAll(/\r\n|\r|\n/g, "\\n")
    .replaceAll(";", "\\;")
    .replaceAll(",", "\\,")
    .replaceAll(/(?![\t\n])\p{Cc}/gu, "");
}

export function unescapeText(value: string): string {
  const plain = value.includes("\\")
    ? value.replaceAll(/\\(.)/gs, (_, letter: string) => (letter === "n" || letter === "N" ? "\n" : letter))
    : value;
  return plain.replaceAll(/(?![\t\n])\p{Cc}/gu, "");
}

/** A list of texts: commas divide, escaped ones do not. */
export function splitTexts(value: string): string[] {
  const texts = value.match(/(?:\\.|[^\\,])+/gs) ?? [];
  return texts.map((text) => unescapeText(text).trim()).filter((text) => text !== "");
}
