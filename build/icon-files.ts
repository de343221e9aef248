export interface Picture {
  size: number;
  png: Buffer;
}

/** Entry types of Apple's icon container by size in pixels. */
const ICNS_TYPES: Record<number, string> = { 16: "icp4", 32: "icp5", 128: "ic07", 256: "ic08", 512: "ic09" };

/** A macOS icon: a header, then each picture with its type and length. */
export function icns(pictures: readonly Picture[]): Buffer {
  const entries = pictures.flatMap(({ size, png }) => {
    const type = ICNS_TYPES[size];
    return type === undefined ? [] : [Buffer.from(type), uint32(png.length + 8), png];
  });
  const body = Buffer.concat(entries);
  return Buffer.concat([Buffer.from("icns"), uint32(body.length + 8), body]);
}

/** A Windows icon: a directory of 16 bytes a picture, then the pictures. */
export function ico(pictures: readonly Picture[]): Buffer {
  const shown = pictures.filter(({ size }) => size <= 256);
  const head = Buffer.alloc(6 + 16 * shown.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(shown.length, 4);
  let offset = head.length;
  for (const [index, { size, png }] of shown.entries()) {
    const at = 6 + 16 * index;
    // 0 stands for 256.
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([head, ...shown.map(({ png }) => png)]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
