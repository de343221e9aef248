import { encodePng } from "./png.ts";
import { createRandom, type Random } from "./random.ts";

const SIZE = 96;
/** Samples per pixel side: smooth edges without a graphics library. */
const FINE = 2;
const samples = FINE * FINE;

type Colour = readonly [number, number, number];
type Shape = (x: number, y: number) => boolean;
interface Layer {
  colour: Colour;
  isInside: Shape;
}

const palettes = {
  light: {
    skins: ["f6d7c3", "efc4a4", "f2cdb2", "eab897"],
    hairs: ["3d2a22", "5a3a26", "7c5233", "a9763f", "cfa35b", "7a2f1f", "2a2024"],
  },
  warm: {
    skins: ["e0ac84", "d49d72", "c98e63", "b97d55"],
    hairs: ["2a2024", "3d2a22", "1b1b20", "4a3226"],
  },
  deep: { skins: ["a86c45", "83502f", "6b4028", "5f3822"], hairs: ["1b1b20", "2a2024", "241a17"] },
} as const;

const greys = ["8c8c92", "c9c9cc", "a8a6a4"];

export interface Look {
  tone: keyof typeof palettes;
  isGrey: boolean;
  hasLongHair: boolean;
}

const backs = [
  "bfdcd2",
  "f3d7b6",
  "c9d7f0",
  "f2c9c6",
  "d9cdec",
  "cfe3b9",
  "f4e3a8",
  "b8dbe8",
  "e6cbb5",
  "c4cfd9",
];
const clothes = [
  "2f5d8a",
  "8a3b4f",
  "3f7a5a",
  "5b4a8a",
  "b5652b",
  "2d3a4a",
  "a0446e",
  "46737a",
  "7a7f35",
  "d8dde3",
];

/** A small drawn face, always the same for the same seed: 96 × 96 PNG. */
export function drawPortrait(seed: string, look: Look): Buffer {
  return render(composePortrait(createRandom(`portrait:${seed}`), look));
}

function composePortrait(
  random: Random,
  { tone, hasLongHair, isGrey }: Look,
): { back: Colour; layers: Layer[] } {
  const skin = hex(random.pick<string>(palettes[tone].skins));
  const hair = hex(random.pick<string>(isGrey ? greys : palettes[tone].hairs));
  const cloth = hex(random.pick(clothes));
  const width = 17 + random.next() * 3;
  const height = 21 + random.next() * 3;
  const face = ellipse(48, 45, width, height);
  const layers: Layer[] = [];
  const style = random.int(0, 3);
  if (hasLongHair) layers.push({ colour: hair, isInside: backHair(style, width, height) });
  layers.push({ colour: cloth, isInside: ellipse(48, 99, 35, 27) });
  layers.push({ colour: shade(skin, 0.86), isInside: box(41, 58, 55, 76, 6) });
  layers.push({ colour: shade(cloth, 1.18), isInside: collar(random.int(0, 2)) });
  for (const side of [-1, 1])
    layers.push({ colour: shade(skin, 0.92), isInside: ellipse(48 + side * width, 46, 3.4, 5) });
  layers.push({ colour: skin, isInside: face });
  if (!hasLongHair && random.chance(0.42))
    layers.push({ colour: hair, isInside: beard(width, height, random.chance(0.5)) });
  layers.push(...features(random, skin, hair));
  layers.push({ colour: hair, isInside: frontHair(hasLongHair, style, width, height) });
  if (random.chance(0.3)) layers.push({ colour: hex("2b2f3a"), isInside: glasses(random.chance(0.5)) });
  return { back: hex(random.pick(backs)), layers };
}

function features(random: Random, skin: Colour, hair: Colour): Layer[] {
  const eye = hex(random.pick(["2d2420", "3a2d22", "31495c", "3d5240"]));
  const smile = 4 + random.next() * 3;
  const layers: Layer[] = [];
  for (const side of [-1, 1]) {
    layers.push({ colour: [255, 255, 255], isInside: ellipse(48 + side * 7.5, 44, 3, 2.3) });
    layers.push({ colour: eye, isInside: ellipse(48 + side * 7.3, 44.1, 1.9, 2.1) });
    layers.push({ colour: shade(hair, 0.85), isInside: arc(48 + side * 7.5, 42, 5, 4.3, 1.3, "top") });
    layers.push({
      colour: blend(skin, [226, 110, 100], 0.22),
      isInside: ellipse(48 + side * 10.5, 51.5, 3.4, 2.2),
    });
  }
  layers.push({ colour: shade(skin, 0.84), isInside: arc(48, 48.5, 2.6, 3, 1.2, "bottom") });
  layers.push({
    colour: blend(shade(skin, 0.7), [190, 60, 70], 0.45),
    isInside: arc(48, 54, smile + 2, smile * 0.7, 1.6, "bottom"),
  });
  return layers;
}

function backHair(style: number, width: number, height: number): Shape {
  if (style === 0)
    return either(ellipse(48, 42, width + 6, height + 4), box(48 - width - 6, 42, 48 + width + 6, 78, 9));
  if (style === 1) return either(ellipse(48, 40, width + 5, height + 2), ellipse(48, 15, 9, 8));
  if (style === 2) return either(ellipse(48, 42, width + 9, height + 6), ellipse(48, 55, width + 8, 14));
  return either(ellipse(48, 41, width + 5, height + 3), box(48 - width - 5, 42, 48 + width + 5, 64, 8));
}

