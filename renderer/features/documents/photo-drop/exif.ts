/** What a camera wrote into a JPEG (Exif 2.3), read within bounds: when, whether where, and which way up. */
export interface ExifFacts {
  /** `2026-11-23 14.05` as the camera's own clock said. */
  takenAt: string | null;
  hasPlace: boolean;
  /** The segment as it stands in the file, set upright: what is drawn anew has been turned already. */
  segment: Uint8Array<ArrayBuffer> | null;
}

const NONE: ExifFacts = { takenAt: null, hasPlace: false, segment: null };
const MARK = "Exif\0\0";
const MOST_FIELDS = 500;

/** Never fails: what cannot be read is as if it were not there. */
export function readExif(bytes: Uint8Array): ExifFacts {
  const segment = findSegment(bytes);
  if (segment === null) return NONE;
  try {
    return readSegment(segment);
  } catch (error) {
    // A pointer that leads out of the segment.
    if (error instanceof RangeError) return NONE;
    throw error;
  }
}

/** The picture with what the other one said of itself. */
export function withExif(jpeg: Uint8Array, segment: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(jpeg.length + segment.length);
  whole.set(jpeg.subarray(0, 2));
  whole.set(segment, 2);
  whole.set(jpeg.subarray(2), 2 + segment.length);
  return whole;
}

function findSegment(bytes: Uint8Array): Uint8Array<ArrayBuffer> | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
  let at = 2;
  while (at + 10 < bytes.length && bytes[at] === 0xff) {
    const kind = bytes[at + 1] ?? 0;
    const length = (bytes[at + 2] ?? 0) * 256 + (bytes[at + 3] ?? 0);
    if (kind === 0xda || length < 2) return null;
    const end = at + 2 + length;
    if (end > bytes.length) return null;
    if (kind === 0xe1 && ascii(bytes.subarray(at + 4, at + 10)) === MARK)
      return new Uint8Array(bytes.subarray(at, end));
    at = end;
  }
  return null;
}

function readSegment(segment: Uint8Array<ArrayBuffer>): ExifFacts {
  const view = new DataView(segment.buffer, 10);
  const isLittle = view.getUint16(0) === 0x4949;
  const facts = { takenAt: null as string | null, hasPlace: false };
  const walk = (start: number, onField: (tag: number, at: number) => void) => {
    const count = Math.min(MOST_FIELDS, view.getUint16(start, isLittle));
    for (let field = 0; field < count; field += 1) {
      const at = start + 2 + field * 12;
      onField(view.getUint16(at, isLittle), at);
    }
  };
  const textOf = (at: number) => {
    const length = Math.min(40, view.getUint32(at + 4, isLittle));
    const from = 10 + view.getUint32(at + 8, isLittle);
    return ascii(segment.subarray(from, from + length));
  };
  walk(view.getUint32(4, isLittle), (tag, at) => {
    if (tag === 0x0112) view.setUint16(at + 8, 1, isLittle);
    else if (tag === 0x8825) facts.hasPlace = true;
    else if (tag === 0x8769) {
      walk(view.getUint32(at + 8, isLittle), (inner, place) => {
        if (inner === 0x9003) facts.takenAt = clockName(textOf(place));
      });
    }
  });
  return { ...facts, segment };
}

function clockName(text: string): string | null {
  const found = /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d)/.exec(text);
  return found === null ? null : `${found[1]}-${found[2]}-${found[3]} ${found[4]}.${found[5]}`;
}

function ascii(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
