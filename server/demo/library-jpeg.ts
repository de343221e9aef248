/** Baseline JPEG (ITU-T T.81) of RGB samples, three components, none subsampled: pictures of the demonstration. */
export function encodeJpeg(width: number, height: number, rgb: Uint8Array): Buffer {
  const bits = new Bits();
  const before = [0, 0, 0];
  for (let top = 0; top < height; top += 8)
    for (let left = 0; left < width; left += 8)
      for (let component = 0; component < 3; component += 1) {
        const block = blockOf(rgb, { width, height, left, top, component });
        before[component] = writeBlock(bits, block, before[component] ?? 0);
      }
  return Buffer.concat([headers(width, height), bits.end(), Buffer.from([0xff, 0xd9])]);
}

/** Annex K.1, halved: one table for all components. */
const quantities = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22,
  29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103,
  121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
].map((value) => Math.max(1, value >> 1));

const zigzag = [
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7,
  14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46,
  53, 60, 61, 54, 47, 55, 62, 63,
];

/** Codes of one length each: 16 of 8 bits would need the reserved all-ones, so lengths 4 (twelve) and 8 (all others) are used. */
const DC_COUNTS = [0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
const AC_COUNTS = [0, 0, 0, 0, 0, 0, 0, 162, 0, 0, 0, 0, 0, 0, 0, 0];
const dcSymbols = Array.from({ length: 12 }, (_, index) => index);
const acSymbols = [0x00, 0xf0].concat(
  Array.from({ length: 16 }, (_, run) =>
    Array.from({ length: 10 }, (_each, size) => (run << 4) | (size + 1)),
  ).flat(),
);
const acCodes = new Map(acSymbols.map((symbol, index) => [symbol, index]));

const cosines = Array.from({ length: 8 }, (_, frequency) =>
  Array.from(
    { length: 8 },
    (_each, at) =>
      (frequency === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * at + 1) * frequency * Math.PI) / 16),
  ),
);

interface BlockPlace {
  width: number;
  height: number;
  left: number;
  top: number;
  component: number;
}

/** Luma, blue and red difference, around zero. */
const weights = [
  [0.299, 0.587, 0.114],
  [-0.168_736, -0.331_264, 0.5],
  [0.5, -0.418_688, -0.081_312],
];

function blockOf(rgb: Uint8Array, { width, height, left, top, component }: BlockPlace): Float64Array {
  const [red = 0, green = 0, blue = 0] = weights[component] ?? [];
  const block = new Float64Array(64);
  for (let y = 0; y < 8; y += 1)
    for (let x = 0; x < 8; x += 1) {
      const at = (Math.min(top + y, height - 1) * width + Math.min(left + x, width - 1)) * 3;
      const value = red * (rgb[at] ?? 0) + green * (rgb[at + 1] ?? 0) + blue * (rgb[at + 2] ?? 0);
      block[y * 8 + x] = component === 0 ? value - 128 : value;
    }
  return block;
}

/** Transformed, rounded and written; gives the mean for the next block of the component. */
function writeBlock(bits: Bits, block: Float64Array, before: number): number {
  const values = transformed(block);
  const mean = values[0] ?? 0;
  const difference = mean - before;
  const size = sizeOf(difference);
  bits.put(size, 4);
  bits.putValue(difference, size);
  let run = 0;
  for (let index = 1; index < 64; index += 1) {
    const value = values[zigzag[index] ?? 0] ?? 0;
    if (value === 0) {
      run += 1;
      continue;
    }
    for (; run > 15; run -= 16) bits.put(acCodes.get(0xf0) ?? 0, 8);
    const length = sizeOf(value);
    bits.put(acCodes.get((run << 4) | length) ?? 0, 8);
    bits.putValue(value, length);
    run = 0;
  }
  if (run > 0) bits.put(acCodes.get(0x00) ?? 0, 8);
  return mean;
}

function transformed(block: Float64Array): Int32Array {
  const rows = new Float64Array(64);
  for (let y = 0; y < 8; y += 1)
    for (let u = 0; u < 8; u += 1) {
      let sum = 0;
      for (let x = 0; x < 8; x += 1) sum += (block[y * 8 + x] ?? 0) * (cosines[u]?.[x] ?? 0);
      rows[y * 8 + u] = sum;
    }
  const values = new Int32Array(64);
  for (let v = 0; v < 8; v += 1)
    for (let u = 0; u < 8; u += 1) {
      let sum = 0;
      for (let y = 0; y < 8; y += 1) sum += (rows[y * 8 + u] ?? 0) * (cosines[v]?.[y] ?? 0);
      values[v * 8 + u] = Math.round(sum / (quantities[v * 8 + u] ?? 1));
    }
  return values;
}

function sizeOf(value: number): number {
  return value === 0 ? 0 : 32 - Math.clz32(Math.abs(value));
}

class Bits {
  readonly #bytes: number[] = [];
  #held = 0;
  #count = 0;

  put(value: number, length: number): void {
    for (let bit = length - 1; bit >= 0; bit -= 1) {
      this.#held = (this.#held << 1) | ((value >> bit) & 1);
      this.#count += 1;
      if (this.#count === 8) this.#flush();
    }
  }

  /** Negative ones as their complement. */
  putValue(value: number, length: number): void {
    this.put(value < 0 ? value + (1 << length) - 1 : value, length);
  }

  end(): Buffer {
    while (this.#count > 0) this.put(1, 1);
    return Buffer.from(this.#bytes);
  }

  #flush(): void {
    this.#bytes.push(this.#held);
    if (this.#held === 0xff) this.#bytes.push(0);
    this.#held = 0;
    this.#count = 0;
  }
}

function headers(width: number, height: number): Buffer {
  const size = [height >> 8, height & 255, width >> 8, width & 255];
  const components = [1, 2, 3].flatMap((id) => [id, 0x11, 0]);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    segment(0xdb, [0, ...zigzag.map((at) => quantities[at] ?? 1)]),
    segment(0xc0, [8, ...size, 3, ...components]),
    segment(0xc4, [0x00, ...DC_COUNTS, ...dcSymbols]),
    segment(0xc4, [0x10, ...AC_COUNTS, ...acSymbols]),
    segment(0xda, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0]),
  ]);
}

function segment(marker: number, data: readonly number[]): Buffer {
  const length = data.length + 2;
  return Buffer.from([0xff, marker, length >> 8, length & 255, ...data]);
}