function frontHair(isLong: boolean, style: number, width: number, height: number): Shape {
  const top = 45 - height;
  const scalp = ellipse(48, 44, width + 2.5, height + 3);
  if (isLong) {
    const parting = 40 + style * 5;
    return (x, y) => scalp(x, y) && y < top + 11 + Math.abs(x - parting) * (style === 2 ? 0.12 : 0.42);
  }
  if (style === 0) return (x, y) => scalp(x, y) && y < top + 7;
  if (style === 1)
    return (x, y) =>
      scalp(x, y) && (y < top + 9 + (x - 48) * 0.22 || (Math.abs(x - 48) > width - 1.5 && y < 44));
  if (style === 2)
    return (x, y) => ellipse(48, 34, width + 4, 15)(x, y) && y < top + 10 + Math.sin(x * 0.9) * 1.4;
  return (x, y) => scalp(x, y) && Math.abs(x - 48) > width - 2 && y > 34 && y < 46;
}

function beard(width: number, height: number, isFull: boolean): Shape {
  const face = ellipse(48, 45, width + 0.4, height + 0.8);
  const mouth = ellipse(48, 55.5, 7.5, 3.6);
  return (x, y) =>
    face(x, y) && !mouth(x, y) && y > (isFull ? 49 + Math.max(0, 10 - Math.abs(x - 48)) * 0.35 : 59);
}

function collar(style: number): Shape {
  if (style === 0) return (x, y) => y > 71 && y < 84 && Math.abs(Math.abs(x - 48) - (84 - y) * 0.72) < 2;
  if (style === 1) return arc(48, 71, 11, 6, 2.6, "bottom");
  return (x, y) => y > 74 && Math.abs(x - 48) < 1;
}

function glasses(isRound: boolean): Shape {
  const bridge = box(45.5, 43.2, 50.5, 44.4, 0.5);
  const rims = [-1, 1].map((side) =>
    isRound
      ? ring(48 + side * 7.6, 44.2, 5.6, 1.2)
      : minus(
          box(48 + side * 7.6 - 6, 40, 48 + side * 7.6 + 6, 48.4, 2),
          box(48 + side * 7.6 - 4.8, 41.2, 48 + side * 7.6 + 4.8, 47.2, 1.2),
        ),
  );
  return (x, y) => bridge(x, y) || rims.some((rim) => rim(x, y));
}

function ellipse(cx: number, cy: number, rx: number, ry: number): Shape {
  return (x, y) => ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 <= 1;
}

function ring(cx: number, cy: number, radius: number, thickness: number): Shape {
  return (x, y) => Math.abs(Math.hypot(x - cx, y - cy) - radius) < thickness / 2;
}

function arc(
  cx: number,
  cy: number,
  rx: number,
  ry: number,
  thickness: number,
  half: "top" | "bottom",
): Shape {
  const outer = ellipse(cx, cy, rx + thickness / 2, ry + thickness / 2);
  const inner = ellipse(cx, cy, rx - thickness / 2, ry - thickness / 2);
  return (x, y) => outer(x, y) && !inner(x, y) && (half === "top" ? y < cy - ry * 0.3 : y > cy + ry * 0.3);
}

function box(left: number, top: number, right: number, bottom: number, radius: number): Shape {
  return (x, y) => {
    const dx = Math.max(left + radius - x, 0, x - (right - radius));
    const dy = Math.max(top + radius - y, 0, y - (bottom - radius));
    return dx * dx + dy * dy <= radius * radius;
  };
}

function either(one: Shape, other: Shape): Shape {
  return (x, y) => one(x, y) || other(x, y);
}

function minus(whole: Shape, hole: Shape): Shape {
  return (x, y) => whole(x, y) && !hole(x, y);
}

function render({ back, layers }: { back: Colour; layers: Layer[] }): Buffer {
  const pixels = new Uint8Array(SIZE * SIZE * 3);
  const reversed = layers.toReversed();
  for (let row = 0; row < SIZE; row += 1) {
    for (let column = 0; column < SIZE; column += 1) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let sample = 0; sample < samples; sample += 1) {
        const x = column + ((sample % FINE) + 0.5) / FINE;
        const y = row + (Math.floor(sample / FINE) + 0.5) / FINE;
        const colour = reversed.find((layer) => layer.isInside(x, y))?.colour ?? back;
        red += colour[0];
        green += colour[1];
        blue += colour[2];
      }
      pixels.set([red / samples, green / samples, blue / samples], (row * SIZE + column) * 3);
    }
  }
  return encodePng(SIZE, SIZE, pixels);
}

function hex(text: string): Colour {
  const value = Number.parseInt(text, 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function shade(colour: Colour, factor: number): Colour {
  return [
    Math.min(255, colour[0] * factor),
    Math.min(255, colour[1] * factor),
    Math.min(255, colour[2] * factor),
  ];
}

function blend(one: Colour, other: Colour, part: number): Colour {
  const mix = (a: number, b: number): number => a + (b - a) * part;
  return [mix(one[0], other[0]), mix(one[1], other[1]), mix(one[2], other[2])];
}
