import { expect, test } from "vitest";
import { readExif, withExif } from "./exif.ts";

/** A camera's picture in little: turned, with its time, and its place if wanted. */
function jpeg(hasPlace: boolean): Uint8Array<ArrayBuffer> {
  const tiff = new DataView(new ArrayBuffer(100));
  tiff.setUint16(0, 0x4949);
  tiff.setUint16(2, 42, true);
  tiff.setUint32(4, 8, true);
  tiff.setUint16(8, 3, true);
  const field = (at: number, tag: number, count: number, value: number) => {
    tiff.setUint16(at, tag, true);
    tiff.setUint32(at + 4, count, true);
    tiff.setUint32(at + 8, value, true);
  };
  field(10, 0x0112, 1, 6);
  field(22, 0x8769, 1, 50);
  field(34, hasPlace ? 0x8825 : 0x0100, 1, 0);
  tiff.setUint16(50, 1, true);
  field(52, 0x9003, 20, 70);
  const bytes = new Uint8Array(tiff.buffer);
  bytes.set(new TextEncoder().encode("2026:11:23 14:05:09"), 70);
  const exif = new TextEncoder().encode("Exif\0\0");
  const length = 2 + exif.length + bytes.length;
  return new Uint8Array([
    0xff,
    0xd8,
    0xff,
    0xe1,
    length >> 8,
    length & 255,
    ...exif,
    ...bytes,
    0xff,
    0xda,
    0,
    2,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
  ]);
}

test("when and whether where a picture was taken", () => {
  expect(readExif(jpeg(true))).toMatchObject({ takenAt: "2026-11-23 14.05", hasPlace: true });
  expect(readExif(jpeg(false))).toMatchObject({ hasPlace: false });
});

test("a picture drawn anew keeps what the camera wrote, upright", () => {
  const { segment } = readExif(jpeg(true));
  if (segment === null) throw new Error("no segment");
  const drawn = withExif(new Uint8Array([0xff, 0xd8, 0xff, 0xda, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0]), segment);
  expect(readExif(drawn)).toMatchObject({ takenAt: "2026-11-23 14.05", hasPlace: true });
  // The value of the first field: 6 was turned, 1 is upright.
  expect(drawn[2 + 10 + 18]).toBe(1);
});

test.each([
  ["nothing", new Uint8Array()],
  ["another format", new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])],
  ["a picture cut short", jpeg(true).slice(0, 30)],
  ["pointers that lead out", jpeg(true).map((byte, at) => (at > 15 && at < 40 ? 0xff : byte))],
])("%s has none", (_what, bytes) => {
  expect(readExif(bytes)).toMatchObject({ takenAt: null });
});
