const NARROW = "\u202f";
const NO_BREAK = "\u00a0";

/**
 * Sets plain typing as French is printed: ’ for ', a narrow no-break space before ? ! ; and inside « », a no-break one
 * before a colon. Code (between back quotes) and addresses are left as they are.
 */
export function setFrench(text: string): string {
  return text
    .split(/(```[\s\S]*?```|`[^`]*`|https?:\/\/\S+)/)
    .map((part, index) => (index % 2 === 1 ? part : setProse(part)))
    .join("");
}

function setProse(text: string): string {
  return text
    .replaceAll(/(?<=\p{L})'/gu, "’")
    .replaceAll(/\b([dD])e (?=(?:avril|août|octobre)\b)/g, "$1’")
    .replaceAll(/ ([?!;])/g, `${NARROW}$1`)
    .replaceAll(/ :(?=\s|$)/gm, `${NO_BREAK}:`)
    .replaceAll("« ", `«${NARROW}`)
    .replaceAll(" »", `${NARROW}»`)
    .replaceAll(/(?<=\d) (?=\d{3}\b)/g, NARROW)
    .replaceAll(/(?<=\d) (?=(h|€|%|km|m|cm|min|kg|Mo|Go|mm)(?!\p{L}))/gu, NO_BREAK)
    .replaceAll(/(?<=\bh) (?=\d\d\b)/g, NO_BREAK);
}
