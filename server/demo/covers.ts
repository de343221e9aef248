import { createHash } from "node:crypto";
import { spaceScope } from "#contract/scope.ts";
import type { Store } from "#server/store/store.ts";
import { demoCoverId, type DemoCover } from "./cover-ids.ts";
import { demoPersonId } from "./people.ts";
import { encodePng } from "./png.ts";
import { createRandom } from "./random.ts";
import { demoSpaceId } from "./workplace.ts";

const WIDTH = 640;
const HEIGHT = 240;

type Colour = readonly [number, number, number];

interface Palette {
  high: Colour;
  low: Colour;
  sun: Colour;
  near: Colour;
  far: Colour;
}

const palettes = {
  morning: {
    high: [172, 206, 232],
    low: [247, 233, 211],
    sun: [255, 246, 214],
    far: [132, 166, 160],
    near: [62, 104, 98],
  },
  evening: {
    high: [92, 98, 158],
    low: [246, 178, 140],
    sun: [255, 224, 168],
    far: [122, 92, 136],
    near: [62, 52, 92],
  },
  winter: {
    high: [188, 200, 216],
    low: [236, 238, 242],
    sun: [255, 255, 250],
    far: [150, 166, 182],
    near: [78, 98, 122],
  },
} satisfies Record<string, Palette>;

/** Pictures of the demonstration, each in the space where it is seen. */
const covers = {
  accueil: { space: "accueil", palette: palettes.morning },
  it: { space: "it", palette: palettes.evening },
  magazine: { space: "accueil", palette: palettes.evening },
  parking: { space: "accueil", palette: palettes.winter },
  pont: { space: "routes", palette: palettes.winter },
  registre: { space: "metiers", palette: palettes.morning },
} satisfies Record<DemoCover, { space: string; palette: Palette }>;

const names: readonly DemoCover[] = ["accueil", "it", "magazine", "parking", "pont", "registre"];

/** Draws and stores the covers. Uploads cut off by a kill are finished. */
export async function storeCovers(store: Store): Promise<void> {
  for (const name of names) {
    const { space, palette } = covers[name];
    const id = demoCoverId(name);
    const known = await store.blobs.state(id);
    if (known?.isComplete === true) continue;
    const png = drawCover(name, palette);
    await store.blobs.begin({
      id,
      scope: spaceScope(demoSpaceId(space)),
      name: `${name}.png`,
      mediaType: "image/png",
      sizeBytes: png.length,
      receivedBytes: 0,
      isComplete: false,
      ownerId: demoPersonId("sylvie"),
    });
    const offset = known?.receivedBytes ?? 0;
    if (offset < png.length) await store.blobs.append(id, offset, once(png.subarray(offset)));
    await store.blobs.complete(id, createHash("sha256").update(png).digest("hex"));
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Hills under a sky, always the same for the same seed: 640 × 240 PNG. */
function drawCover(seed: string, { high, low, sun, near, far }: Palette): Buffer {
  const random = createRandom(`cover:${seed}`);
  const middle = { x: WIDTH * (0.2 + random.next() * 0.6), y: 70 + random.next() * 20, radius: 26 };
  const hills = [0, 1, 2, 3].map((step) => ({
    colour: blend(far, near, step / 3),
    line: skyline(() => random.next(), 118 + step * 28, 26 - step * 3),
  }));
  const rgb = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let y = 0; y < HEIGHT; y++) {
    const sky = blend(high, low, Math.min(1, y / 150));
    for (let x = 0; x < WIDTH; x++) {
      // How much of the pixel the disc covers: a soft rim.
      const disc = clamp(middle.radius - Math.hypot(x - middle.x, y - middle.y));
      let colour = blend(sky, sun, disc);
      for (const hill of hills) colour = blend(colour, hill.colour, clamp(y - hill.line(x)));
      rgb.set(colour, (y * WIDTH + x) * 3);
    }
  }
  return encodePng(WIDTH, HEIGHT, rgb);
}

/** Height of a chain of hills, from the top. */
function skyline(next: () => number, base: number, swing: number): (x: number) => number {
  const waves = [1, 2.3, 4.1].map((pace) => ({ pace, start: next() * 2 * Math.PI }));
  return (x) =>
    waves.reduce(
      (y, { pace, start }) => y + (Math.sin((x / WIDTH) * 4 * pace + start) * swing) / pace / 1.6,
      base,
    );
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}

function blend(from: Colour, to: Colour, share: number): Colour {
  const mix = (a: number, b: number) => Math.round(a + (b - a) * share);
  return [mix(from[0], to[0]), mix(from[1], to[1]), mix(from[2], to[2])];
}
