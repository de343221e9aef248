const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** `1,2 Mo`, `1.2 MB`, `7 octets`: abbreviated, a single byte has no plural in English. */
export function formatBytes(bytes: number, language: string): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: UNITS[unit] ?? "byte",
    unitDisplay: unit === 0 ? "long" : "short",
    maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0,
  }).format(value);
}

export function formatNumber(value: number, language: string): string {
  return new Intl.NumberFormat(language).format(value);
}

/** « Anne, Paul et Zoé » */
export function formatList(parts: readonly string[], language: string): string {
  return new Intl.ListFormat(language, { type: "conjunction" }).format(parts);
}
