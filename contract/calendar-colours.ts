import { labelColours, type LabelColour } from "./entities/task.ts";

/** As the interface shows them on white. */
const shown: Readonly<Record<LabelColour, number>> = {
  grey: 0x6b7280,
  red: 0xc0392f,
  orange: 0xc46a12,
  yellow: 0xa8860b,
  green: 0x3f8a4b,
  teal: 0x1f8088,
  blue: 0x2d6bc0,
  purple: 0x7a4fb0,
  pink: 0xb84a80,
};

/** `#RRGGBBAA`, as Apple's clients write `calendar-color`. */
export function appleColour(colour: LabelColour): string {
  return `#${shown[colour].toString(16).padStart(6, "0").toUpperCase()}FF`;
}

/** The nearest of ours; undefined for what is no colour. */
export function nearestColour(text: string): LabelColour | undefined {
  const found = /^#([0-9a-f]{6})(?:[0-9a-f]{2})?$/i.exec(text.trim());
  if (found === null) return undefined;
  const wanted = hueOf(parseInt(found[1] ?? "", 16));
  const distance = (colour: LabelColour) => {
    const own = hueOf(shown[colour]);
    return Math.hypot(own.x - wanted.x, own.y - wanted.y);
  };
  return labelColours.toSorted((one, other) => distance(one) - distance(other))[0];
}

/** Where a colour lies on the wheel, its middle being grey: light and dark ones of a hue are near each other. */
function hueOf(rgb: number): { x: number; y: number } {
  const [red, green, blue] = [rgb >> 16, (rgb >> 8) & 255, rgb & 255].map((part) => part / 255);
  if (red === undefined || green === undefined || blue === undefined) return { x: 0, y: 0 };
  const [most, least] = [Math.max(red, green, blue), Math.min(red, green, blue)];
  const saturation = most === 0 ? 0 : (most - least) / most;
  const angle = Math.atan2(Math.sqrt(3) * (green - blue), 2 * red - green - blue);
  return { x: saturation * Math.cos(angle), y: saturation * Math.sin(angle) };
}
